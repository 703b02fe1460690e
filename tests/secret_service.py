"""A real GNOME Keyring on a D-Bus session of its own, for tests that remember a case.

It has its own bus, home and keyring files in a folder that goes with it, so it never meets the
keyring of whoever runs the tests. No prompter can be started on that bus: asking to unlock a locked
keyring fails at once, as when the reporter closes the prompt.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

PROGRAMS = {"dbus-daemon": "dbus", "gnome-keyring-daemon": "gnome-keyring"}
SECONDS_TO_START = 20

leaks_its_connection = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
"""For tests with a locked keyring: when unlocking fails, the keyring library (25.7) drops its D-Bus
connection without closing it."""

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def need_programs() -> None:
    """Skip with a line that names what is missing; in continuous integration, fail."""
    missing = [f"{name} ({deb})" for name, deb in PROGRAMS.items() if shutil.which(name) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"missing programs: {', '.join(missing)}")
    if missing:
        pytest.skip(f"missing programs: {', '.join(missing)}")


class SecretService:
    """``environment``: what a process needs to meet this bus and this keyring only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus",
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
        }

    def lock(self) -> None:
        """Lock the keyring, as the system does when the screen stays locked or on logging out."""
        import secretstorage

        with closing(self._connection()) as connection:
            secretstorage.get_default_collection(connection).lock()

    def items(self) -> list[tuple[str, dict[str, str]]]:
        """Label and attributes of everything that the keyring holds."""
        import secretstorage

        with closing(self._connection()) as connection:
            found = secretstorage.get_default_collection(connection).get_all_items()
            return [(item.get_label(), dict(item.get_attributes())) for item in found]

    def _connection(self):  # type: ignore[no-untyped-def] # jeepney's type is not public
        from jeepney.io.blocking import open_dbus_connection

        return open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"])


@contextmanager
def private_bus() -> Iterator[SecretService]:
    """A session bus on which no keyring runs."""
    need_programs()
    # Not under pytest's folder: the path of a Unix socket may have 108 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="casefile-keyring-"))
    for name in ("data", "config", "run"):
        (folder / name).mkdir(mode=0o700)
    (folder / "bus.conf").write_text(_BUS.format(folder=folder), "utf-8")
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert bus.stdout is not None
        assert bus.stdout.readline().startswith(b"unix:path="), "dbus-daemon did not start"
        yield SecretService(folder)
    finally:
        _end(bus)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def secret_service(password: bytes = b"the keyring's own password") -> Iterator[SecretService]:
    """A bus with an unlocked GNOME Keyring on it."""
    with private_bus() as service:
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=os.environ | service.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert daemon.stdin is not None
            daemon.stdin.write(password)
            daemon.stdin.close()
            _wait_for_name(service, "org.freedesktop.secrets")
            yield service
        finally:
            gc.collect()  # so that a dropped connection is reported here and not in another test
            _end(daemon)


def _wait_for_name(service: SecretService, name: str) -> None:
    """Return when ``name`` has an owner on the bus: told by the bus, not asked in a loop."""
    from jeepney import MatchRule, message_bus

    rule = MatchRule(
        type="signal",
        sender=message_bus.bus_name,
        interface=message_bus.interface,
        member="NameOwnerChanged",
        path=message_bus.object_path,
    )
    with closing(service._connection()) as connection, connection.filter(rule) as changes:
        connection.send_and_get_reply(message_bus.AddMatch(rule))
        owned = connection.send_and_get_reply(message_bus.NameHasOwner(name)).body[0]
        while not owned:
            changed = connection.recv_until_filtered(changes, timeout=SECONDS_TO_START)
            owned = changed.body[0] == name and bool(changed.body[2])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(SECONDS_TO_START)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
