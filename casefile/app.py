"""Wires the parts together: without a verb (or with ``open``) the window, else the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NO_DISPLAY = (
    "Casefile's window needs a display, and there is none here. Nothing was changed. "
    "Use a verb instead (casefile --help lists them), or set DISPLAY or WAYLAND_DISPLAY."
)
NO_QT = (
    "The window could not start, because a library that Qt needs is missing ({missing}). "
    "Nothing was changed. On Debian or Ubuntu: sudo apt install {packages}"
)
#: What a plain Debian lacks for Qt's window under X (measured: see ARCHITECTURE.md).
QT_PACKAGES = (
    "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-xinerama0 libxkbcommon-x11-0"
)
OPEN_USAGE = "usage: casefile [open CASE [--passphrase-file FILE]]"


def run(arguments: list[str]) -> int:
    """Run Casefile; returns the exit status of the command-line contract."""
    if not arguments or arguments[0] == "open":
        return _window(arguments[1:])
    from casefile.cli.main import run as run_verb

    return run_verb(arguments, screenshot)


def screenshot(case: Path, passphrase: str, out: Path) -> None:
    """A picture of the window on a case, for the demo. Raises ``ImportError`` where Qt cannot be
    loaded."""
    from casefile.ui.screenshot import take

    take(case, passphrase, out)


def _window(arguments: list[str]) -> int:
    case: Path | None = None
    file: Path | None = None
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--passphrase-file" and rest:
            file = Path(rest.pop(0))
        elif case is None and not word.startswith("-"):
            case = Path(word)
        else:
            return _say(OPEN_USAGE, 2)
    if file is not None and case is None:
        return _say(OPEN_USAGE, 2)
    if _no_display():
        return _say(NO_DISPLAY, 1)
    passphrase: str | None = None
    if file is not None:
        _harden()
        passphrase, status = _read_passphrase(file)
        if passphrase is None:
            return status
    try:
        from casefile.ui.application import run_window
    except ImportError as error:
        if "PySide6" not in (error.name or "") and ".so" not in str(error):
            raise
        missing = str(error).split(":", 1)[0]
        return _say(NO_QT.format(missing=missing, packages=QT_PACKAGES), 1)
    return run_window(case, passphrase, _harden)


def _harden() -> None:
    from casefile.security.hardening import harden

    harden()


def _read_passphrase(file: Path) -> tuple[str | None, int]:
    from casefile.domain.errors import UserError
    from casefile.security.passphrase import from_file
    from casefile.services.wording import explain

    try:
        return from_file(file.read_bytes()), 0
    except OSError as error:
        return None, _say(f"Could not read {file}: {error.strerror}. Nothing was changed.", 1)
    except UserError as error:
        return None, _say(explain(error).sentence(), 1)


def _no_display() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say(words: str, status: int) -> int:
    sys.stderr.write(words + "\n")
    return status
