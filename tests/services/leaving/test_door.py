"""What leaves goes through the door: whole or not at all, and never over something else."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from casefile.domain.errors import Cancelled, UserError
from casefile.services.case import Case
from casefile.services.leaving import door
from casefile.services.leaving.door import Departure
from casefile.services.leaving.log import history

WHAT = Departure("original", ("d" * 16,), detail="page 1")


def hello(file: BinaryIO) -> None:
    file.write(b"hello")


def fill(folder: Path) -> None:
    (folder / "bagit.txt").write_bytes(b"new")


def test_a_file_is_written_for_its_owner_alone_and_noted(case: Case, tmp_path: Path) -> None:
    out = door.leave_file(case, WHAT, tmp_path / "out.pdf", hello)
    assert out.read_bytes() == b"hello"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    (entry,) = history(case, "original")
    assert (entry.name, entry.documents, entry.recipient) == ("out.pdf", 1, None)


def test_nothing_there_is_written_over(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"mine")
    with pytest.raises(UserError, match=r"leaving\.exists"):
        door.leave_file(case, WHAT, out, hello)
    assert out.read_bytes() == b"mine"
    assert door.leave_file(case, WHAT, out, hello, force=True).read_bytes() == b"hello"


def test_an_empty_folder_may_be_taken(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    door.leave_folder(case, WHAT, out, fill)
    assert (out / "bagit.txt").read_bytes() == b"new"


def test_a_folder_with_something_in_it_is_refused(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill_old(out)
    with pytest.raises(UserError, match=r"leaving\.exists"):
        door.leave_folder(case, WHAT, out, fill)
    with pytest.raises(UserError, match=r"leaving\.is_folder"):
        door.leave_file(case, WHAT, out, hello, force=True)


def fill_old(out: Path, name: str = "diary.txt") -> None:
    out.mkdir()
    (out / name).write_bytes(b"old")


def test_force_replaces_an_earlier_bundle(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill_old(out, "bagit.txt")
    door.leave_folder(case, WHAT, out, fill, force=True)
    assert (out / "bagit.txt").read_bytes() == b"new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case", "out"]


def test_force_never_deletes_a_folder_of_which_nothing_is_known(case: Case, tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill_old(out)
    door.leave_folder(case, WHAT, out, fill, force=True)
    assert (out / "bagit.txt").read_bytes() == b"new"
    assert (tmp_path / "out (earlier 1)" / "diary.txt").read_bytes() == b"old"


def test_the_case_folder_is_no_place_for_what_leaves(case: Case, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(case.path)
    for out in (
        case.path,
        case.path / "out",
        case.path / "documents" / "out",
        tmp_path / "link" / "out",
        tmp_path / "x" / ".." / "case" / "out",
        tmp_path,
    ):
        with pytest.raises(UserError, match=r"leaving\.(inside_case|no_folder)"):
            door.leave_folder(case, WHAT, out, fill, force=True)
    assert not (case.path / "out").exists()


def test_a_place_that_does_not_exist_is_told(case: Case, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"leaving\.no_folder"):
        door.leave_file(case, WHAT, tmp_path / "absent" / "out", hello)
    with pytest.raises(UserError, match=r"leaving\.not_written"):
        door.leave_file(case, WHAT, tmp_path / ("x" * 300), hello)


@pytest.mark.parametrize("failure", [Cancelled(), UserError("document.damaged"), ValueError()])
def test_what_fails_half_way_leaves_nothing(case: Case, tmp_path: Path, failure: Exception) -> None:
    def half(file: BinaryIO) -> None:
        file.write(b"half")
        raise failure

    def half_folder(folder: Path) -> None:
        fill(folder)
        raise failure

    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(type(failure)):
        door.leave_file(case, WHAT, tmp_path / "out", half)
    with pytest.raises(type(failure)):
        door.leave_folder(case, WHAT, tmp_path / "out", half_folder)
    assert sorted(tmp_path.rglob("*")) == before
    assert history(case, "original") == []


def test_a_disk_that_cannot_be_written_is_told(case: Case, tmp_path: Path) -> None:
    def full(_file: BinaryIO) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(UserError) as told:
        door.leave_file(case, WHAT, tmp_path / "out", full)
    assert told.value.code == "leaving.not_written"
    assert told.value.values["reason"] == "No space left on device"


def test_a_link_in_the_place_is_replaced_and_not_followed(case: Case, tmp_path: Path) -> None:
    aim = tmp_path / "aim"
    aim.write_bytes(b"mine")
    out = tmp_path / "out"
    out.symlink_to(aim)
    with pytest.raises(UserError, match=r"leaving\.exists"):
        door.leave_file(case, WHAT, out, hello)
    door.leave_file(case, WHAT, out, hello, force=True)
    assert aim.read_bytes() == b"mine"
    assert not out.is_symlink()
    out.unlink()
    out.symlink_to(aim)
    door.leave_folder(case, WHAT, out, fill, force=True)
    assert aim.read_bytes() == b"mine"
    assert not out.is_symlink()
