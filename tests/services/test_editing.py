"""Marks, quotes, sources, follow-ups, requests, tags, trash: each edit, and back again."""

from __future__ import annotations

from datetime import date

import pytest

from casefile.domain.annotations import AnnotationKind
from casefile.domain.documents import Provenance
from casefile.domain.geometry import Box, Quad
from casefile.domain.people import Terms
from casefile.domain.quotes import QuoteState
from casefile.services import (
    annotating,
    documents,
    followups,
    quoting,
    requests,
    sources,
    tags,
    trash,
)
from casefile.services.annotating import MarkPart
from casefile.services.case import Case
from casefile.services.labels import labels
from casefile.services.undo import undo
from casefile.services.wording import undo_name
from tests.services.conftest import BringIn
from tests.services.material import refused
from tests.services.there_and_back import there_and_back

QUAD = Quad(10, 10, 60, 10, 10, 22, 60, 22)
PAGE = (
    "On March 4 the agency approved",
    "a waiver of the cooling rules.",
    "The waiver was secret.",
)


@pytest.fixture
def document_id(bring_in: BringIn) -> str:
    return bring_in(
        "Audit.pdf",
        ["\n".join(PAGE), "-"],
    )


# Marks ------------------------------------------------------------------------------------------


def test_a_mark_is_added_changed_and_deleted(case: Case, document_id: str) -> None:
    change = there_and_back(case, lambda: annotating.add(
        case, document_id, 1, AnnotationKind.HIGHLIGHT, quads=[QUAD], text="a waiver",
        prefix="approved ", suffix=" of the", colour="pink", comment="ask", codes=["(b)(5)"],
    ))  # fmt: skip
    assert undo_name(change.what) == "Add highlight"
    mark_id = change.ids("annotation")[0]
    mark = annotating.get(case, mark_id)
    assert (mark.page, mark.colour, mark.comment, mark.codes) == (1, "pink", "ask", ("(b)(5)",))
    assert mark.quads == (QUAD,)
    there_and_back(case, lambda: annotating.edit(
        case, mark_id, colour="blue", comment="", codes=[], kind=AnnotationKind.UNDERLINE
    ))  # fmt: skip
    mark = annotating.get(case, mark_id)
    assert (mark.kind, mark.colour, mark.comment, mark.codes) == ("underline", "blue", "", ())
    assert mark.text == "a waiver"
    there_and_back(case, lambda: annotating.delete(case, [mark_id]))
    assert annotating.listing(case) == []


def test_a_selection_over_pages_is_one_edit(case: Case, document_id: str) -> None:
    parts = [MarkPart(1, (QUAD,), "a"), MarkPart(2, (QUAD,), "b")]
    change = there_and_back(case, lambda: annotating.add_many(
        case, document_id, AnnotationKind.HIGHLIGHT, parts, comment="both"
    ))  # fmt: skip
    assert undo_name(change.what, change.count) == "Add 2 highlights"
    marks = annotating.listing(case, document_id)
    assert [(m.page, m.comment) for m in marks] == [(1, "both"), (2, "")]


def test_words_are_found_and_marked(case: Case, document_id: str) -> None:
    change = there_and_back(case, lambda: annotating.find_and_mark(
        case, document_id, 1, "WAIVER", kind=AnnotationKind.UNDERLINE
    ))  # fmt: skip
    marks = [annotating.get(case, each) for each in change.ids("annotation")]
    assert [m.text for m in marks] == ["waiver", "waiver"]
    assert marks[0].prefix.endswith("approved a")
    assert marks[0].suffix.startswith("of the cooling")
    [second] = annotating.find_and_mark(case, document_id, 1, "waiver", nth=2).ids("annotation")
    assert annotating.get(case, second).suffix == "was secret."
    [over] = annotating.find_and_mark(case, document_id, 1, "approved a waiver").ids("annotation")
    assert annotating.get(case, over).text == "approved a waiver"
    assert len(annotating.get(case, over).quads) == 2, "one quad for each line"


