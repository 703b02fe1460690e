"""What goes into the tables comes out the same; what the schema forbids stays out."""

from __future__ import annotations

import pytest

from casefile.domain.annotations import AnnotationKind, Extent
from casefile.domain.documents import PageState
from casefile.domain.errors import UserError
from casefile.domain.people import Terms
from casefile.domain.quotes import QuoteState
from casefile.store import (
    annotations,
    documents,
    followups,
    ocr,
    quotes,
    requests,
    settings,
    sources,
    tags,
    trash,
)  # fmt: skip
from casefile.store.database import IntegrityError
from casefile.store.store import Store
from tests.store.making import (
    LATER,
    THEN,
    annotation,
    document,
    followup,
    imported,
    page,
    quote,
    request,
    source,
)  # fmt: skip


def test_people_and_words_come_back_as_they_were(store: Store) -> None:
    reader = store.reader()
    heron = source(
        name="Jane Roe", code_name="HERON", confidential=True, aliases=("JR", "Ж"),
        terms=Terms.DEEP_BACKGROUND, attribution="an official", contacts="+1", notes="x",
    )  # fmt: skip
    asked = request(tracking_numbers=("CH-1", "CH-2"), waiver_asked=True)
    memo = imported(store, ["one"], source_id=None)
    store.write(lambda tx: sources.insert(tx, heron))
    store.write(lambda tx: requests.insert(tx, asked))
    mark = annotation(memo.id, kind=AnnotationKind.WITHHOLDING, codes=("(b)(6)", "s.40"))
    store.write(lambda tx: annotations.insert(tx, mark))
    said = quote(
        source_id=heron.id, document_id=memo.id, page=1, annotation_id=mark.id,
        quads=mark.quads, embargo_until=LATER, terms=Terms.BACKGROUND, state=QuoteState.DISPUTED,
    )  # fmt: skip
    todo = followup(due="2026-11-16", linked_kind="quote", linked_id=said.id, linked_page=1)
    store.write(lambda tx: quotes.insert(tx, said))
    store.write(lambda tx: followups.insert(tx, todo))
    assert sources.listing(reader) == [heron] == [sources.get(reader, heron.id)]
    assert sources.labels(reader) == {heron.id: "HERON"}
    assert requests.listing(reader) == [asked] == [requests.get(reader, asked.id)]
    assert annotations.listing(reader, memo.id, page=1) == [mark]
    assert annotations.get(reader, mark.id) == mark
    assert annotations.counts(reader) == {memo.id: 1}
    assert quotes.listing(reader) == [said] == [quotes.get(reader, said.id)]
    assert quotes.counts_by_document(reader) == {memo.id: 1}
    assert quotes.counts_by_source(reader) == {heron.id: 1}
    assert followups.listing(reader) == [todo] == [followups.get(reader, todo.id)]
    for module, row in (
        (sources, heron), (requests, asked), (annotations, mark), (quotes, said), (followups, todo),
    ):  # fmt: skip
        assert store.edit("same", lambda tx, m=module, r=row: m.update(tx, r)).rows == ()


@pytest.mark.parametrize("module", [annotations, documents, followups, quotes, requests, sources])
def test_what_is_not_there_is_told(store: Store, module: object) -> None:
    with pytest.raises(UserError) as refused:
        module.get(store.reader(), "0" * 16)
    assert refused.value.code.endswith(".not_found")


def test_a_code_name_is_one_sources_alone(store: Store) -> None:
    first = source(code_name="HERON", confidential=True)
    second = source(code_name="Crane", confidential=True)
    store.write(lambda tx: sources.insert(tx, first))
    store.write(lambda tx: sources.insert(tx, second))
    for work in (
        lambda tx: sources.insert(tx, source(code_name=" heron ", confidential=True)),
        lambda tx: sources.update(tx, source(id=second.id, code_name="Heron", confidential=True)),
    ):
        with pytest.raises(UserError) as refused:
            store.write(work)
        assert refused.value.code == "source.code_name_taken"
    assert sources.by_code_name(store.reader(), "HERON ") == first


def test_open_follow_ups_come_first_by_date(store: Store) -> None:
    for text, due, done in (
        ("none", None, None), ("late", "2026-12-01", None), ("soon", "2026-11-01", None),
        ("done", "2026-10-01", THEN),
    ):  # fmt: skip
        new = followup(text=text, due=due, done_at=done)
        store.write(lambda tx, f=new: followups.insert(tx, f))
    assert [f.text for f in followups.listing(store.reader())] == ["soon", "late", "none", "done"]


