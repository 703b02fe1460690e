"""Copies come back; damage is found and named."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from casefile.domain.errors import Cancelled
from casefile.domain.progress import JobContext
from casefile.services import annotating, backing_up, documents, quoting, searching
from casefile.services.case import Case, Passphrase, open_case
from casefile.services.checking import check_case
from casefile.services.importing import ImportChoices, import_paths
from casefile.store import documents as rows
from tests.services.conftest import PASSPHRASE, BringIn, LentWorkers
from tests.services.material import many_pages, refused

KEY = Passphrase(PASSPHRASE)
DAY = date(2026, 11, 22)


@pytest.fixture
def worked(case: Case, bring_in: BringIn, tmp_path: Path) -> Case:
    """A case with two documents, a mark and a quote."""
    first = bring_in("a.pdf", many_pages(30, "alpha"))
    (tmp_path / "b.txt").write_text("beta words\n")
    import_paths(case, [tmp_path / "b.txt"], ImportChoices())
    annotating.find_and_mark(case, first, 1, "Page 1")
    quoting.add_from_find(case, first, 2, "alpha2", nth=1)
    return case


def assert_same(found: Case) -> None:
    assert [row.document.title for row in documents.listing(found)] == ["a.pdf", "b.txt"]
    assert [row.marks for row in documents.listing(found)] == [1, 0]
    assert searching.search_case(found, "alpha30", kinds=["page"]).total == 1
    assert searching.search_case(found, "beta", kinds=["page"]).total == 1
    assert searching.search_case(found, "alpha2", kinds=["quote"]).total == 1
    report = check_case(found)
    assert report.ok, report.problems


def test_a_whole_copy_comes_back(worked: Case, tmp_path: Path) -> None:
    made = backing_up.backup(worked, tmp_path / "copy")
    assert (made.path, made.documents, made.missing) == (tmp_path / "copy", 2, ())
    restored = backing_up.restore(tmp_path / "copy", tmp_path / "again", KEY)
    assert (restored.documents, restored.missing) == (2, ())
    with open_case(tmp_path / "again", KEY) as again:
        assert_same(again)
        assert again.name == "The waiver"
    assert_same(worked)


def test_a_copy_is_made_from_a_case_open_for_reading(worked: Case, tmp_path: Path) -> None:
    with open_case(worked.path, KEY, writing=False) as beside:
        backing_up.backup(beside, tmp_path / "copy")
    with open_case(tmp_path / "copy", KEY) as copied:
        assert_same(copied)


def test_copies_that_cannot_be(worked: Case, tmp_path: Path) -> None:
    with refused("backup.inside_case"):
        backing_up.backup(worked, worked.path / "copy")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").touch()
    with refused("case.exists"):
        backing_up.backup(worked, tmp_path / "full")
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        backing_up.backup(worked, tmp_path / "copy", context)
    assert not (tmp_path / "copy").exists()
    with refused("case.not_found"):
        backing_up.restore(tmp_path / "nowhere", tmp_path / "again", KEY)
    backing_up.backup(worked, tmp_path / "copy")
    with refused("passphrase.wrong"):
        backing_up.restore(tmp_path / "copy", tmp_path / "again", Passphrase("no"))
    assert not (tmp_path / "again").exists()


def test_the_daily_copy_is_small_and_made_once(worked: Case) -> None:
    made = backing_up.daily(worked, DAY)
    assert made is not None
    assert made.name == "store-2026-11-22.db"
    assert backing_up.daily(worked, DAY) is None


def test_a_daily_copy_comes_back_with_its_texts_read_again(worked: Case, tmp_path: Path) -> None:
    made = backing_up.daily(worked, DAY)
    assert made is not None
    worked.close()
    restored = backing_up.restore(made, tmp_path / "again", KEY)
    assert (restored.documents, restored.missing) == (2, ())
    with open_case(tmp_path / "again", KEY) as again:
        assert rows.texts_lost(again.reader()) == []
        assert_same(again)


def test_a_damaged_store_is_told_and_the_newest_sound_copy_comes_back(
    worked: Case, tmp_path: Path, workers: LentWorkers
) -> None:
    backing_up.daily(worked, date(2026, 11, 20))
    backing_up.daily(worked, date(2026, 11, 21))
    newest = backing_up.daily(worked, DAY)
    assert newest is not None
    path = worked.path
    (tmp_path / "c.txt").write_text("gamma")
    import_paths(worked, [tmp_path / "c.txt"], ImportChoices())
    worked.close()
    store = path / "store.db"
    store.write_bytes(b"\0" * 4096 + store.read_bytes()[4096:])
    flip(newest, newest.stat().st_size // 2)
    with refused("store.damaged"):
        open_case(path, KEY)
    found = backing_up.offered(path, KEY)
    assert found is not None
    assert (found.day, found.documents, found.lacks) == ("2026-11-21", 2, 2)
    with backing_up.restore_daily(path, KEY) as again:
        assert_same(again)
    open_case(path, KEY).close()
    assert list((path / "backups").glob("damaged-*.db")), "nothing is thrown away"


def test_without_a_sound_copy_nothing_is_offered(case: Case) -> None:
    path = case.path
    case.close()
    assert backing_up.offered(path, KEY) is None
    with refused("backup.none"):
        backing_up.restore_daily(path, KEY)
    open_case(path, KEY).close()


def test_texts_that_cannot_be_read_again_are_told(worked: Case, tmp_path: Path) -> None:
    made = backing_up.daily(worked, DAY)
    assert made is not None
    first = documents.listing(worked)[0].document.id
    file = rows.file(worked.reader(), first, "original")
    assert file is not None
    worked.close()
    flip(worked.folder.documents / file.name, 5000)
    restored = backing_up.restore(made, tmp_path / "again", KEY)
    assert restored.missing == (first,)
    with open_case(tmp_path / "again", KEY) as again:
        assert rows.texts_lost(again.reader()) == [first]
        assert searching.search_case(again, "beta", kinds=["page"]).total == 1


# Checking ---------------------------------------------------------------------------------------


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x10
    path.write_bytes(content)


def test_a_sound_case_is_told_so(worked: Case) -> None:
    report = check_case(worked)
    assert (report.ok, report.documents, report.pages) == (True, 2, 31)
    assert report.problems == []


@pytest.mark.parametrize("damage", ["flip", "cut", "append", "swap", "lose"])
def test_damage_to_a_document_is_named_and_stops_nothing_else(worked: Case, damage: str) -> None:
    first, second = (row.document.id for row in documents.listing(worked))
    file = rows.file(worked.reader(), first, "original")
    other = rows.file(worked.reader(), second, "original")
    assert file is not None
    assert other is not None
    path = worked.folder.documents / file.name
    if damage == "flip":
        flip(path, random.randrange(path.stat().st_size))
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    elif damage == "append":
        path.write_bytes(path.read_bytes() + b"\0")
    elif damage == "swap":
        shutil.copyfile(worked.folder.documents / other.name, path)
    else:
        path.unlink()
    report = check_case(worked)
    assert {problem.document_id for problem in report.problems} == {first}
    assert all(problem.what and problem.code for problem in report.problems)
    assert not report.ok
    worked.forget_session(first)  # it was open, and a process holds it whole
    with refused("document.file_missing" if damage == "lose" else "document.damaged"):
        worked.session(first).text(1)
    assert worked.session(second).text(1).text.strip() == "beta words"
    assert searching.search_case(worked, "alpha30", kinds=["page"]).total == 1


def test_damage_to_the_store_is_found(worked: Case) -> None:
    path = worked.path
    quotes = worked.reader().one("SELECT rootpage FROM sqlite_schema WHERE name = 'quote'")
    assert quotes is not None
    worked.close()
    flip(path / "store.db", (quotes["rootpage"] - 1) * 4096 + 2000)
    with open_case(path, KEY) as again:
        assert not check_case(again).ok


def test_a_check_can_be_stopped(worked: Case) -> None:
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        check_case(worked, context)