def test_a_box_captures_what_stands_in_it(case: Case, document_id: str) -> None:
    change = there_and_back(
        case, lambda: annotating.mark_box(case, document_id, 1, Box(0, 0, 595, 80))
    )
    mark = annotating.get(case, change.ids("annotation")[0])
    assert mark.kind == AnnotationKind.BOX
    assert mark.text.startswith("On March 4")


def test_what_cannot_be_marked_is_refused(case: Case, document_id: str) -> None:
    highlight = AnnotationKind.HIGHLIGHT
    with refused("annotation.colour"):
        annotating.add(case, document_id, 1, highlight, quads=[QUAD], colour="mauve")
    with refused("annotation.empty"):
        annotating.add(case, document_id, 1, highlight, quads=[])
    with refused("page.not_found"):
        annotating.add(case, document_id, 3, highlight, quads=[QUAD])
    with refused("document.not_found"):
        annotating.add(case, "0" * 16, 1, highlight, quads=[QUAD])
    for needle in ("absent", "  "):
        with refused("find.nothing"):
            annotating.find_and_mark(case, document_id, 1, needle)
    with refused("find.nth"):
        annotating.find_and_mark(case, document_id, 1, "waiver", nth=3)
    with refused("page.not_found"):
        annotating.find_and_mark(case, document_id, 9, "waiver")
    with refused("annotation.not_found"):
        annotating.edit(case, "0" * 16, comment="x")
    assert annotating.listing(case) == []
    note = annotating.add(case, document_id, 2, AnnotationKind.NOTE, quads=[], comment="a note")
    assert len(note.ids("annotation")) == 1


# Quotes -----------------------------------------------------------------------------------------


def test_a_quote_inherits_its_speakers_terms(case: Case, document_id: str) -> None:
    [heron] = sources.add(
        case, name="Ann Example", confidential=True, code_name="HERON", terms=Terms.BACKGROUND
    ).ids("source")
    change = there_and_back(case, lambda: quoting.add_from_selection(
        case, document_id, 1, quads=[QUAD], text="a waiver", source_id=heron, note="n"
    ))  # fmt: skip
    quote = quoting.get(case, change.ids("quote")[0])
    assert (quote.terms, quote.state) == (Terms.BACKGROUND, QuoteState.UNVERIFIED)
    assert (quote.document_id, quote.page, quote.quads) == (document_id, 1, (QUAD,))
    assert quoting.last_speaker(case) == heron
    [other] = quoting.add_from_find(
        case, document_id, 1, "the agency approved a waiver", terms=Terms.OFF_RECORD
    ).ids("quote")
    assert quoting.get(case, other).text == "the agency approved a waiver"
    assert quoting.get(case, other).terms == Terms.OFF_RECORD
    [third] = quoting.add_from_find(case, document_id, 1, "agency").ids("quote")
    assert quoting.get(case, third).terms == Terms.ON_RECORD


def test_a_mark_becomes_a_quote(case: Case, document_id: str) -> None:
    [mark] = annotating.find_and_mark(case, document_id, 1, "cooling rules").ids("annotation")
    change = there_and_back(case, lambda: quoting.add_from_annotation(case, mark))
    quote = quoting.get(case, change.ids("quote")[0])
    assert (quote.text, quote.annotation_id, quote.page) == ("cooling rules", mark, 1)
    assert quote.quads == annotating.get(case, mark).quads
    annotating.delete(case, [mark])
    assert quoting.get(case, quote.id).deleted_at is None


