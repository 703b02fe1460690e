"""``case.casefile``: read exactly, written at one stroke, and spoiled in every way."""

from __future__ import annotations

import hashlib
import json
import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.domain.errors import UserError
from casefile.security import header as headers
from casefile.security.header import (
    CaseHeader,
    copy_path,
    from_bytes,
    read_copy,
    read_header,
    refresh_copy,
    restore_copy,
    to_bytes,
    write_header,
)
from casefile.security.kdf import CHEAP
from casefile.security.slots import new_header, with_passphrase_changed
from tests.security import known


def code(data: bytes) -> str:
    with pytest.raises(UserError) as error:
        from_bytes(data)
    return error.value.code


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The known header after ``change``, with the checksum an attacker would compute."""
    members = json.loads(known.HEADER)
    change(members)
    members.pop("checksum", None)
    members["checksum"] = "sha256:" + hashlib.sha256(rfc8785.dumps(members)).hexdigest()
    return rfc8785.dumps(members) + b"\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    return tmp_path / headers.FILE_NAME


def test_the_known_header_is_read_and_written_byte_for_byte() -> None:
    header = from_bytes(known.HEADER)
    assert header.case_id == known.CASE_ID
    assert [slot.kind for slot in header.slots] == ["passphrase", "recovery", "keyring"]
    assert header.of_kind("keyring")[0].id == known.KEYRING_SLOT
    assert to_bytes(header) == known.HEADER


@settings(max_examples=400, deadline=None)
@given(at=st.integers(0, len(known.HEADER) - 1), bit=st.integers(0, 7))
def test_any_flipped_bit_is_damage_and_never_a_wrong_passphrase(at: int, bit: int) -> None:
    data = bytearray(known.HEADER)
    data[at] ^= 1 << bit
    # One digit, flipped upwards, cannot be told from a later format; its message says so.
    version_at = known.HEADER.index(b'"format_version":1') + len(b'"format_version":')
    if at == version_at and chr(data[at]).isdecimal() and int(chr(data[at])) > 1:
        assert code(bytes(data)) == "header.newer_version"
    else:
        assert code(bytes(data)) == "header.damaged"


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len(known.HEADER) - 1), byte=st.integers(1, 255))
def test_any_other_byte_is_found(at: int, byte: int) -> None:
    data = bytearray(known.HEADER)
    data[at] ^= byte
    assert code(bytes(data)) in ("header.damaged", "header.newer_version")


@settings(max_examples=200, deadline=None)
@given(left=st.integers(0, len(known.HEADER) - 1))
def test_a_cut_anywhere_is_damage(left: int) -> None:
    assert code(known.HEADER[:left]) == "header.damaged"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_added_or_unrelated_are_damage(data: bytes) -> None:
    assert code(data) == "header.damaged"
    if data:
        assert code(known.HEADER + data) == "header.damaged"
        assert code(data + known.HEADER) == "header.damaged"


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_other_json_is_damage(value: object) -> None:
    assert code(json.dumps(value).encode()) == "header.damaged"
    assert code(json.dumps({"format": "casefile", "x": value}).encode()) == "header.damaged"


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 60_000,
        b'{"format":"casefile","x":' + b"9" * 60_000 + b"}",
        b'{"format":"casefile","x":"\\ud800"}',
        b'{"format":"casefile","x":NaN}',
        b"\xff\xfe" + known.HEADER.decode().encode("utf-16-le"),
        b"\xef\xbb\xbf" + known.HEADER,
        known.HEADER.rstrip(b"\n"),
        known.HEADER.replace(b"\n", b"\r\n"),
        json.dumps(json.loads(known.HEADER), indent=1).encode(),
        known.HEADER.replace(b'"format":', b'"format":"casefile","format":', 1),
    ],
)
def test_hostile_and_respelled_json_is_damage(data: bytes) -> None:
    assert code(data) == "header.damaged"


def test_a_file_over_64_kib_is_not_parsed(folder: Path) -> None:
    assert code(known.HEADER + b" " * 65_536) == "header.too_large"
    folder.write_bytes(bytes(10_000_000))
    with pytest.raises(UserError) as error:
        read_header(folder)
    assert error.value.code == "header.too_large"


@pytest.mark.parametrize("version", [2, 99, 10**6])
def test_a_newer_format_says_so_however_it_is_spelled(version: int) -> None:
    data = changed(lambda members: members.update(format_version=version, more={"x": [1]}))
    with pytest.raises(UserError) as error:
        from_bytes(data)
    assert error.value.code == "header.newer_version"
    assert error.value.values == {"version": version, "known": 1}
    respelled = json.dumps(json.loads(data), indent=2).encode()
    assert code(respelled) == "header.newer_version"


def _slot(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda members: members["slots"][0].update(values)


def _kdf(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda members: members["slots"][0]["kdf"].update(values)


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.update(format_version=0),
        lambda m: m.update(format_version=True),
        lambda m: m.update(format_version="1"),
        lambda m: m.update(case_id=7),
        lambda m: m.update(case_id="../../etc"),
        lambda m: m.update(case_id="C0FFEE00C0FFEE00"),
        lambda m: m.update(slots=[]),
        lambda m: m.update(slots={}),
        lambda m: m.update(slots=m["slots"][1:]),
        lambda m: m.update(slots=m["slots"] * 6),
        lambda m: m.update(slots=[m["slots"][0]] * 2),
        lambda m: m.update(slots=[None]),
        lambda m: m.update(more=1),
        lambda m: m.pop("case_id"),
        lambda m: m["slots"][0].pop("nonce"),
        _slot(more=1),
        _slot(id="x"),
        _slot(id=5),
        _slot(kind="master"),
        _slot(kind=["passphrase"]),
        _slot(kind="recovery"),
        _slot(kdf="argon2id"),
        _slot(nonce="00"),
        _slot(nonce="0" * 23 + "G"),
        _slot(nonce="AB" * 12),
        _slot(ciphertext=5),
        _slot(ciphertext="00" * 47),
        _kdf(algorithm="argon2i"),
        _kdf(version=16),
        _kdf(memory_kib="64"),
        _kdf(memory_kib=True),
        _kdf(salt="00"),
        _kdf(more=1),
        lambda m: m["slots"][1]["kdf"].update(algorithm="none"),
        lambda m: m["slots"][1]["kdf"].update(salt=""),
    ],
)
def test_a_header_of_another_shape_is_damage(change: Callable[[dict[str, Any]], object]) -> None:
    assert code(changed(change)) == "header.damaged"


@pytest.mark.parametrize(
    "costs",
    [
        {"memory_kib": 2 * 1024 * 1024 + 1},
        {"memory_kib": 2**40},
        {"time_cost": 65},
        {"parallelism": 17},
        {"memory_kib": -1},
        {"memory_kib": 7},
        {"time_cost": 0},
        {"parallelism": 0},
    ],
)
def test_costs_out_of_bounds_are_refused_before_any_work(costs: dict[str, int]) -> None:
    assert code(changed(_kdf(**costs))) == "header.refused"


def test_a_case_id_that_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(ValueError, match="case id"):
        CaseHeader("my case", ())


def test_a_header_and_its_copy_are_written_alike(folder: Path) -> None:
    header, _ = new_header(known.CASE_ID, "passphrase", CHEAP)
    write_header(folder, header)
    assert read_header(folder) == header == read_copy(folder)
    assert folder.read_bytes() == copy_path(folder).read_bytes()
    assert folder.stat().st_mode & 0o077 == 0
    assert sorted(p.name for p in folder.parent.iterdir()) == ["backups", "case.casefile"]
    assert refresh_copy(folder) is False


def test_no_copy_is_forced_where_there_is_no_folder_for_it(tmp_path: Path) -> None:
    header, _ = new_header(known.CASE_ID, "passphrase", CHEAP)
    write_header(tmp_path / "case.casefile", header)
    assert read_copy(tmp_path / "case.casefile") is None
    assert refresh_copy(tmp_path / "case.casefile") is False


def test_a_copy_left_behind_by_a_crash_is_refreshed(folder: Path) -> None:
    header, key = new_header(known.CASE_ID, "old", CHEAP)
    write_header(folder, header)
    old = copy_path(folder).read_bytes()
    write_header(folder, with_passphrase_changed(header, key, "new", CHEAP))
    copy_path(folder).write_bytes(old)
    assert refresh_copy(folder) is True
    assert copy_path(folder).read_bytes() == folder.read_bytes() != old


@pytest.mark.parametrize("damage", ["spoiled", "gone"])
def test_the_copy_takes_the_place_of_a_spoiled_header(folder: Path, damage: str) -> None:
    header, _ = new_header(known.CASE_ID, "passphrase", CHEAP)
    write_header(folder, header)
    if damage == "spoiled":
        folder.write_bytes(b"spoiled")
    else:
        folder.unlink()
    assert restore_copy(folder) == header == read_header(folder)
    kept = folder.with_name("case.casefile.damaged")
    assert kept.exists() == (damage == "spoiled")
    assert damage == "gone" or kept.read_bytes() == b"spoiled"


def test_a_spoiled_copy_is_not_offered(folder: Path) -> None:
    folder.write_bytes(b"spoiled")
    copy_path(folder).write_bytes(b"spoiled too")
    assert read_copy(folder) is None
    with pytest.raises(UserError) as error:
        restore_copy(folder)
    assert error.value.code == "header.no_copy"
    assert folder.read_bytes() == b"spoiled"


def test_missing_and_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "case.casefile", tmp_path / "no folder" / "case.casefile"):
        with pytest.raises(UserError) as error:
            read_header(path)
        assert error.value.code == "header.missing"
    with pytest.raises(UserError) as error:
        read_header(tmp_path)
    assert error.value.code == "header.unreadable"


def test_a_full_disk_leaves_the_old_header(folder: Path) -> None:
    header, key = new_header(known.CASE_ID, "old", CHEAP)
    write_header(folder, header)
    before = folder.read_bytes()
    newer = with_passphrase_changed(header, key, "new", CHEAP)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))  # Python ignores SIGXFSZ: EFBIG comes
    try:
        with pytest.raises(UserError) as error:
            write_header(folder, newer)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert error.value.code == "header.not_written"
    assert folder.read_bytes() == before == copy_path(folder).read_bytes()
    assert not [p for p in folder.parent.iterdir() if p.name.endswith(".new")]


def test_a_folder_that_is_gone_cannot_be_written(tmp_path: Path) -> None:
    header, _ = new_header(known.CASE_ID, "passphrase", CHEAP)
    with pytest.raises(UserError) as error:
        write_header(tmp_path / "gone" / "case.casefile", header)
    assert error.value.code == "header.not_written"


def test_the_header_is_on_the_disk_before_it_takes_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """fsync of the new file, rename, fsync of the folder, in this order, twice."""
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(descriptor: int) -> None:
        done.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")  # noqa: PTH112
        fsync(descriptor)

    def note_replace(self: Path, target: Path) -> Path:
        done.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    write_header(folder, from_bytes(known.HEADER))
    assert done == ["file", "rename", "folder"] * 2