def test_a_check_of_a_quote_is_noted(store: Store) -> None:
    said = quote()
    store.write(lambda tx: quotes.insert(tx, said))
    store.write(lambda tx: quotes.note_check(tx, said.id, "page", "2026-11-03"))
    assert quotes.checks(store.reader()) == {said.id: ("page", "2026-11-03")}
    store.write(lambda tx: quotes.update(tx, said))
    assert quotes.checks(store.reader()) == {said.id: ("page", "2026-11-03")}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("source", {"name": "x", "confidential": 1}),
        ("source", {"name": "x", "confidential": 1, "code_name": "  "}),
        ("source", {"name": "x", "terms": "whenever"}),
        ("quote", {"text": "x", "page": 3}),
        ("quote", {"text": "x", "source_id": "0" * 16}),
        ("quote", {"text": "x", "quads": "{}"}),
        ("followup", {"text": "x", "linked_kind": "quote"}),
        ("followup", {"text": "x", "linked_kind": "moon", "linked_id": "0" * 16}),
        ("annotation", {"document_id": "0" * 16, "page": 1, "kind": "highlight", "colour": "red",
                        "sort_key": ""}),
        ("followup", {"text": b"not text"}),
    ],
)  # fmt: skip
def test_the_schema_refuses_what_cannot_be(
    store: Store, table: str, row: dict[str, object]
) -> None:
    whole = {"id": "f" * 16, "created_at": THEN, "modified_at": THEN, **row}
    with pytest.raises(IntegrityError):
        store.write(lambda tx: tx.insert(table, whole))


def test_a_document_shows_only_once_it_is_complete(store: Store) -> None:
    reader = store.reader()
    new = document(sha256="a" * 64)
    store.write(
        lambda tx: documents.begin_import(tx, new, engine="E", password="p", facts={"a": 1})
    )
    pages = [
        page(new.id, 1, "first"), page(new.id, 2, "", PageState.AWAITING_OCR),
        page(new.id, 3, "", PageState.BLANK),
    ]  # fmt: skip
    store.write(lambda tx: documents.insert_pages(tx, new.id, pages))
    assert documents.listing(reader) == []
    assert documents.by_hash(reader, "a" * 64) is None
    assert ocr.waiting(reader) == []
    assert documents.incomplete(reader) == [new.id]
    with pytest.raises(UserError):
        documents.get(reader, new.id)
    done = store.write(lambda tx: documents.finish_import(tx, new.id, title="T", facts={"b": 2}))
    assert (done.pages, done.pages_with_text, done.pages_awaiting_ocr, done.title) == (3, 1, 1, "T")
    assert documents.listing(reader) == [done]
    assert documents.by_hash(reader, "a" * 64) == done
    assert documents.find(reader, "A" * 64) == done == documents.find(reader, new.id)
    waiting = ocr.waiting(reader, [new.id])
    assert [(each.document_id, each.page) for each in waiting] == [(new.id, 2)]
    assert documents.facts(reader, new.id) == {"b": 2}
    assert (documents.engine(reader, new.id), documents.password(reader, new.id)) == ("E", "p")
    assert documents.pages(reader, new.id) == pages
    assert [p.text for p in documents.pages(reader, new.id, first=1, last=1)] == ["first"]
    assert [p.text for p in documents.pages(reader, new.id, text=False)] == ["", "", ""]
    assert documents.page(reader, new.id, 1) == pages[0]
    for number in (0, 4, -1, 1 << 20):
        with pytest.raises(UserError) as refused:
            documents.page(reader, new.id, number)
        assert refused.value.code == "page.not_found"
    with pytest.raises(ValueError, match="only erased"):
        store.write(lambda tx: documents.discard_slice(tx, new.id))
    with pytest.raises(UserError):
        documents.find(reader, "b" * 64)


def test_ocr_brings_a_page_its_text(store: Store) -> None:
    made = imported(store, ["one", "two"])
    store.write(
        lambda tx: documents.set_page_text(
            tx, made.id, 2, "", ocr=False, state=PageState.AWAITING_OCR
        )
    )
    assert documents.get(store.reader(), made.id).pages_awaiting_ocr == 1
    store.write(
        lambda tx: documents.set_page_text(tx, made.id, 2, "seen", ocr=True, state=PageState.TEXT)
    )
    read = documents.page(store.reader(), made.id, 2)
    assert (read.text, read.ocr) == ("seen", True)
    assert documents.get(store.reader(), made.id).pages_with_text == 2
    with pytest.raises(UserError):
        store.write(
            lambda tx: documents.set_page_text(tx, made.id, 9, "", ocr=True, state=PageState.TEXT)
        )


def test_attachments_belong_to_their_mail(store: Store) -> None:
    mail = imported(store, ["mail"])
    attached = imported(store, ["sheet"], parent_id=mail.id, sha256="c" * 64)
    assert documents.children(store.reader(), mail.id) == [attached]
    alone = imported(store, ["sheet"], sha256="c" * 64)
    assert documents.by_hash(store.reader(), "c" * 64) == alone


def test_pages_read_are_remembered_and_undone(store: Store) -> None:
    made = imported(store, ["a", "b", "c"])
    first = store.edit("read", lambda tx: documents.mark_read(tx, made.id, [1, 2, 2], THEN))
    assert documents.read_counts(store.reader()) == {made.id: 2}
    store.edit("read", lambda tx: documents.mark_read(tx, made.id, [2, 3], THEN))
    store.edit("unread", lambda tx: documents.mark_read(tx, made.id, [3, 9], None))
    assert documents.read_pages(store.reader(), made.id) == {1, 2}
    store.apply(first.reversed())
    assert documents.read_pages(store.reader(), made.id) == set()


