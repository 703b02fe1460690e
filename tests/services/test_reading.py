"""Documents listed and read, everything searched, Today."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from casefile.domain.documents import PageState
from casefile.domain.geometry import Box
from casefile.domain.people import Terms
from casefile.domain.quotes import QuoteState
from casefile.services import (
    annotating,
    documents,
    followups,
    quoting,
    reading,
    requests,
    searching,
    settings,
    sources,
    tags,
)
from casefile.services import today as days
from casefile.services.case import Case, Passphrase, open_case
from casefile.services.importing import ImportChoices, import_paths
from casefile.services.sessions import MOST_OPEN
from tests.services.conftest import PASSPHRASE, BringIn, LentWorkers
from tests.services.material import mail_bytes, many_pages, pdf_bytes, refused

# Lists ------------------------------------------------------------------------------------------


def test_a_list_shows_what_the_case_has_made_of_a_document(case: Case, bring_in: BringIn) -> None:
    [ann] = sources.add(case, name="Ann", confidential=True, code_name="HERON").ids("source")
    [asked] = requests.add(case, agency="EPA", tracking_number="7").ids("request")
    choices = ImportChoices(source_id=ann, request_id=asked)
    first = bring_in("a.pdf", ["some words", "more words"], choices)
    bring_in("b.pdf", ["others"])
    annotating.find_and_mark(case, first, 1, "words")
    quoting.add_from_find(case, first, 2, "more")
    tags.add(case, "key", "document", [first])
    documents.set_pages_read(case, first, [2, 2])
    row, other = documents.listing(case)
    assert (row.marks, row.quotes, row.pages_read, row.tags) == (1, 1, 1, ("key",))
    assert (row.source_label, row.request_label, row.same_as) == ("HERON", "EPA #7", "")
    assert (other.marks, other.quotes, other.pages_read, other.tags) == (0, 0, 0, ())


def test_the_same_bytes_attached_twice_are_told(case: Case, tmp_path: Path) -> None:
    memo = pdf_bytes(["a memo"])
    for n in range(2):
        path = tmp_path / f"m{n}.eml"
        path.write_bytes(mail_bytes(f"Mail {n}", attachments=[(f"memo{n}.pdf", memo)]))
    import_paths(case, [tmp_path / "m0.eml", tmp_path / "m1.eml"], ImportChoices())
    same = {row.document.title: row.same_as for row in documents.listing(case)}
    assert sorted(same) == ["Mail 0", "Mail 1", "memo0.pdf", "memo1.pdf"]
    assert sorted((same["memo0.pdf"], same["memo1.pdf"]))[0] == ""
    assert sorted((same["memo0.pdf"], same["memo1.pdf"]))[1] in ("memo0.pdf", "memo1.pdf")


def test_attachments_go_and_come_with_their_mail(case: Case, tmp_path: Path) -> None:
    inner = mail_bytes("Inner", attachments=[("deep.txt", b"words")])
    path = tmp_path / "m.eml"
    path.write_bytes(mail_bytes("Outer", attachments=[("inner.eml", inner), ("a.txt", b"w")]))
    import_paths(case, [path], ImportChoices())
    ids = {row.document.title: row.document.id for row in documents.listing(case)}
    documents.delete(case, [ids["a.txt"]])
    documents.delete(case, [ids["Outer"]])
    assert documents.listing(case) == []
    from casefile.services import trash

    trash.restore(case, [("document", ids["Outer"])])
    titles = {row.document.title for row in documents.listing(case)}
    assert titles == {"Outer", "Inner", "deep.txt"}, "what was deleted before stays deleted"


def test_a_document_is_renamed_and_found(case: Case, bring_in: BringIn) -> None:
    document_id = bring_in("a.pdf", ["words"])
    documents.rename(case, document_id, "  The  memo ")
    document = documents.get(case, document_id)
    assert (document.title, document.file_name) == ("The memo", "a.pdf")
    assert documents.find(case, document.sha256).id == document_id
    assert documents.find(case, document_id).id == document_id
    assert searching.search_case(case, "memo", kinds=["document"]).total == 1
    with refused("document.title_needed"):
        documents.rename(case, document_id, " ")
    for wanted in ("0" * 16, "0" * 64):
        with refused("document.not_found"):
            documents.find(case, wanted)


def test_pages_are_marked_read(case: Case, bring_in: BringIn) -> None:
    document_id = bring_in("a.pdf", ["one", "two", "three"])
    documents.set_pages_read(case, document_id, [2])
    change = documents.set_read(case, [document_id], True)
    assert change.kinds == {"page_read"}
    assert documents.listing(case)[0].pages_read == 3
    documents.set_read(case, [document_id], False)
    assert documents.listing(case)[0].pages_read == 0
    documents.set_pages_read(case, document_id, [])
    with refused("document.not_found"):
        documents.set_read(case, ["0" * 16], True)


def test_texts_come_page_by_page(case: Case, bring_in: BringIn) -> None:
    document_id = bring_in("a.pdf", [f"page {n}" for n in range(1, 121)])
    texts = [p.text for p in documents.page_texts(case, document_id)]
    assert texts == [f"page {n}" for n in range(1, 121)]
    assert [p.number for p in documents.page_texts(case, document_id, 119, 120)] == [119, 120]
    for first, last in ((0, 2), (119, 121)):
        with refused("page.not_found"):
            list(documents.page_texts(case, document_id, first, last))


# Reading ----------------------------------------------------------------------------------------


def test_pages_text_and_pictures(case: Case, bring_in: BringIn) -> None:
    document_id = bring_in("a.pdf", ["Some words", ""])
    shapes = reading.pages(case, document_id)
    assert [(s.number, s.label, s.state) for s in shapes] == [
        (1, "1", PageState.TEXT), (2, "2", PageState.BLANK)
    ]  # fmt: skip
    assert (shapes[0].width, shapes[0].height) == (595, 842)
    assert reading.text(case, document_id, 1).text == "Some words"
    assert reading.outline(case, document_id) == ()
    assert reading.file_marks(case, document_id, 1) == []
    picture = reading.render(case, document_id, 1, 0.5, Box(0, 0, 100, 50))
    assert (picture.width, picture.height) == (50, 25)
    with refused("document.not_found"):
        reading.pages(case, "0" * 16)
    with refused("document.not_found"):
        reading.text(case, "0" * 16, 1)


def test_the_place_is_remembered(case: Case, bring_in: BringIn) -> None:
    document_id = bring_in("a.pdf", ["words"])
    assert reading.place(case, document_id) is None
    reading.remember_place(case, document_id, {"page": 1, "zoom": 1.25})
    assert reading.place(case, document_id) == {"page": 1, "zoom": 1.25}


def test_sessions_are_shared_and_bounded(case: Case, bring_in: BringIn) -> None:
    ids = [bring_in(f"{n}.pdf", [f"page of {n}"]) for n in range(MOST_OPEN + 1)]
    first = case.session(ids[0])
    assert case.session(ids[0]) is first
    got = []
    threads = [threading.Thread(target=lambda: got.append(case.session(ids[1]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, got))) == 1
    for document_id in ids[1:]:
        case.session(document_id)
    assert case.session(ids[0]) is not first, "the one longest unused was closed"
    case.forget_session(ids[0])
    case.forget_session(ids[0])
    assert case.session(ids[0]).text(1).text == "page of 0"


def test_a_password_given_once_is_remembered_while_the_case_is_open(
    case: Case, corpus: Path, workers: LentWorkers
) -> None:
    locked = corpus / "robust/synthetic/enc_aes256_user.pdf"
    report = import_paths(case, [locked], ImportChoices(passwords=("user",)))
    document_id = report.imported[0].document.id
    case.store.write(
        lambda tx: tx.update("document", document_id, {"password": None})
    )  # as if it had come in before passwords were kept
    with refused("document.needs_password"):
        case.session(document_id)
    with refused("document.wrong_password"):
        case.session(document_id, "nope")
    assert case.session(document_id, "user").facts().pages == 1
    case.forget_session(document_id)
    assert case.session(document_id).facts().pages == 1


# Searching and Today ----------------------------------------------------------------------------


def test_everything_is_searched(case: Case, bring_in: BringIn) -> None:
    document_id = bring_in("a.pdf", ["the waiver of the rules"])
    [ann] = sources.add(
        case, name="Waiver Smith", confidential=True, code_name="HERON", notes="waiver"
    ).ids("source")
    quoting.add_from_conversation(case, "that waiver was wrong", source_id=ann)
    followups.add(case, "ask about the waiver")
    annotating.find_and_mark(case, document_id, 1, "waiver", comment="here")
    result = searching.search_case(case, "waiver")
    assert {hit.kind for hit in result.hits} == {"page", "quote", "followup", "annotation"}
    assert result.total_is_exact
    assert "Smith" not in "".join(hit.title + hit.snippet for hit in result.hits)
    assert searching.search_case(case, "smith").total == 0
    assert [h.kind for h in searching.search_case(case, "heron").hits] == ["source"]
    only = searching.search_case(case, "waiver", kinds=["quote"])
    assert [hit.source_id for hit in only.hits] == [ann]
    with refused("search.kind"):
        searching.search_case(case, "x", kinds=["pages"])


def test_a_search_can_be_interrupted(case: Case, bring_in: BringIn) -> None:
    bring_in("a.pdf", many_pages(5))
    searcher = searching.Searcher(case)
    searcher.interrupt()  # nothing runs: nothing happens
    assert searcher.search("release", limit=3).total == 5
    searcher.close()


def test_today(case: Case, bring_in: BringIn) -> None:
    begun, fresh, done = (bring_in(f"{n}.pdf", [f"{n}", f"{n}b"]) for n in "abc")
    documents.set_pages_read(case, begun, [1])
    documents.set_read(case, [done], True)
    day = date(2026, 11, 22)
    for text, due in (("late", "2026-11-21"), ("now", "2026-11-22"), ("far", "2027-01-01")):
        followups.add(case, text, due=due)
    followups.add(case, "some time")
    [ticked] = followups.add(case, "ticked", due="2026-11-01").ids("followup")
    followups.set_done(case, [ticked], True)
    [checked] = quoting.add_from_conversation(case, "x", terms=Terms.ON_RECORD).ids("quote")
    quoting.set_state(case, [checked], QuoteState.CHECKING)
    [unchecked] = quoting.add_from_conversation(case, "y").ids("quote")
    shown = days.today(case, day)
    assert [f.text for f in shown.overdue] == ["late"]
    assert [f.text for f in shown.due_soon] == ["now"]
    assert [f.text for f in shown.undated] == ["some time"]
    assert [q.id for q in shown.unverified] == [unchecked]
    assert [r.document.id for r in shown.unread] == [begun, fresh]
    assert [r.document.id for r in shown.recent] == [done, fresh, begun]
    counts = days.counts(case)
    assert (counts.documents, counts.pages, counts.quotes, counts.followups) == (3, 6, 2, 5)
    assert (counts.sources, counts.requests, counts.annotations) == (0, 0, 0)


def test_a_reader_of_a_case_keeps_nothing(case: Case, bring_in: BringIn) -> None:
    document_id = bring_in("a.pdf", ["words"])
    with open_case(case.path, Passphrase(PASSPHRASE), writing=False) as beside:
        documents.set_pages_read(beside, document_id, [1])
        reading.remember_place(beside, document_id, {"page": 1})
        settings.keep_drafts(beside, {"x": "y"})
        assert documents.listing(beside)[0].pages_read == 0
        assert reading.place(beside, document_id) is None
        with refused("case.read_only"):
            documents.rename(beside, document_id, "x")
