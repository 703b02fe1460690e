"""Doubt keeps a thing in the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from casefile.domain.documents import Provenance
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.services import documents, quoting
from casefile.services.case import Case
from casefile.services.import_values import ImportChoices
from casefile.services.importing import import_paths
from casefile.services.leaving.bundle import preview
from casefile.services.leaving.choosing import belongs, file_name, protected, under_embargo
from casefile.services.leaving.contents import Recipient
from tests.services.leaving.samples import document, mark, quote

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HERE = NOON.astimezone()


@pytest.mark.parametrize(
    ("until", "held"),
    [
        (None, False),
        ("", False),
        ("2026-11-22T11:59:59+00:00", False),
        ("2026-11-22T12:00:01Z", True),
        ((HERE + timedelta(hours=1)).replace(tzinfo=None).isoformat(), True),
        ((HERE - timedelta(hours=1)).replace(tzinfo=None).isoformat(), False),
        ((HERE + timedelta(days=1)).date().isoformat(), True),
        (HERE.date().isoformat(), False),
        ("when the vote is over", True),
    ],
)
def test_an_embargo_ends_when_it_says_and_not_before(until: str | None, held: bool) -> None:
    assert under_embargo(until, NOON) is held


def test_a_mark_belongs_to_the_quote_it_stands_for_or_over() -> None:
    anchored = quote("words", page=2, of=document()).quote
    here = (Box(10, 10, 90, 20).quad(),)
    assert belongs(mark("words"), anchored)
    assert not belongs(mark("other words"), anchored)
    assert not belongs(mark("words", page=3), anchored)
    assert belongs(mark("x", page=9), replace(anchored, annotation_id="a" * 16))
    over, beside = Box(80, 15, 200, 40).quad(), Box(80, 30, 200, 40).quad()
    placed = replace(anchored, quads=here)
    assert belongs(replace(mark("x"), quads=(over,)), placed)
    assert not belongs(replace(mark("x"), quads=(beside,)), placed)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Memo 3.pdf", "Memo 3"),
        ("a/b\\c:d*?.PDF", "a_b_c_d__"),
        ("..", "Document"),
        ("  \n\t ", "Document"),
        ("Übung (2) & more", "Übung (2) & more"),
        ("100% sure", "100_ sure"),
        ("x" * 300, "x" * 80),
        ("漢" * 100, "漢" * 60),
        ("a\x00b\u202ec", "a_b_c"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def letter(path: Path) -> Path:
    message = EmailMessage()
    message["Subject"] = "The sign"
    message.set_content("It was folded.")
    message.add_attachment("never hung", filename="sign.txt")
    path.write_bytes(message.as_bytes())
    return path


def test_what_came_inside_a_given_document_is_as_protected(case: Case, tmp_path: Path) -> None:
    given = ImportChoices(provenance=Provenance.GIVEN)
    report = import_paths(case, [letter(tmp_path / "in.eml")], given)
    assert len(report.imported) == 2
    everything = {each.document.id for each in report.imported}
    assert protected(case, documents.listing(case)) == everything
    with pytest.raises(UserError, match=r"export\.nothing"):
        preview(case, None, Recipient.EDITOR)
    attached = next(each.document for each in report.imported if each.document.parent_id)
    documents.set_provenance(case, [attached.id], Provenance.OWN)
    assert protected(case, documents.listing(case)) == everything


def test_a_quote_of_nobody_and_nothing_goes_with_everything(case: Case) -> None:
    quoting.add_from_conversation(case, "nobody wrote it down")
    seen = preview(case, None, Recipient.EDITOR)
    assert (seen.documents, seen.quotes, seen.left_out) == (0, 1, ())


def test_a_deleted_document_cannot_be_asked_for(sample: Case) -> None:
    release = next(row.document.id for row in documents.listing(sample) if row.document.pages == 30)
    documents.delete(sample, [release])
    with pytest.raises(UserError, match=r"export\.unknown_document"):
        preview(sample, [release], Recipient.EDITOR)
    before = preview(sample, None, Recipient.EDITOR)
    assert before.documents == 2