def test_what_was_said_can_be_corrected_and_a_capture_cannot(case: Case, document_id: str) -> None:
    [said] = quoting.add_from_conversation(
        case, "nobody wrote it down", spoken_on=date(2026, 11, 9), terms=Terms.BACKGROUND
    ).ids("quote")
    assert quoting.get(case, said).spoken_on == "2026-11-09"
    there_and_back(case, lambda: quoting.edit(
        case, said, text="nobody ever wrote it down", spoken_on="2026-11-10",
        embargo_until="2026-12-01T06:00", note="twice",
    ))  # fmt: skip
    assert quoting.get(case, said).text == "nobody ever wrote it down"
    with refused("quote.empty"):
        quoting.edit(case, said, text=" ")
    with refused("date.invalid"):
        quoting.edit(case, said, spoken_on="soon")
    [captured] = quoting.add_from_find(case, document_id, 1, "secret").ids("quote")
    with refused("quote.captured"):
        quoting.edit(case, captured, text="public")
    quoting.edit(case, captured, note="fine", spoken_on=None)
    assert quoting.get(case, captured).note == "fine"


def test_another_speaker_brings_their_terms(case: Case) -> None:
    [ann] = sources.add(case, name="Ann", terms=Terms.DEEP_BACKGROUND).ids("source")
    [said] = quoting.add_from_conversation(case, "words").ids("quote")
    there_and_back(case, lambda: quoting.edit(case, said, source_id=ann))
    assert quoting.get(case, said).terms == Terms.DEEP_BACKGROUND
    quoting.edit(case, said, source_id=None)
    assert quoting.get(case, said).terms == Terms.DEEP_BACKGROUND, "never loosened by the way"
    quoting.edit(case, said, source_id=ann, terms=Terms.ON_RECORD)
    assert quoting.get(case, said).terms == Terms.ON_RECORD


def test_verifying_needs_a_method(case: Case) -> None:
    ids = [quoting.add_from_conversation(case, f"words {n}").ids("quote")[0] for n in range(2)]
    with refused("quote.method_needed"):
        quoting.set_state(case, ids, QuoteState.VERIFIED)
    change = there_and_back(case, lambda: quoting.set_state(
        case, ids, QuoteState.VERIFIED, "read against the page", "2026-11-22"
    ))  # fmt: skip
    assert undo_name(change.what, change.count) == "Change state of 2 quotes"
    quote = quoting.get(case, ids[0])
    assert quote.note == "2026-11-22: verified, read against the page"
    quoting.set_state(case, ids, QuoteState.NOT_FOR_USE)
    assert quoting.get(case, ids[0]).note == quote.note


def test_quotes_are_filtered_and_deleted(case: Case, document_id: str) -> None:
    [ann] = sources.add(case, name="Ann").ids("source")
    [one] = quoting.add_from_conversation(case, "Nobody wrote it down", source_id=ann).ids("quote")
    [two] = quoting.add_from_find(case, document_id, 1, "secret").ids("quote")
    assert [q.id for q in quoting.listing(case)] == [two, one]
    assert [q.id for q in quoting.listing(case, "WROTE nobody")] == [one]
    assert [q.id for q in quoting.listing(case, source_id=ann)] == [one]
    assert [q.id for q in quoting.listing(case, document_id=document_id)] == [two]
    assert quoting.listing(case, state=QuoteState.VERIFIED) == []
    there_and_back(case, lambda: quoting.delete(case, [one, two]))
    assert quoting.listing(case) == []
    assert quoting.last_speaker(case) is None
    with refused("quote.empty"):
        quoting.add_from_conversation(case, " \n")
    with refused("source.not_found"):
        quoting.add_from_conversation(case, "x", source_id="0" * 16)


# Sources ----------------------------------------------------------------------------------------


def test_a_confidential_source_shows_by_code_name_everywhere(case: Case) -> None:
    change = there_and_back(
        case, lambda: sources.add(case, name="Ann Example", confidential=True, aliases=["Annie"])
    )
    [source_id] = change.ids("source")
    source = sources.get(case, source_id)
    assert source.code_name
    assert source.label == source.code_name
    assert sources.is_confidential(case, source_id)
    assert sources.speaker_label(case, source_id) == source.code_name
    assert sources.speaker_labels(case) == {source_id: source.code_name}
    assert labels(case, [("source", source_id)]) == {("source", source_id): source.code_name}
    sources.delete(case, [source_id])
    assert sources.speaker_label(case, source_id) == source.code_name, "in the trash too"
    assert [item.label for item in trash.listing(case)] == [source.code_name]
    assert sources.speaker_label(case, None) == ""


