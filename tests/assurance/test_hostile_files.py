"""Files that were broken, or made to break programs, are brought in with all the others: none
hangs the import, none is met with a traceback, and the case is sound afterwards."""

from __future__ import annotations

import io
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from casefile.cli.main import run
from casefile.security.kdf import CHEAP
from casefile.services import checking, documents, searching
from casefile.services.case import Passphrase, create_case, open_case
from casefile.services.import_values import FileProgress, FileState, ImportChoices, ImportReport
from casefile.services.importing import import_paths
from casefile.services.wording import catalogue
from tests.assurance.mutating import spoil

PASSPHRASE = "the one of the hostile files"
#: Seconds for one file, on a machine that does much else besides.
LONGEST = 90.0
SPOILED = 60
#: What a worker may take, beside three times its document (SECURITY.md), and MuPDF with Python.
MEMORY = (512 + 200) << 20
BOMB = "flate_bomb_content_1GiB.pdf"


class Watch:
    """The most memory that any process under this one was seen to have, in bytes."""

    def __init__(self) -> None:
        self.peaks: dict[int, int] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        self._thread.start()
        try:
            yield self
        finally:
            self._over.set()
            self._thread.join()

    def _look(self) -> None:
        """The kernel keeps the peak of each; it only has to be read while the process lives."""
        while not self._over.wait(0.05):
            for pid in _descendants("self"):
                try:
                    status = Path(f"/proc/{pid}/status").read_text()
                except OSError:
                    continue
                for line in status.splitlines():
                    if line.startswith("VmHWM:"):
                        self.peaks[pid] = int(line.split()[1]) << 10


def _descendants(pid: object) -> set[int]:
    children: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children.update(int(child) for child in task.read_text().split())
        except OSError:
            continue
    return children.union(*(_descendants(child) for child in children))


@dataclass
class Outcome:
    """What became of one import."""

    paths: list[Path]
    folder: Path
    report: ImportReport
    seconds: dict[Path, float]
    peak: int
    problems: list[str]
    titles: set[str] = field(default_factory=set)
    found: int = 0


def bring_in(paths: list[Path], folder: Path) -> Outcome:
    """Import ``paths`` into a new case, check it, close it, and look at it once more."""
    begun: dict[Path, float] = {}
    seconds: dict[Path, float] = {}

    def note(news: FileProgress) -> None:
        if news.state is FileState.READING:
            begun.setdefault(news.path, time.monotonic())
        elif news.state is not FileState.QUEUED:
            seconds[news.path] = time.monotonic() - begun.get(news.path, time.monotonic())

    watch = Watch()
    case = create_case(folder, PASSPHRASE, "Hostile", cost=CHEAP)
    try:
        with watch.watching():
            report = import_paths(case, paths, ImportChoices(), on_file=note)
    finally:
        case.close()
    again = open_case(folder, Passphrase(PASSPHRASE), writing=False)
    try:
        problems = [f"{each.code} {each.what}" for each in checking.check_case(again).problems]
        titles = {row.document.title for row in documents.listing(again)}
        found = searching.search_case(again, '"Freedom of Information"').total
    finally:
        again.close()
    peak = max(watch.peaks.values(), default=0)
    return Outcome(paths, folder, report, seconds, peak, problems, titles, found)


