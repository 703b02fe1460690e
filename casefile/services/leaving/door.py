"""The door itself: how anything in the clear is put outside a case.

What leaves is written to a sibling of its destination under a temporary name, made durable, and
renamed: a cancelled or failed export leaves nothing behind. The destination must be absent or an
empty folder unless the reporter insists, and never lies inside the case. The custody log says what
went where; that entry is written last, when it is true.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from casefile.domain.errors import UserError

if TYPE_CHECKING:
    from casefile.services.case import Case


@dataclass(frozen=True, slots=True)
class Departure:
    """What leaves, for the custody log: ``what`` is a code (``bundle``, ``original``, ``picture``,
    ``text``), ``document_ids`` the documents concerned, ``recipient`` for whom, if anybody."""

    what: str
    document_ids: tuple[str, ...] = ()
    recipient: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words on their way to the clipboard or a terminal; only this package makes them. ``delicate``
    words come from a conversation or a document that was given, and are cleared sooner."""

    text: str
    delicate: bool


def leave_file(
    case: Case,
    departure: Departure,
    out: Path,
    write: Callable[[BinaryIO], object],
    *,
    force: bool = False,
) -> Path:
    """Write one file outside the case by ``write(file)``; returns its path.

    Raises ``UserError``: ``leaving.exists``, ``leaving.inside_case``, ``leaving.no_folder``,
    ``leaving.not_written``.
    """
    target = _acceptable(case, out, force=force, folder=False)
    with _temporary(target) as temporary:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        _swap(temporary, target)
    record(case, departure, target)
    return target


def leave_folder(
    case: Case,
    departure: Departure,
    out: Path,
    fill: Callable[[Path], object],
    *,
    force: bool = False,
) -> Path:
    """Make a folder outside the case, filled by ``fill(folder)``; returns its path.

    With ``force`` an earlier bundle in its place is replaced; any other folder with something in it
    is kept beside the new one as ``NAME (earlier 1)``.

    Raises the same errors as ``leave_file``.
    """
    target = _acceptable(case, out, force=force, folder=True)
    with _temporary(target) as temporary:
        temporary.mkdir(mode=0o700)
        fill(temporary)
        _swap(temporary, target)
    record(case, departure, target)
    return target


def leave_words(case: Case, departure: Departure, text: str, *, delicate: bool) -> Words:
    """Words that go to the clipboard or the terminal."""
    record(case, departure, None)
    return Words(text, delicate)


def record(case: Case, departure: Departure, target: Path | None) -> None:
    """Note the departure in the custody log. A case opened for reading only cannot be written to;
    the reading verbs of the command line work beside a window that holds the case."""
    if case.read_only:
        return
    from casefile.services.leaving.log import append

    append(case, departure, target.name if target else "")


def _acceptable(case: Case, out: Path, *, force: bool, folder: bool) -> Path:
    try:
        return _checked(case, out, force=force, folder=folder)
    except OSError as error:  # such as a name that is too long
        raise UserError("leaving.not_written", path=out, reason=error.strerror or "") from error


def _checked(case: Case, out: Path, *, force: bool, folder: bool) -> Path:
    whole = Path.cwd() / out
    target = whole.resolve() if whole.name in {"", ".."} else whole.parent.resolve() / whole.name
    if not target.parent.is_dir():
        raise UserError("leaving.no_folder", path=out)
    real = target.resolve()
    home = Path(case.folder.path).resolve()
    if real == home or home in real.parents or real in home.parents:
        raise UserError("leaving.inside_case", path=target)
    if target.is_symlink() or target.exists():
        empty_folder = target.is_dir() and not target.is_symlink() and not any(target.iterdir())
        if not empty_folder and not force:
            raise UserError("leaving.exists", path=target)
        if not folder and target.is_dir() and not empty_folder:
            raise UserError("leaving.is_folder", path=target)
    return target


@contextlib.contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    temporary = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield temporary
    except OSError as error:
        raise UserError(
            "leaving.not_written", path=target, reason=error.strerror or str(error)
        ) from error
    finally:
        _remove(temporary)


def _swap(temporary: Path, target: Path) -> None:
    """Put ``temporary`` in the place of ``target``; what was there goes only afterwards."""
    if not target.is_symlink() and target.is_dir():
        if not any(target.iterdir()):
            target.rmdir()
            temporary.rename(target)
            _sync_folder(target.parent)
            return
        old = target.with_name(f".{secrets.token_hex(8)}.old")
        target.rename(old)
        try:
            temporary.rename(target)
        except OSError:
            old.rename(target)
            raise
        if (old / "bagit.txt").is_file():
            _remove(old)  # an earlier bundle, replaced as asked
        else:
            old.rename(_aside(target))  # never delete a folder of which nothing is known
    elif temporary.is_dir() and (target.is_symlink() or target.exists()):
        target.unlink()
        temporary.rename(target)
    else:
        temporary.replace(target)
    _sync_folder(target.parent)


def _aside(target: Path) -> Path:
    number = 1
    while (kept := target.with_name(f"{target.name} (earlier {number})")).exists():
        number += 1
    return kept


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        with contextlib.suppress(OSError):  # some file systems cannot; the file itself is synced
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _remove(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()
