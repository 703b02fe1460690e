"""Marks that other programs left in a file appear, and can be adopted into the case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pymupdf
import pytest

from casefile.domain.annotations import COLOURS, AnnotationKind
from casefile.services import annotating, file_marks, trash
from casefile.services.case import Case
from casefile.services.importing import ImportChoices, import_paths
from casefile.services.leaving.bundle import export_bundle
from casefile.services.undo import undo
from casefile.services.wording import undo_name
from tests.services.conftest import BringIn
from tests.services.material import refused
from tests.services.there_and_back import there_and_back


def imported(case: Case, path: Path) -> str:
    return import_paths(case, [path], ImportChoices()).imported[0].document.id


@pytest.fixture
def document_id(case: Case, corpus: Path) -> str:
    return imported(case, corpus / "robust/synthetic/all_annotations.pdf")


def test_every_kind_of_the_file_becomes_one_of_ours(case: Case, document_id: str) -> None:
    foreign = file_marks.listing(case, document_id)
    kinds = {mark.pdf_kind: mark.kind for mark in foreign}
    assert Counter(kinds.values()) == {
        AnnotationKind.NOTE: 5,  # Text, FreeText, Stamp, Caret, FileAttachment
        AnnotationKind.INK: 4,  # Ink, Line, PolyLine, Polygon
        AnnotationKind.UNDERLINE: 2,  # Underline, Squiggly
        AnnotationKind.BOX: 2,  # Square, Circle
        AnnotationKind.HIGHLIGHT: 1,
        AnnotationKind.STRIKEOUT: 1,
        AnnotationKind.REDACTION: 1,
    }
    change = there_and_back(case, lambda: file_marks.adopt(case, document_id))
    assert undo_name(change.what, change.count) == "Adopt 16 marks of the file"
    assert file_marks.listing(case, document_id) == [], "nothing is shown twice"
    ours = annotating.listing(case, document_id)
    assert {mark.adopted_key for mark in ours} == {mark.key for mark in foreign}
    assert all(mark.strokes for mark in ours if mark.kind is AnnotationKind.INK)


def test_one_is_adopted_with_its_words_and_returns_when_it_is_deleted(
    case: Case, corpus: Path
) -> None:
    document_id = imported(case, corpus / "redaction/x-ray/rectangles_yes_2.pdf")
    [foreign] = file_marks.on_page(case, document_id, 1)
    change = file_marks.adopt(case, document_id, [foreign.key])
    [mark] = annotating.listing(case, document_id)
    assert (mark.kind, mark.colour) == (AnnotationKind.HIGHLIGHT, foreign.colour)
    assert mark.quads[0].numbers() == pytest.approx(foreign.quads[0].numbers(), abs=0.001)
    assert file_marks.on_page(case, document_id, 1) == []
    with refused("annotation.nothing_to_adopt"):
        file_marks.adopt(case, document_id, [foreign.key])
    annotating.delete(case, [mark.id])
    assert file_marks.on_page(case, document_id, 1) == [foreign]
    trash.restore(case, [("annotation", mark.id)])
    undo(case, change)
    assert file_marks.on_page(case, document_id, 1) == [foreign]


def test_an_adopted_mark_stands_in_a_copy_once(case: Case, corpus: Path, tmp_path: Path) -> None:
    document_id = imported(case, corpus / "redaction/x-ray/rectangles_yes_2.pdf")

    def copied(name: str) -> list[str]:
        export_bundle(case, tmp_path / name)
        [path] = (tmp_path / name / "data/documents").glob("*.pdf")
        with pymupdf.open(path) as pdf:
            return [annot.info["content"] for annot in pdf[0].annots()]

    change = file_marks.adopt(case, document_id)
    assert len(copied("as it came")) == 1
    annotating.edit(case, change.ids("annotation")[0], comment="ours now")
    assert sorted(copied("commented"))[-1] == "ours now"


def test_a_file_without_marks_has_none(case: Case, bring_in: BringIn) -> None:
    document_id = bring_in("Plain.pdf", ["one", "two"])
    assert file_marks.listing(case, document_id) == []
    with refused("annotation.nothing_to_adopt"):
        file_marks.adopt(case, document_id)
    with refused("page.not_found"):
        file_marks.on_page(case, document_id, 3)


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        *((shade, name) for name, shade in COLOURS.items()),
        ("#FF0000", "pink"),
        ("#FFFF00", "yellow"),
        ("#00FF00", "green"),
        ("#0000FF", "blue"),
        ("#8000FF", "violet"),
        ("#FF8000", "orange"),
        ("#000000", "yellow"),
        ("#808080", "yellow"),
        ("", "yellow"),
    ],
)
def test_a_colour_of_the_file_is_seen_as_one_of_the_six(seen: str, name: str) -> None:
    assert file_marks.nearest_colour(seen) == name