def test_code_names_are_unique_and_give_nothing_away(case: Case) -> None:
    sources.add(case, name="Ann", confidential=True, code_name="HERON")
    with refused("source.code_name_taken"):
        sources.add(case, name="Bob", confidential=True, code_name="heron")
    with refused("source.code_name_gives_away"):
        sources.add(case, name="Carla Stork", confidential=True, code_name="stork 2")
    with refused("source.name_needed"):
        sources.add(case, name=" ")
    [nameless] = sources.add(case, name="", confidential=True).ids("source")
    assert sources.get(case, nameless).name == ""
    assert sources.new_code_name(case) not in ("HERON", sources.get(case, nameless).code_name)


def test_a_source_becomes_confidential(case: Case) -> None:
    [ann] = sources.add(case, name="Ann", contacts="phone").ids("source")
    there_and_back(case, lambda: sources.edit(
        case, ann, confidential=True, notes="careful", aliases=["A."], terms=Terms.BACKGROUND
    ))  # fmt: skip
    source = sources.get(case, ann)
    assert (source.confidential, source.contacts, source.aliases) == (True, "phone", ("A.",))
    assert source.label != "Ann"
    with refused("source.not_found"):
        sources.edit(case, "0" * 16, notes="x")
    there_and_back(case, lambda: sources.delete(case, [ann]))
    assert sources.listing(case) == []


def test_what_a_confidential_source_gave_is_protected(case: Case, bring_in: BringIn) -> None:
    [ann] = sources.add(case, name="Ann", confidential=True).ids("source")
    [bob] = sources.add(case, name="Bob").ids("source")
    ids = [bring_in(f"{n}.pdf", [f"page {n}"]) for n in range(3)]
    documents.set_provenance(case, ids[:1], Provenance.GIVEN, ann)
    documents.set_provenance(case, ids[1:2], Provenance.GIVEN, bob)
    assert [sources.protected(case, each) for each in ids] == [True, False, False]
    sources.delete(case, [ann])
    documents.delete(case, ids[:1])
    assert sources.protected_documents(case) == {ids[0]}


# Follow-ups, requests, tags ---------------------------------------------------------------------


def test_follow_ups(case: Case, document_id: str) -> None:
    change = there_and_back(case, lambda: followups.add_line(
        case, "call HERON fri", date(2026, 11, 22), linked_kind="document",
        linked_id=document_id, linked_page=1,
    ))  # fmt: skip
    [call] = change.ids("followup")
    todo = followups.get(case, call)
    assert (todo.text, todo.due, todo.linked_page) == ("call HERON", "2026-11-27", 1)
    [later] = followups.add(case, "read on").ids("followup")
    assert [f.id for f in followups.listing(case)] == [call, later]
    there_and_back(case, lambda: followups.edit(case, call, due=None))
    there_and_back(case, lambda: followups.edit(case, call, text="call", due="2026-12-01"))
    there_and_back(case, lambda: followups.set_done(case, [call], True))
    assert followups.listing(case)[-1].id == call
    there_and_back(case, lambda: followups.set_done(case, [call, later], False))
    there_and_back(case, lambda: followups.delete(case, [call, later]))
    assert followups.listing(case) == []


def test_follow_ups_that_cannot_be(case: Case) -> None:
    with refused("followup.empty"):
        followups.add(case, "  ")
    with refused("date.invalid"):
        followups.add(case, "x", due="friday")
    with refused("link.invalid"):
        followups.add(case, "x", linked_kind="document")
    with refused("link.invalid"):
        followups.add(case, "x", linked_kind="page", linked_id="1")
    for kind in ("document", "annotation", "quote", "source", "request"):
        with refused(f"{kind}.not_found"):
            followups.add(case, "x", linked_kind=kind, linked_id="0" * 16)
    [todo] = followups.add(case, "x").ids("followup")
    with refused("followup.empty"):
        followups.edit(case, todo, text=" ")


