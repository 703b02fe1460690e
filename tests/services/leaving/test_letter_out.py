"""A letter leaves as text, as PDF or by the clipboard, through the door, and checked again."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from casefile.domain.letters import LetterKind
from casefile.pdf.values import PlainFile
from casefile.services import letters, requests, sources
from casefile.services.case import Case
from casefile.services.importing import ImportChoices
from casefile.services.leaving import letter_out, log
from tests.services.conftest import BringIn
from tests.services.material import refused

TEXT = "Robin Vale\n1 Main Street\n\nDear Sir or Madam,\n\nSend <all> “tests” & notes; § 5.\n"


@pytest.fixture
def letter_id(case: Case) -> str:
    (request_id,) = requests.add(case, agency="Office of Filters").ids("request")
    return letters.keep(case, request_id, LetterKind.REQUEST, TEXT).ids("letter")[0]


def test_a_letter_is_saved_as_text(case: Case, letter_id: str, tmp_path: Path) -> None:
    path = letter_out.write_letter(case, letter_id, tmp_path / "letter.txt")
    assert path.read_text("utf-8") == TEXT
    (left,) = log.history(case, "letter")
    assert (left.name, left.recipient) == ("letter.txt", "Office of Filters")
    with refused("leaving.exists"):
        letter_out.write_letter(case, letter_id, path)


def test_a_letter_is_saved_as_a_pdf_and_nothing_is_left_in_the_case(
    case: Case, letter_id: str, tmp_path: Path
) -> None:
    before = sorted(Path(case.folder.path, "documents").iterdir())
    path = letter_out.write_letter(case, letter_id, tmp_path / "letter.pdf", form="pdf")
    assert path.read_bytes().startswith(b"%PDF-")
    assert sorted(Path(case.folder.path, "documents").iterdir()) == before
    with case.workers.open(PlainFile(path)) as session:
        (page,) = session.extract(1, 1)
    lines = page.text.splitlines()
    assert lines[:3] == ["Robin Vale", "1 Main Street", "Dear Sir or Madam,"]
    assert lines[3] == "Send <all> “tests” & notes; § 5."
    assert b"Robin" not in path.read_bytes(), "no metadata names anybody"


@pytest.mark.parametrize(
    ("law", "size"), [("us-federal", (612, 792)), ("uk", (595, 842)), ("", (612, 792))]
)
def test_a_pdf_is_on_the_paper_of_the_country(
    case: Case, letter_id: str, tmp_path: Path, law: str, size: tuple[int, int]
) -> None:
    requests.edit(case, letters.get(case, letter_id).request_id, law=law)
    path = letter_out.write_letter(case, letter_id, tmp_path / "letter.pdf", form="pdf")
    with pymupdf.open(path) as made:
        assert (round(made[0].rect.width), round(made[0].rect.height)) == size


def test_a_letter_is_copied(case: Case, letter_id: str) -> None:
    words = letter_out.letter_text(case, letter_id)
    assert (words.text, words.delicate) == (TEXT, True)
    assert len(log.history(case, "letter")) == 1


def test_a_letter_that_a_later_leak_made_telling_does_not_leave(
    case: Case, letter_id: str, bring_in: BringIn, tmp_path: Path
) -> None:
    text = "Please send note 7731-0442."
    letters.edit(case, letter_id, text=text)
    (heron,) = sources.add(case, name="Jo Doe", code_name="HERON", confidential=True).ids("source")
    bring_in("Leak.pdf", ["note 7731-0442"], ImportChoices(source_id=heron))
    with refused("letter.findings"):
        letter_out.write_letter(case, letter_id, tmp_path / "letter.txt")
    with refused("letter.findings"):
        letter_out.letter_text(case, letter_id)
    assert log.history(case, "letter") == []
    assert list(tmp_path.glob("letter*")) == []
    letters.edit(case, letter_id, text=text, reason="They printed it themselves.")
    letter_out.write_letter(case, letter_id, tmp_path / "letter.txt")


def test_an_unknown_letter_does_not_leave(case: Case, tmp_path: Path) -> None:
    with refused("letter.not_found"):
        letter_out.write_letter(case, "0" * 16, tmp_path / "letter.txt")