def _files(corpus: Path) -> list[Path]:
    return sorted(path for path in corpus.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def real(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Every file of the corpus, hostile ones and real ones."""
    return bring_in(_files(corpus), tmp_path_factory.mktemp("real") / "case")


@pytest.fixture(scope="module")
def spoiled(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Spoiled copies of the corpus's small files, with a few sound ones among them."""
    folder = tmp_path_factory.mktemp("spoiled")
    good = [path for path in _files(corpus) if path.suffix not in (".tsv", ".json", ".md")]
    paths = spoil(good, folder / "in", SPOILED)
    for name, data in {
        "empty.pdf": b"",
        "only a head.pdf": b"%PDF-1.7\n",
        "zeros.png": bytes(5000),
        "deep.html": b"<div>" * 60_000,
        "nested.eml": b"Content-Type: message/rfc822\n\n" * 3_000,
        "long line.txt": b"x" * 3_000_000,
        "sound.txt": b"This one is sound, says the Freedom of Information Act.\n",
    }.items():
        paths.append(folder / "in" / name)
        paths[-1].write_bytes(data)
    return bring_in(paths, folder / "case")


@pytest.fixture(params=["real", "spoiled"])
def outcome(request: pytest.FixtureRequest) -> Outcome:
    made: Outcome = request.getfixturevalue(request.param)
    return made


def test_every_file_ends_as_something(outcome: Outcome) -> None:
    """Each file is in, recognised as there already, or listed with a reason."""
    report = outcome.report
    ended = {entry.path for entry in report.all_in}
    ended |= {double.path for double in report.duplicates}
    ended |= {failed.path for failed in report.failed}
    assert ended == set(outcome.paths)
    assert not report.cancelled


def test_no_file_brings_a_bug_to_light(outcome: Outcome) -> None:
    assert not outcome.report.unexpected
    assert not [failed for failed in outcome.report.failed if failed.code.startswith("bug")]


def test_every_refusal_has_words(outcome: Outcome) -> None:
    """A reason is a sentence from the catalogue, not a code and nothing of the program's inside."""
    known = catalogue()
    for failed in outcome.report.failed:
        assert failed.code in known, failed
        assert failed.reason.strip().endswith((".", "?")), failed
        assert "Error" not in failed.reason, failed
        assert "{" not in failed.reason, failed


def test_no_file_hangs_the_import(outcome: Outcome) -> None:
    slow = {path.name: took for path, took in outcome.seconds.items() if took > LONGEST}
    assert not slow


def test_workers_stay_within_their_memory(outcome: Outcome) -> None:
    assert 0 < outcome.peak < MEMORY


def test_the_case_is_sound_afterwards(outcome: Outcome) -> None:
    assert not outcome.problems


def test_good_files_are_in(real: Outcome, spoiled: Outcome) -> None:
    names = {entry.path.name for entry in real.report.imported}
    for good in ("pages_5000.pdf", "DOCID-32989794.pdf", "testWORD_various.docx", "phototest.tif"):
        assert good in names
    failed = {failed.path.name: failed.code for failed in real.report.failed}
    assert failed["enc_aes256_user.pdf"] == "document.needs_password"
    assert real.found >= 5
    assert "sound.txt" in {entry.path.name for entry in spoiled.report.imported}
    assert spoiled.found >= 1
    assert {f.path.name: f.code for f in spoiled.report.failed}["empty.pdf"] == "document.empty"


def test_a_gigabyte_of_nothing_leaves_the_rest_alone(real: Outcome) -> None:
    """The bomb is in with what could be read of it, or listed; it never took its gigabyte."""
    listed = {failed.path.name for failed in real.report.failed}
    assert BOMB in listed | {entry.path.name for entry in real.report.all_in}


def test_the_command_line_says_the_same(
    spoiled: Outcome,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ran(*words: str) -> tuple[int, Any, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASSPHRASE.encode())))
        status = run(["--json", "--passphrase-file", "-", *words], cost=CHEAP)
        told = capsys.readouterr()
        return status, json.loads(told.out), told.err

    case = str(tmp_path / "case")
    assert ran("new", case)[0] == 0
    status, answer, told = ran("import", case, *map(str, spoiled.paths))
    assert status == 3
    assert "Traceback" not in told
    assert "met a bug" not in told
    same = spoiled.report
    assert {each["path"] for each in answer["failed"]} == {str(f.path) for f in same.failed}
    assert {each["code"] for each in answer["failed"]} == {f.code for f in same.failed}
    assert all(each["reason"] for each in answer["failed"])
    assert len(answer["imported"]) == len(same.all_in)
    status, checked, told = ran("check", case)
    assert (status, checked["ok"], told) == (0, True, "")
