"""Power cuts, full disks, impatience: an import that is stopped anywhere leaves a sound case, and
importing again finishes the job."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from casefile.security.kdf import CHEAP
from casefile.services import annotating, documents, followups, searching
from casefile.services.case import Case, Passphrase, create_case, open_case
from casefile.services.checking import check_case
from casefile.services.import_values import FileProgress
from casefile.services.importing import ImportChoices, import_paths
from casefile.store import documents as rows
from tests.services.conftest import PASSPHRASE, BringIn, LentWorkers
from tests.services.material import mail_bytes, many_pages, pdf_bytes, png_bytes, write_pdf

KILLS = 32


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A case folder to be copied."""
    path = tmp_path / "empty"
    create_case(path, PASSPHRASE, cost=CHEAP).close()
    return path


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder whose import takes about half a second and every way there is."""
    folder = tmp_path / "papers"
    write_pdf(folder / "a.pdf", many_pages(120, "first"))
    write_pdf(folder / "b.pdf", many_pages(60, "second"))
    (folder / "c.txt").write_text("\n".join(many_pages(20, "third")))
    (folder / "d.png").write_bytes(png_bytes())
    attachments = [(f"memo{n}.pdf", pdf_bytes(many_pages(9, f"memo{n}"))) for n in range(3)]
    (folder / "e.eml").write_bytes(mail_bytes("Fourth", attachments=attachments))
    (folder / "f.pdf").write_bytes((folder / "b.pdf").read_bytes())
    return folder


EXPECTED = {
    "a.pdf": 120, "c.txt": None, "d.png": 1, "Fourth": 1, "memo0.pdf": 9, "memo1.pdf": 9,
    "memo2.pdf": 9,
}  # fmt: skip


@contextmanager
def child(case: Path, folder: Path, *limit: str) -> Iterator[subprocess.Popen[str]]:
    """An importing process; whatever happens it is gone afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.import_child", str(case), str(folder), *limit],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    assert hear(process) == "open"


@contextmanager
def opened(path: Path, workers: LentWorkers) -> Iterator[Case]:
    with open_case(path, Passphrase(PASSPHRASE), workers=workers) as case:
        yield case


def copied(empty: Path, number: int) -> Path:
    """The empty case under another name."""
    path = empty.with_name(f"case{number}")
    if not path.exists():
        shutil.copytree(empty, path)
    return path


def assert_whole(case: Case) -> set[str]:
    """Sound; no document is there in part; returns the titles of those that are there."""
    report = check_case(case)
    assert report.ok, report.problems
    assert rows.incomplete(case.reader()) == []
    known = {file.name for file in rows.all_files(case.reader())}
    assert {path.name for path in case.folder.documents.iterdir()} == known
    found = documents.listing(case)
    titles = {row.document.title for row in found}
    for row in found:
        expected = EXPECTED.get(row.document.title, 60)
        assert expected in (None, row.document.pages)
        texts = list(documents.page_texts(case, row.document.id))
        assert [page.number for page in texts] == list(range(1, row.document.pages + 1))
    memos = {title for title in titles if title.startswith("memo")}
    assert ("Fourth" in titles, len(memos)) in ((False, 0), (True, 3)), "a mail comes in whole"
    return titles


def assert_finished(case: Case, folder: Path) -> None:
    report = import_paths(case, [folder], ImportChoices())
    assert report.failed == []
    titles = assert_whole(case)
    assert titles - {"b.pdf", "f.pdf"} == set(EXPECTED)
    assert len(titles & {"b.pdf", "f.pdf"}) == 1
    assert searching.search_case(case, "first120").total == 1


def test_an_import_killed_anywhere_leaves_a_sound_case_and_can_be_finished(
    empty: Path, papers: Path, tmp_path: Path, workers: LentWorkers
) -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    began = time.monotonic()
    with child(shutil.copytree(empty, tmp_path / "measured"), papers) as process:
        assert hear(process) == "ready"
        began = time.monotonic()
        go(process)
        assert (hear(process), hear(process)) == ("", "done")
    takes = time.monotonic() - began
    survived: list[int] = []
    with ExitStack() as waiting:
        following = waiting.enter_context(child(copied(empty, 0), papers))
        for number in range(KILLS):
            path, process = copied(empty, number), following
            assert hear(process) == "ready"
            go(process)
            time.sleep(rng.uniform(0, takes))
            process.send_signal(signal.SIGKILL)
            process.wait()
            # The next one loads while this one's case is looked at.
            following = waiting.enter_context(child(copied(empty, number + 1), papers))
            with opened(path, workers) as case:
                survived.append(len(assert_whole(case)))
                if number % 4 == 0:  # each way to the end is the same from here
                    assert_finished(case, papers)
            shutil.rmtree(path)
    assert len(set(survived)) > 2, f"killed at {len(set(survived))} different points: {survived}"


@pytest.mark.parametrize("limit", [60_000, 150_000, 400_000, 900_000])
def test_an_import_that_meets_a_limit_says_so_and_can_be_finished(
    empty: Path, papers: Path, workers: LentWorkers, limit: int
) -> None:
    with child(empty, papers, str(limit)) as process:
        assert hear(process) == "ready"
        go(process)
        assert hear(process) == "store.full"
        assert hear(process) == "done"
    with opened(empty, workers) as case:
        assert_whole(case)
        assert_finished(case, papers)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_says_so_and_more_room_finishes(
    papers: Path, tmp_path: Path, workers: LentWorkers
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("this machine does not let root mount a tmpfs")
    try:
        with create_case(disk / "case", PASSPHRASE, cost=CHEAP, workers=workers) as case:
            report = import_paths(case, [papers], ImportChoices())
            assert {failed.code for failed in report.failed} == {"store.full"}
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        with opened(disk / "case", workers) as case:
            assert_whole(case)
            assert_finished(case, papers)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_an_edit_does_not_wait_for_an_import(case: Case, bring_in: BringIn, papers: Path) -> None:
    """While pages are written, an edit gets in between two slices of them: counted, not timed."""
    document_id = bring_in("read.pdf", ["words to mark here"])
    slices = 0
    waited: list[int] = []

    def edit(_: FileProgress) -> None:
        nonlocal slices
        slices += 1
        before = slices
        if slices % 5 == 0:
            followups.add(case, f"after {slices}")
            change = annotating.find_and_mark(case, document_id, 1, "words")
            assert len(change.ids("annotation")) == 1
            waited.append(slices - before)

    report = import_paths(case, [papers], ImportChoices(), None, edit)
    assert report.failed == []
    assert waited
    assert max(waited) <= 2 * 4, "two edits, each behind what the other file was just writing"
    assert len(followups.listing(case)) == len(waited)
    assert len(annotating.listing(case, document_id)) == 1, "marks on the same words are one"


def test_locking_in_the_middle_of_an_import_leaves_a_sound_case(
    empty: Path, papers: Path, workers: LentWorkers
) -> None:
    case = open_case(empty, Passphrase(PASSPHRASE), workers=workers)

    def lock(news: FileProgress) -> None:
        if news.done > 30:
            case.close()

    report = import_paths(case, [papers], ImportChoices(), None, lock)
    assert report.unexpected == []
    assert {failed.code for failed in report.failed} <= {"case.closed"}
    with opened(empty, workers) as again:
        assert_whole(again)
        assert_finished(again, papers)
