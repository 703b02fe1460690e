"""Disk encryption, on the /proc and /sys of machines that are set up in different ways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casefile.security import disk_encryption as module
from casefile.security.disk_encryption import disk_encryption

Machine = Callable[..., str]


class FakeSystem:
    """Block devices in a folder that looks like /sys, and a mount table."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mounts = root / "mountinfo"
        self.mounts.write_text("")
        (root / "sys" / "dev" / "block").mkdir(parents=True)

    def device(self, number: str, name: str, uuid: str = "", on: tuple[str, ...] = ()) -> None:
        device = self.root / "sys" / "devices" / name
        (device / "slaves").mkdir(parents=True)
        if uuid:
            (device / "dm").mkdir()
            (device / "dm" / "uuid").write_text(uuid + "\n")
        for other in on:
            (device / "slaves" / other).symlink_to(self.root / "sys" / "devices" / other)
        (self.root / "sys" / "dev" / "block" / number).symlink_to(device)

    def mount(self, number: str, point: Path, kind: str = "ext4", source: str = "none") -> None:
        escaped = str(point).replace(" ", r"\040")
        with self.mounts.open("a") as file:
            file.write(f"36 35 {number} / {escaped} rw,noatime shared:1 - {kind} {source} rw\n")

    def says(self, folder: Path) -> str:
        return disk_encryption(folder, self.mounts, self.root / "sys")


@pytest.fixture
def system(tmp_path: Path) -> FakeSystem:
    return FakeSystem(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "my cases"
    made.mkdir()
    return made


def test_a_plain_partition(system: FakeSystem, folder: Path) -> None:
    system.device("8:1", "sda1")
    system.mount("8:1", Path("/"))
    assert system.says(folder) == "no"


def test_luks(system: FakeSystem, folder: Path) -> None:
    system.device("8:1", "sda1")
    system.device("253:0", "dm-0", "CRYPT-LUKS2-0123-root", ("sda1",))
    system.mount("253:0", Path("/"))
    assert system.says(folder) == "yes"


def test_lvm_on_luks(system: FakeSystem, folder: Path) -> None:
    system.device("8:1", "sda1")
    system.device("253:0", "dm-0", "CRYPT-LUKS1-0123-x", ("sda1",))
    system.device("253:1", "dm-1", "LVM-abc", ("dm-0",))
    system.mount("253:1", Path("/"))
    assert system.says(folder) == "yes"


def test_a_raid_of_which_one_half_is_plain(system: FakeSystem, folder: Path) -> None:
    system.device("8:1", "sda1")
    system.device("8:17", "sdb1")
    system.device("253:0", "dm-0", "CRYPT-LUKS2-0123-x", ("sda1",))
    system.device("9:0", "md0", on=("dm-0", "sdb1"))
    system.mount("9:0", Path("/"))
    assert system.says(folder) == "no"


def test_the_nearest_mount_counts_and_of_two_the_last(system: FakeSystem, folder: Path) -> None:
    system.device("8:1", "sda1")
    system.device("253:0", "dm-0", "CRYPT-PLAIN-x", ("sda1",))
    system.mount("8:1", Path("/"))
    system.mount("8:1", folder)
    system.mount("253:0", folder)
    system.mount("8:1", folder / "deeper")
    assert system.says(folder) == "yes"
    assert system.says(folder.parent) == "no"


@pytest.mark.parametrize("kind", ["zfs", "nfs4", "overlay", "tmpfs"])
def test_what_stands_on_no_block_device_is_unknown(
    system: FakeSystem, folder: Path, kind: str
) -> None:
    system.mount("0:42", Path("/"), kind, "/dev/no-such-device" if kind == "zfs" else "host:/x")
    assert system.says(folder) == "unknown"


def test_a_file_mounted_as_a_disk_is_unknown(system: FakeSystem, folder: Path) -> None:
    system.device("7:0", "loop0")
    system.mount("7:0", Path("/"))
    assert system.says(folder) == "unknown"
    system.device("253:0", "dm-0", "LVM-abc", ("loop0",))
    system.mount("253:0", Path("/"))
    assert system.says(folder) == "unknown"


def test_a_ring_of_devices_ends(system: FakeSystem, folder: Path) -> None:
    system.device("253:0", "dm-0", "LVM-abc", ("dm-1",))
    system.device("253:1", "dm-1", "LVM-def", ("dm-0",))
    system.mount("253:0", Path("/"))
    assert system.says(folder) == "unknown"


def test_ecryptfs_and_fscrypt(
    system: FakeSystem, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system.device("8:1", "sda1")
    system.mount("8:1", Path("/"))
    monkeypatch.setattr(module, "_fscrypt", lambda _: True)
    assert system.says(folder) == "yes"
    monkeypatch.undo()
    system.mount("0:50", folder, "ecryptfs", "/home/.ecryptfs")
    assert system.says(folder) == "yes"


def test_the_flag_of_fscrypt(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_: int, __: int, flags: bytearray) -> int:
        flags[:] = (0x800 | 0x80000).to_bytes(8, "little")
        return 0

    assert module._fscrypt(folder) is False
    monkeypatch.setattr("fcntl.ioctl", answer)
    assert module._fscrypt(folder) is True

    def refused(*_: object) -> int:
        raise OSError("no such flags")

    monkeypatch.setattr("fcntl.ioctl", refused)
    assert module._fscrypt(folder) is False


def test_an_odd_or_missing_mount_table(system: FakeSystem, folder: Path) -> None:
    assert system.says(folder) == "unknown"
    system.mounts.write_text("what\n\n1 2 3 - \n")
    assert system.says(folder) == "unknown"
    system.mounts.unlink()
    assert system.says(folder) == "unknown"


def test_other_systems_and_this_machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert disk_encryption(folder) in ("yes", "no", "unknown")
    monkeypatch.setattr("casefile.security.disk_encryption.sys.platform", "win32")
    assert disk_encryption(folder) == "unknown"
