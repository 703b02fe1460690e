"""Secrets come from a file, standard input or a terminal, and are read as they stand."""

from __future__ import annotations

import getpass
import io
import sys
from pathlib import Path

import pytest

from casefile.cli import passphrases
from casefile.domain.errors import UserError


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Somebody sits at a terminal and types these."""
    waiting = list(lines)
    monkeypatch.setattr(passphrases, "can_ask", lambda: True)

    def ask(_prompt: str, stream: object = None) -> str:
        if not waiting:
            raise EOFError
        return waiting.pop(0)

    monkeypatch.setattr(getpass, "getpass", ask)


def test_a_new_passphrase_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "one", "one")
    assert passphrases.chosen(None, "New") == "one"
    typed(monkeypatch, "one", "other")
    with pytest.raises(UserError, match=r"passphrase\.differs"):
        passphrases.chosen(None, "New")
    typed(monkeypatch)
    with pytest.raises(UserError, match=r"passphrase\.needed"):
        passphrases.chosen(None, "New")


def test_a_passphrase_file_gives_its_first_line(tmp_path: Path) -> None:
    file = tmp_path / "words"
    file.write_bytes("\ufeff two words \r\nnext".encode())
    assert passphrases.chosen(str(file), "New") == " two words "


def test_a_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert not passphrases.can_ask()
    with pytest.raises(UserError, match=r"file\.unreadable"):
        passphrases.read_file("-")


def test_files_are_bounded_and_must_be_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(passphrases.MOST_FILE_BYTES + 1)
    with pytest.raises(UserError, match=r"file\.too_large"):
        passphrases.read_file(str(big))
    endless = io.TextIOWrapper(io.BytesIO(bytes(passphrases.MOST_FILE_BYTES + 1)))
    monkeypatch.setattr(sys, "stdin", endless)
    with pytest.raises(UserError, match=r"file\.too_large"):
        passphrases.read_file("-")
    (tmp_path / "odd").write_bytes(b"\xff")
    with pytest.raises(UserError, match=r"file\.not_text"):
        passphrases.read_text(str(tmp_path / "odd"))
    with pytest.raises(UserError, match=r"file\.unreadable"):
        passphrases.read_text(str(tmp_path))
    (tmp_path / "none").touch()
    assert passphrases.read_line(str(tmp_path / "none")) == ""
