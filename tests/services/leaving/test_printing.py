"""What may go onto paper, and what is noted about it."""

from __future__ import annotations

import pytest

from casefile.domain.annotations import AnnotationKind
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.domain.people import Terms
from casefile.services import annotating, documents, quoting
from casefile.services.annotating import MarkPart
from casefile.services.case import Case
from casefile.services.leaving.printing import hand_over, is_paper, prepare
from casefile.store import custody


def document(case: Case, title: str) -> str:
    return next(r.document.id for r in documents.listing(case) if r.document.title == title)


def test_marks_go_along_without_comments_and_only_when_asked(sample: Case) -> None:
    release = document(sample, "BER release 1")
    marks = annotating.listing(sample, release)
    assert any(mark.comment for mark in marks)
    with_marks = prepare(sample, release, (1, 2), with_marks=True)
    printed = [mark for page in with_marks.marks.values() for mark in page]
    assert printed
    assert not any(mark.comment for mark in printed)
    assert prepare(sample, release, (1, 2), with_marks=False).marks == {}


def test_a_mark_for_words_off_the_record_stays_in_the_case(sample: Case) -> None:
    release = document(sample, "BER release 1")
    mark = next(m for m in annotating.listing(sample, release) if m.page == 1)
    assert mark in prepare_marks(sample, release)
    quoting.add_from_selection(
        sample,
        release,
        1,
        quads=mark.quads,
        text=mark.text,
        prefix="",
        suffix="",
        terms=Terms.OFF_RECORD,
        annotation_id=mark.id,
    )
    assert mark.id not in [each.id for each in prepare_marks(sample, release)]


def prepare_marks(case: Case, document_id: str) -> list[object]:
    found = prepare(case, document_id, (1,), with_marks=True).marks.get(1, ())
    made = {mark.id: mark for mark in annotating.listing(case, document_id)}
    return [made[mark.id] for mark in found]


def test_what_is_marked_for_redaction_comes_out_black_also_without_marks(sample: Case) -> None:
    release = document(sample, "BER release 1")
    box = Box(100.0, 100.0, 200.0, 120.0)
    annotating.add_many(
        sample, release, AnnotationKind.REDACTION, [MarkPart(2, (box.quad(),), "", "", "")]
    )
    for with_marks in (True, False):
        assert prepare(sample, release, (2,), with_marks=with_marks).redacted == {2: (box,)}


def test_what_a_confidential_source_gave_is_not_printed(sample: Case) -> None:
    with pytest.raises(UserError, match=r"print\.protected"):
        prepare(sample, document(sample, "Draft assessment"), (1,), with_marks=False)
    assert custody.listing(sample.reader(), event="left.printed") == []


def test_the_custody_log_has_pages_and_marks(sample: Case) -> None:
    release = document(sample, "BER release 1")
    hand_over(sample, prepare(sample, release, (3, 4, 5, 9), with_marks=False))
    (entry,) = custody.listing(sample.reader(), event="left.printed")
    assert entry.detail["detail"] == "pages 3-5, 9, without marks"
    assert entry.detail["documents"] == [release]


@pytest.mark.parametrize(
    ("printer", "paper"),
    [
        ("HP LaserJet 400", True),
        ("Newsroom 2nd floor Brother HL-L2350DW", True),
        ("PDF Generic CUPS-PDF Printer", False),
        ("Microsoft Print to PDF", False),
        ("Microsoft XPS Document Writer", False),
        ("OneNote (Desktop)", False),
        ("Fax", False),
    ],
)
def test_a_printer_that_writes_a_file_is_no_printer(printer: str, *, paper: bool) -> None:
    assert is_paper(printer) is paper
