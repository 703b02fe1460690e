"""Words on pages and in everything the reporter wrote."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casefile.domain.errors import UserError
from casefile.domain.letters import Letter, LetterKind
from casefile.domain.requests import EventKind, RequestEvent
from casefile.store import (
    annotations,
    documents,
    followups,
    letters,
    quotes,
    requests,
    search,
    sources,
    trash,
)
from casefile.store.folder import CaseFolder
from casefile.store.search import HIT_BEGINS, HIT_ENDS, SearchResult
from casefile.store.store import Store
from tests.store.making import (
    CUSTODY_KEY,
    KEY,
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


def found(store: Store, query: str, **how: object) -> SearchResult:
    return search.search(store.reader(), query, **how)


def kinds(store: Store, query: str) -> list[str]:
    return sorted(hit.kind for hit in found(store, query).hits)


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("The vendor pitched face-recognition", ["face-recognition", "face", '"vendor pitched"']),
        ("a well-\nknown fact", ["well-known", "wellknown", '"a wellknown fact"', '"well known"']),
        ("the contrac-\ntor's bid", ["contractor", "contrac*", '"the contractor"']),
        ("Café Ångström", ["cafe", "angstrom", "CAFÉ"]),
        ("cafe\u0301", ["café", "cafe"]),
        ("警察は顔認証を使う", ["顔認証", "認証", "顔", "警察は顔認証を使う"]),
        ("FBIが調査", ["FBI", "調査", "fbi"]),
        ("ﬁnal ofﬁce", ["final", "office"]),
        ("co\u00adoperation", ["cooperation", "coop*"]),
        ("ICE-2018-000123", ["ICE-2018-000123", "000123", "ice-2018*"]),
        ("under (b)(7)(C) withheld", ["(b)(7)(C)", '"(b)(7)(c)"']),
        ("mail to j.roe@agency.example", ["j.roe@agency.example", "agency.example"]),
        ("Straße", ["straße", "Stra*"]),
        ("дело № 7", ["дело", "ДЕЛО"]),
        ("½ page", ["½"]),
        ("NOT AND OR", ["not", "and", "AND OR"]),
        ("x\x02y\x03z\0end", ["end", "x"]),
    ],
)
def test_it_is_found(store: Store, text: str, queries: list[str]) -> None:
    imported(store, [text])
    for query in queries:
        assert found(store, query).total == 1, query


@pytest.mark.parametrize(
    "query", ["pitche", '"pitched vendor"', "vendor -pitched", "-vendor", '""']
)
def test_it_is_not_found(store: Store, query: str) -> None:
    imported(store, ["The vendor pitched it"])
    assert (
        found(store, query) == SearchResult(0, total_is_exact=True) or not found(store, query).hits
    )


def test_a_long_phrase_over_a_line_end(store: Store) -> None:
    words = [f"word{n}" for n in range(40)]
    imported(store, [" ".join(words[:20]) + " contrac-\ntor " + " ".join(words[20:])])
    assert (
        found(store, '"' + " ".join([*words[8:20], "contractor", *words[20:33]]) + '"').total == 1
    )
    assert found(store, '"' + " ".join([*words[8:20], *words[20:33]]) + '"').total == 0


def test_hits_say_where(store: Store) -> None:
    heron = source(name="Jane Roe", code_name="HERON", confidential=True)
    store.write(lambda tx: sources.insert(tx, heron))
    memo = imported(store, ["nothing", "a waiver was approved"], source_id=heron.id)
    (hit,) = found(store, "waiver").hits
    assert (hit.kind, hit.id, hit.document_id, hit.page) == ("page", memo.id, memo.id, 2)
    assert (hit.title, hit.source_id) == ("Memo", heron.id)
    assert hit.snippet == f"a {HIT_BEGINS}waiver{HIT_ENDS} was approved"


def test_everything_the_reporter_wrote(store: Store) -> None:
    memo = imported(store, ["page says zebra"], title="Zebra memo", file_name="zebra.pdf")
    mark = annotation(memo.id, comment="zebra?")
    said = quote(text="the zebra", document_id=memo.id, page=1)
    for module, row in (
        (annotations, mark), (quotes, said), (sources, source(name="Zebra Inc")),
        (followups, followup(text="zebra call", linked_kind="document", linked_id=memo.id)),
        (requests, request(subject="zebra records")),
    ):  # fmt: skip
        store.write(lambda tx, m=module, r=row: m.insert(tx, r))
    [asked] = requests.listing(store.reader())
    kept = Letter("1" * 16, asked.id, LetterKind.REMINDER, "", "zebra again", "", THEN, THEN, None)
    call = RequestEvent(
        id="2" * 16, request_id=asked.id, kind=EventKind.NOTE, dated="2026-01-02", note="zebra",
        created_at=THEN, modified_at=THEN,
    )  # fmt: skip
    store.write(lambda tx: letters.insert(tx, kept))
    store.write(lambda tx: requests.insert(tx, call))
    result = found(store, "zebra")
    assert kinds(store, "zebra") == sorted(search.KINDS)
    assert result.counts == {"page": 1, "item": 8}
    by_kind = {hit.kind: hit for hit in result.hits}
    assert by_kind["annotation"].page == 1
    assert by_kind["quote"].document_id == memo.id
    assert by_kind["followup"].document_id == memo.id
    assert [h.kind for h in found(store, "zebra", kinds=("quote", "source")).hits] != []
    assert {h.kind for h in found(store, "zebra", kinds=("quote",)).hits} == {"quote"}
    assert {h.kind for h in found(store, "zebra", kinds=("page",)).hits} == {"page"}
    assert found(store, "zebra", kinds=()).total == 0
    store.write(lambda tx: trash.delete(tx, "document", [memo.id], THEN))
    assert kinds(store, "zebra") == [
        "followup", "letter", "quote", "request", "request_event", "source",
    ]  # fmt: skip
    store.write(lambda tx: trash.restore(tx, "document", [memo.id]))
    assert found(store, "zebra").total == 9


def test_a_confidential_source_is_found_by_code_name_alone(store: Store) -> None:
    heron = source(
        name="Jane Roe", code_name="HERON", confidential=True, aliases=("JayR",),
        contacts="555-0100", notes="met Jane", attribution="a former official",
    )  # fmt: skip
    store.write(lambda tx: sources.insert(tx, heron))
    assert kinds(store, "heron") == kinds(store, "former official") == ["source"]
    for secret in ("jane", "roe", "jayr", "555-0100", "met"):
        assert found(store, secret).total == 0
    store.write(lambda tx: tx.update("source", heron.id, {"confidential": 0}))
    assert kinds(store, "jane") == kinds(store, "jayr") == ["source"]
    store.write(lambda tx: tx.update("source", heron.id, {"confidential": 1}))
    assert found(store, "jane").total == 0


def test_edits_and_undo_keep_the_index_in_step(store: Store) -> None:
    todo = followup(text="ostrich")
    added = store.edit("add", lambda tx: followups.insert(tx, todo))
    changed = store.edit("edit", lambda tx: tx.update("followup", todo.id, {"text": "emu"}))
    assert (found(store, "ostrich").total, found(store, "emu").total) == (0, 1)
    store.apply(changed.reversed())
    assert (found(store, "ostrich").total, found(store, "emu").total) == (1, 0)
    store.apply(added.reversed())
    assert found(store, "ostrich").total == 0


def test_what_is_half_imported_does_not_show(store: Store) -> None:
    new = document(title="Unfinished")
    store.write(lambda tx: documents.begin_import(tx, new))
    store.write(lambda tx: documents.insert_pages(tx, new.id, [page(new.id, 1, "waiver")]))
    assert found(store, "waiver").total == found(store, "unfinished").total == 0


def test_counting_stops_at_a_thousand_and_few_hits_are_ranked(store: Store) -> None:
    texts = ["common filler words here"] * 1_100
    texts[700] = "rare " * 5
    texts[5] = "rare among many other words that make the page long " + "filler " * 60
    imported(store, texts)
    many = found(store, "common", limit=10)
    assert (many.total, many.total_is_exact, len(many.hits)) == (1_000, False, 10)
    assert [hit.page for hit in many.hits[:3]] == [1, 2, 3]
    every = found(store, "common", count_all=True)
    assert (every.total, every.total_is_exact) == (1_098, True)
    assert [hit.page for hit in found(store, "rare").hits] == [701, 6]


def test_pages_leave_a_quarter_of_the_room(store: Store) -> None:
    imported(store, ["owl"] * 20)
    for number in range(6):
        store.write(lambda tx, n=number: followups.insert(tx, followup(text=f"owl {n}")))
    shown = [hit.kind for hit in found(store, "owl", limit=8).hits]
    assert shown == ["page"] * 6 + ["followup"] * 2
    assert len(found(store, "owl").hits) == 26
    assert found(store, "owl", limit=0).hits == ()


def test_within_one_document(store: Store) -> None:
    imported(store, ["owl"])
    other = imported(store, ["none", "an owl", "owls"])
    reader = store.reader()
    assert [h.page for h in search.in_document(reader, other.id, "owl*")] == [2, 3]
    assert [h.page for h in search.in_document(reader, other.id, "owl*", limit=1)] == [2]
    assert search.in_document(reader, other.id, "-") == []
    assert search.in_document(reader, "0" * 16, "owl") == []


def test_a_closed_store_is_told(store: Store) -> None:
    reader = store.reader()
    store.close()
    with pytest.raises(UserError) as refused:
        search.search(reader, "x")
    assert refused.value.code == "case.closed"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.create(CaseFolder.create(tmp_path_factory.mktemp("s") / "c"), KEY, CUSTODY_KEY)
    imported(store, ["alpha beta", "警察は顔認証を使う alpha", "contrac-\ntor and or not near"])
    store.write(lambda tx: followups.insert(tx, followup(text="alpha call")))
    yield store
    store.close()


_PIECES = st.sampled_from(
    ['"', "*", "-", "(", ")", ":", "^", "+", "{", "}", ",", "\\", "\0", "\n", "'", "%", "\x02",
     "NEAR", "AND", "OR", "NOT", "text", "joined", "alpha", "顔", "\u00ad", "\u0301", "\ud800",
     "\ue0fe", "ﬁ", " ", "\u200b", "🦉", "\U00020000"]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.text(), st.lists(_PIECES, max_size=12).map("".join)))
@example('"' * 5_000)
@example("-" * 5_000)
@example("a " * 5_000)
@example('"a"* ' * 2_000)
@example('"' + "顔" * 4_000)
@example("é" * 4_000)
def test_no_query_is_an_error(full: Store, query: str) -> None:
    result = search.search(full.reader(), query, limit=5)
    assert len(result.hits) <= 5


_WORDS = st.lists(
    st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0x17FF), min_size=1,
            max_size=8),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(_WORDS, st.data())
def test_every_run_of_words_on_a_page_is_found(
    full: Store, words: list[str], draw: st.DataObject
) -> None:
    made = imported(full, [" ".join(words)])
    first = draw.draw(st.integers(0, len(words) - 1))
    last = draw.draw(st.integers(first, len(words) - 1))
    run = words[first : last + 1]
    reader = full.reader()
    for query in (" ".join(run), '"' + " ".join(run) + '"', run[0][:1] + "*"):
        assert search.in_document(reader, made.id, query), query
