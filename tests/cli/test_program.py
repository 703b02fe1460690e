"""The real program, in processes of its own."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casefile import shipped
from casefile.services.sample_case import PASSPHRASE
from tests.sample_case import sample_copy
from tests.services.leaving.bags import make_bag

PROGRAM = [sys.executable, "-m", "casefile"]
LETTER = shipped.path("sample", "BER-2025-00817 letter.pdf")
SECONDS = 120


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE)
    return file


def program(*argv: object, **options: Any) -> subprocess.CompletedProcess[str]:
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(
        [*PROGRAM, *map(str, argv)], capture_output=True, text=True, timeout=SECONDS, **options
    )


def test_a_case_from_end_to_end(tmp_path: Path, words: Path) -> None:
    case, out = tmp_path / "Case 2026-11", tmp_path / "bundle"
    common = ("--json", "--passphrase-file", words)
    made = program(*common, "new", case)
    assert (made.returncode, made.stderr) == (0, "")
    brought = program("import", case, LETTER, *common)
    assert (brought.returncode, brought.stderr) == (0, "")
    (letter,) = json.loads(brought.stdout)["imported"]
    found = json.loads(program("search", case, "Exemption", *common).stdout)
    assert found["hits"][0]["document"] == letter["document"]
    exported = program("export", case, out, *common)
    assert (exported.returncode, exported.stderr) == (0, "")
    assert json.loads(program("verify", out, "--json").stdout)["ok"] is True


def test_usage_and_refusals_have_their_status(tmp_path: Path) -> None:
    for argv, status in ((["--help"], 0), (["nonsense"], 2), (["info", str(tmp_path)], 1)):
        ran = program(*argv)
        assert ran.returncode == status, ran.stderr
        assert "Traceback" not in ran.stderr
        assert (ran.stdout == "") is (status != 0)
        assert (ran.stderr == "") is (status == 0)


def test_a_reader_that_leaves_is_no_failure(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, words: Path
) -> None:
    case = sample_copy(tmp_path_factory, tmp_path / "case")
    listed = json.loads(program("documents", case, "--json", "--passphrase-file", words).stdout)
    release = next(d["document"] for d in listed["documents"] if d["pages"] == 30)
    argv = [*PROGRAM, "text", str(case), release, "--passphrase-file", str(words)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read()
        process.wait(SECONDS)
    assert told == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    bag = make_bag(tmp_path / "bag")
    argv = [*PROGRAM, "verify", str(bag)]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(argv, stdout=full, stderr=subprocess.PIPE, text=True, timeout=SECONDS)
    assert ran.returncode == 1
    assert "No space left" in ran.stderr
    assert "Exception ignored" not in ran.stderr


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def test_ctrl_c_stops_an_import_and_keeps_what_is_in(
    tmp_path: Path, words: Path, terminal: tuple[int, int], corpus: Path
) -> None:
    case, (ours, theirs) = tmp_path / "case", terminal
    common = ("--json", "--passphrase-file", str(words))
    program("new", case, *common)
    long = corpus / "robust" / "synthetic" / "pages_5000.pdf"
    argv = [*PROGRAM, "import", str(case), str(LETTER), str(long), *common]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=theirs) as process:
        shown = b""
        while b"/" not in shown:  # progress, which a terminal alone is shown
            shown += os.read(ours, 4096)
        process.send_signal(signal.SIGINT)
        assert process.stdout
        answer = json.loads(process.stdout.read())
        process.wait(SECONDS)
    assert process.returncode in {1, 3}
    assert answer["cancelled"] is True
    assert long.name not in {Path(each["path"]).name for each in answer["imported"]}
    checked = program("check", case, *common)
    assert checked.returncode == 0, checked.stdout
    assert json.loads(checked.stdout)["documents"] == len(answer["imported"])


def test_a_passphrase_is_asked_for_on_a_terminal_and_not_shown(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, terminal: tuple[int, int]
) -> None:
    case, (ours, theirs) = sample_copy(tmp_path_factory, tmp_path / "case"), terminal
    argv = [*PROGRAM, "info", str(case), "--json"]
    with subprocess.Popen(
        argv, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True
    ) as process:
        shown = b""
        while b"Passphrase: " not in shown:
            shown += os.read(ours, 4096)
        os.write(ours, PASSPHRASE.encode() + b"\n")
        assert process.stdout
        answer = json.loads(process.stdout.read())
        process.wait(SECONDS)
    assert process.returncode == 0
    assert answer["documents"] == 4
    assert PASSPHRASE.encode() not in shown