def test_requests(case: Case) -> None:
    change = there_and_back(case, lambda: requests.add(
        case, agency=" EPA R9 ", law="us-foia", subject="waivers", tracking_number="#2291",
        sent_on="2026-10-01",
    ))  # fmt: skip
    [asked] = change.ids("request")
    assert requests.label(requests.get(case, asked)) == "EPA R9 #2291"
    there_and_back(case, lambda: requests.edit(case, asked, tracking_number=""))
    assert requests.label(requests.get(case, asked)) == "EPA R9"
    with refused("request.agency_needed"):
        requests.edit(case, asked, agency="")
    with refused("request.agency_needed"):
        requests.add(case, agency="")
    assert [r.id for r in requests.listing(case)] == [asked]
    there_and_back(case, lambda: requests.delete(case, [asked]))
    assert requests.listing(case) == []


def test_tags(case: Case, document_id: str) -> None:
    there_and_back(case, lambda: tags.add(case, " key  paper ", "document", [document_id]))
    assert tags.names(case) == ["key paper"]
    assert tags.of(case, "document") == {document_id: ("key paper",)}
    assert documents.listing(case)[0].tags == ("key paper",)
    there_and_back(case, lambda: tags.remove(case, "KEY PAPER", "document", [document_id]))
    assert tags.names(case) == []
    with refused("tag.empty"):
        tags.add(case, " ", "document", [document_id])
    with pytest.raises(ValueError, match="page"):
        tags.add(case, "x", "page", ["1"])


# Trash and undo ---------------------------------------------------------------------------------


def test_things_come_back_from_the_trash(case: Case, document_id: str) -> None:
    [mark] = annotating.find_and_mark(case, document_id, 1, "secret").ids("annotation")
    [said] = quoting.add_from_conversation(case, "words").ids("quote")
    annotating.delete(case, [mark])
    quoting.delete(case, [said])
    documents.delete(case, [document_id])
    assert [(i.kind, i.id) for i in trash.listing(case)] == [
        ("document", document_id), ("quote", said), ("annotation", mark)
    ]  # fmt: skip
    items = [("document", document_id), ("quote", said), ("annotation", mark)]
    there_and_back(case, lambda: trash.restore(case, items))
    assert trash.listing(case) == []
    with refused("quote.not_found"):
        trash.restore(case, [("quote", "0" * 16)])


def test_undo_leaves_alone_what_others_changed(case: Case, document_id: str) -> None:
    [mark] = annotating.find_and_mark(case, document_id, 1, "secret").ids("annotation")
    colour = annotating.edit(case, mark, colour="blue")
    annotating.edit(case, mark, comment="later")
    undo(case, colour)
    assert annotating.get(case, mark).colour == "yellow"
    assert annotating.get(case, mark).comment == "later"


def test_labels_are_short_and_safe(case: Case, document_id: str) -> None:
    [mark] = annotating.mark_box(case, document_id, 2, Box(0, 400, 10, 410)).ids("annotation")
    [todo] = followups.add(case, "word " * 40).ids("followup")
    [asked] = requests.add(case, agency="EPA").ids("request")
    [said] = quoting.add_from_conversation(case, "two\nlines").ids("quote")
    found = labels(case, [
        ("document", document_id), ("annotation", mark), ("followup", todo), ("request", asked),
        ("quote", said), ("quote", "0" * 16), ("nothing", "x"),
    ])  # fmt: skip
    assert found["document", document_id] == "Audit.pdf"
    assert found["annotation", mark] == "Audit.pdf p. 2"
    assert len(found["followup", todo]) <= 80
    assert found["followup", todo].endswith("…")
    assert (found["request", asked], found["quote", said]) == ("EPA", "two lines")
    assert len(found) == 5
