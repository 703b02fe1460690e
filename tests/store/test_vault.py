"""Sealed files: in, out, tampered with, left over."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.security.cipher import DamagedFile, sealed_length
from casefile.store.database import write_failure
from casefile.store.folder import CaseFolder
from casefile.store.ids import new_id
from casefile.store.vault import ONE_TIME, Vault, VaultFile, names_in

_TEXT = os.urandom(1_500_000)


@pytest.fixture
def sealed(vault: Vault) -> VaultFile:
    return vault.add(_TEXT, new_id(), "original")


def test_what_went_in_comes_out(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "memo.pdf"
    path.write_bytes(_TEXT)
    pieces = [_TEXT[:10], _TEXT[10:]]
    with path.open("rb") as file:
        for plain, length in ((_TEXT, None), (file, None), (iter(pieces), len(_TEXT))):
            made = vault.add(plain, new_id(), "original", length=length)
            assert (made.length, made.sha256) == (len(_TEXT), hashlib.sha256(_TEXT).hexdigest())
            assert b"".join(vault.read(made)) == _TEXT
            vault.verify(made)
    assert b"".join(vault.read(vault.add(b"", new_id(), "rendition"))) == b""


def test_a_file_tells_nothing_but_its_size_class(
    vault: Vault, sealed: VaultFile, folder: CaseFolder
) -> None:
    status = (folder.documents / sealed.name).stat()
    assert status.st_mtime == ONE_TIME
    assert stat.S_IMODE(status.st_mode) == 0o600
    assert status.st_size == sealed_length(len(_TEXT))
    assert len(sealed.name) == 32


def test_what_a_reader_needs(vault: Vault, sealed: VaultFile) -> None:
    opened = vault.open(sealed)
    assert opened.document_id == sealed.document_id
    assert opened.path.name == sealed.name


@pytest.mark.parametrize("damage", ["flip", "cut", "lengthen", "swap"])
def test_damage_is_found(vault: Vault, sealed: VaultFile, folder: CaseFolder, damage: str) -> None:
    path = folder.documents / sealed.name
    data = bytearray(path.read_bytes())
    if damage == "flip":
        data[len(data) // 2] ^= 1
    elif damage == "cut":
        del data[-1:]
    elif damage == "lengthen":
        data += b"x"
    else:
        other = vault.add(_TEXT, new_id(), "original")
        data = bytearray((folder.documents / other.name).read_bytes())
    path.write_bytes(data)
    with pytest.raises(DamagedFile):
        vault.verify(sealed)


def test_a_key_moved_to_another_row_does_not_open(vault: Vault, sealed: VaultFile) -> None:
    for moved in (
        dataclasses.replace(sealed, role="rendition"),
        dataclasses.replace(sealed, document_id=new_id()),
    ):
        with pytest.raises(DamagedFile):
            vault.verify(moved)
    with pytest.raises(DamagedFile):
        vault.verify(dataclasses.replace(sealed, sha256="0" * 64))


def test_a_missing_file_is_told(vault: Vault, sealed: VaultFile) -> None:
    vault.remove(sealed)
    vault.remove(sealed)
    with pytest.raises(UserError) as refused:
        vault.verify(sealed)
    assert refused.value.code == "document.file_missing"


def test_a_disk_that_cannot_read_is_told(
    vault: Vault, sealed: VaultFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> object:
        raise OSError(5, "Input/output error")

    opened = vault.open(sealed)
    monkeypatch.setattr(vault, "open", lambda _file: opened)
    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(UserError) as refused:
        vault.verify(sealed)
    assert refused.value.code == "document.unreadable_disk"


def _breaking() -> Iterator[bytes]:
    yield b"some"
    raise OSError(5, "the stick is gone")


def test_a_source_that_fails_leaves_nothing(vault: Vault, folder: CaseFolder) -> None:
    with pytest.raises(OSError, match="stick"):
        vault.add(_breaking(), new_id(), "original", length=100)
    with pytest.raises(UserError) as refused:
        vault.add(io.BytesIO(b"short"), new_id(), "original", length=100)
    assert refused.value.code == "document.changed_while_read"
    assert list(folder.documents.iterdir()) == []


def test_a_folder_that_is_gone_is_told(vault: Vault, folder: CaseFolder) -> None:
    folder.documents.rmdir()
    with pytest.raises(UserError) as refused:
        vault.add(b"x", new_id(), "original")
    assert refused.value.code == "store.unreachable"
    assert vault.strangers([]) == []


@pytest.mark.parametrize(
    ("number", "code"), [(28, "store.full"), (27, "store.full"), (30, "case.read_only"),
                         (13, "case.read_only"), (5, "store.unreachable")],
)  # fmt: skip
def test_failures_to_write_in_words(number: int, code: str) -> None:
    assert write_failure(OSError(number, os.strerror(number))).code == code


def test_sweeping_takes_leftovers_and_nothing_else(
    vault: Vault, sealed: VaultFile, folder: CaseFolder
) -> None:
    lost = vault.add(b"x", new_id(), "original")
    (folder.documents / ".new-0123").write_bytes(b"half")
    (folder.documents / "README.txt").write_bytes(b"mine")
    assert vault.strangers([sealed.name]) == sorted([".new-0123", "README.txt", lost.name])
    assert names_in(folder.documents) == {sealed.name, lost.name}
    assert vault.sweep([sealed.name]) == 2
    assert sorted(p.name for p in folder.documents.iterdir()) == sorted([sealed.name, "README.txt"])