def test_tags(store: Store) -> None:
    reader = store.reader()
    one, two = imported(store, ["a"]), imported(store, ["b"])
    change = store.edit("tag", lambda tx: tags.add(tx, " Key ", "document", [one.id, two.id]))
    store.edit("tag", lambda tx: tags.add(tx, "key", "document", [one.id]))
    store.edit("tag", lambda tx: tags.add(tx, "Also", "document", [one.id]))
    assert [(t.name, t.count) for t in tags.listing(reader)] == [("Also", 1), ("Key", 2)]
    assert tags.of(reader, "document") == {one.id: ("Also", "Key"), two.id: ("Key",)}
    store.edit("untag", lambda tx: tags.remove(tx, "also", "document", [one.id, two.id]))
    store.edit("untag", lambda tx: tags.remove(tx, "never", "document", [one.id]))
    assert [t.name for t in tags.listing(reader)] == ["Key"]
    store.apply(change.reversed())
    assert tags.listing(reader) == []


def test_trash_and_back(store: Store) -> None:
    reader = store.reader()
    hidden = source(name="Real Name", code_name="HERON", confidential=True)
    todo = followup()
    store.write(lambda tx: sources.insert(tx, hidden))
    store.write(lambda tx: followups.insert(tx, todo))
    store.edit("delete", lambda tx: trash.delete(tx, "source", [hidden.id], THEN))
    change = store.edit("delete", lambda tx: trash.delete(tx, "followup", [todo.id], LATER))
    store.edit("delete", lambda tx: trash.delete(tx, "followup", [todo.id], THEN))
    assert [(t.kind, t.name, t.deleted_at) for t in trash.listing(reader)] == [
        ("followup", "call HERON", LATER), ("source", "HERON", THEN),
    ]  # fmt: skip
    assert sources.listing(reader) == []
    assert [s.id for s in sources.listing(reader, deleted=True)] == [hidden.id]
    store.apply(change.reversed())
    store.edit("restore", lambda tx: trash.restore(tx, "source", [hidden.id]))
    store.edit("restore", lambda tx: trash.restore(tx, "source", [hidden.id]))
    assert trash.listing(reader) == []
    with pytest.raises(UserError) as refused:
        store.edit("delete", lambda tx: trash.delete(tx, "quote", ["0" * 16], THEN))
    assert refused.value.code == "quote.not_found"
    with pytest.raises(ValueError, match="custody"):
        store.edit("delete", lambda tx: trash.delete(tx, "custody", ["1"], THEN))


def test_marks_on_a_trashed_document_are_not_listed(store: Store) -> None:
    made = imported(store, ["a"])
    store.write(lambda tx: annotations.insert(tx, annotation(made.id)))
    store.write(lambda tx: trash.delete(tx, "document", [made.id], THEN))
    assert annotations.listing(store.reader()) == []


def test_case_settings(store: Store) -> None:
    reader = store.reader()
    assert settings.read(reader, "name", "none") == "none"
    change = store.edit("name", lambda tx: settings.put(tx, "name", "Fälle"))
    store.edit("name", lambda tx: settings.put(tx, "place.a", {"page": 3}))
    store.edit("name", lambda tx: settings.put(tx, "place.a", {"page": 4}))
    assert settings.read(reader, "name") == "Fälle"
    assert settings.read_all(reader, "place.") == {"place.a": {"page": 4}}
    store.write(lambda tx: settings.forget(tx, "place.a"))
    store.write(lambda tx: settings.forget(tx, "place.a"))
    store.apply(change.reversed())
    assert settings.read_all(reader) == {}


def test_marks_of_every_kind_come_back_as_they_were(store: Store) -> None:
    made = imported(store, ["a"])
    ink = annotation(
        made.id, kind=AnnotationKind.INK, strokes=(((1.0, 2.0), (3.5, 4.25)), ((5.0, 6.0),))
    )
    gap = annotation(
        made.id, kind=AnnotationKind.WITHHOLDING, extent=Extent.RANGE, missing_count=12,
        missing_first="ICE-000131", missing_last="ICE-000142", codes=("(b)(5)",),
        vocabulary="us-federal-foia", quads=(),
    )  # fmt: skip
    adopted = annotation(made.id, kind=AnnotationKind.REGION, adopted_key="0123abcd")
    for mark in (ink, gap, adopted):
        store.edit("mark", lambda tx, mark=mark: annotations.insert(tx, mark))
        assert annotations.get(store.reader(), mark.id) == mark
    edited = quote(edited="nobody […] it down", is_region=True)
    store.edit("quote", lambda tx: quotes.insert(tx, edited))
    assert quotes.get(store.reader(), edited.id) == edited


def test_only_a_withholding_has_an_extent(store: Store) -> None:
    made = imported(store, ["a"])
    with pytest.raises(IntegrityError):
        store.edit(
            "mark", lambda tx: annotations.insert(tx, annotation(made.id, extent=Extent.PAGE))
        )
