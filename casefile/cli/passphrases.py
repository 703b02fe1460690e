"""Passphrases and other secrets on their way in: from a file, the keyring, or a terminal.

Never from an argument, and never printed.
"""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.domain.errors import UserError

if TYPE_CHECKING:
    from casefile.services.case import KeySource

MOST_FILE_BYTES = 1 << 20


def read_file(name: str) -> bytes:
    """A small file, or standard input for ``-``. Raises ``UserError("file.unreadable" |
    "file.too_large")``."""
    try:
        if name == "-" and sys.stdin is None:
            raise UserError("file.unreadable", path="-", reason="it is closed")
        if name == "-":
            data = sys.stdin.buffer.read(MOST_FILE_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_FILE_BYTES + 1)
    except OSError as error:
        raise UserError("file.unreadable", path=name, reason=error.strerror or "") from error
    if len(data) > MOST_FILE_BYTES:
        raise UserError("file.too_large", path=name)
    return data


def read_text(name: str) -> str:
    """The same as text, without a byte-order mark and trailing line ends."""
    try:
        return read_file(name).decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UserError("file.not_text", path=name) from error


def read_line(name: str) -> str:
    """The first line of a file, blanks around it removed."""
    return (read_text(name).splitlines() or [""])[0].strip()


def key_source(arguments: Namespace, case: str) -> KeySource:
    """What opens the case: the passphrase file, else the keyring where the reporter chose that,
    else a prompt on a terminal. Raises ``UserError("passphrase.needed")`` where none is there."""
    from casefile.services.case import OsKeyring, Passphrase, peek

    if arguments.passphrase_file is not None:
        return Passphrase(_from_file(arguments.passphrase_file))
    seen = peek(Path(case))
    if seen.has_keyring and not arguments.no_keyring:
        return OsKeyring()
    return Passphrase(asked())


def can_ask() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def chosen(file: str | None, what: str) -> str:
    """A passphrase that is being chosen: from ``file``, else typed twice."""
    if file is not None:
        return _from_file(file)
    first = asked(f"{what}: ")
    if asked(f"{what}, once more: ") != first:
        raise UserError("passphrase.differs")
    return first


def _from_file(name: str) -> str:
    from casefile.security.passphrase import from_file

    return from_file(read_file(name))


def asked(prompt: str = "Passphrase: ") -> str:
    """What somebody types at the terminal, unseen. Raises ``UserError("passphrase.needed")``."""
    if not can_ask():
        raise UserError("passphrase.needed")
    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError as error:
        raise UserError("passphrase.needed") from error
