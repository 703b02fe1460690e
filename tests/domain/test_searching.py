"""What was typed, as FTS5 is asked for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.searching import findable, parse_query, unspaced


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("cooling waiver", '"cooling" AND "waiver"'),
        ('"cooling waiver"', '"cooling waiver"'),
        ("“cooling waiver”", '"cooling waiver"'),
        ('"never closed', '"never closed"'),
        ("wai*", '"wai" *'),
        ('"cooling wai"*', '"cooling wai" *'),
        ('"cooling wai*"', '"cooling wai"'),
        ("cooling -waiver", '("cooling") NOT ("waiver")'),
        ('cooling -"a b" -c', '("cooling") NOT ("a b" OR "c")'),
        ("-waiver", None),
        ("", None),
        ("- * ** \" ' ( ) ^ : + § …", None),
        ("well-known", '"well known"'),
        ("a@b.example", '"a b example"'),
        ("don't", '"don t"'),
        ("AND OR NOT NEAR(a b)", '"AND" AND "OR" AND "NOT" AND "NEAR a" AND "b"'),
        ("text:x ^y {z}", '"text x" AND "y" AND "z"'),
        ("ICE-2018-000123", '"ICE 2018 000123"'),
        ("(b)(7)(C)", '"b 7 C"'),
        ("顔認証", '"顔 認 証"'),
        ("FBI調査", '"FBI 調 査"'),
        ("ﬁne", '"fine"'),
        ("co\u00adoperate", '"cooperate"'),
        ("a\0b", '"a" AND "b"'),
        ("\ud800x", '"x"'),
        ('foo"bar baz"', '"foo" AND "bar baz"'),
    ],
)
def test_queries(typed: str, match: str | None) -> None:
    assert parse_query(typed).match == match


def test_a_long_phrase_becomes_overlapping_pieces() -> None:
    words = [f"w{n}" for n in range(20)]
    match = parse_query('"' + " ".join(words) + '"*').match
    assert match is not None
    pieces = match.strip("()").split(" AND ")
    assert pieces[0] == '"w0 w1 w2 w3 w4 w5 w6"'
    assert pieces[-1] == '"w13 w14 w15 w16 w17 w18 w19" *'
    covered = {word for piece in pieces for word in piece.strip('" *').split()}
    assert covered == set(words)


def test_a_query_is_bounded() -> None:
    match = parse_query("word " * 10_000).match
    assert match is not None
    assert match.count("AND") < 50
    assert len(parse_query('"' + "w " * 10_000).match or "") < 50_000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain words - and a dash\nhere", ""),
        ("“quotes” and … an ellipsis", ""),
        ("naïve café", ""),
        ("nai\u0308ve", ""),
        ("the contrac-\ntor came", "the contractor came"),
        ("the contrac\u2010 \r\n  tor came", "the contractor came"),
        ("a co\u00adoperation", "a cooperation"),
        ("pages 12-\n13", ""),
        ("ﬁne print", "fine print"),
        ("顔認証 at ICE", "顔 認 証 at ICE"),
        ("ＩＣＥ wide", "ICE wide"),
    ],
)
def test_what_is_indexed_a_second_time(text: str, found: str) -> None:
    assert findable(text) == found


def test_joined_words_keep_their_neighbours_and_no_more() -> None:
    text = (
        " ".join(f"a{n}" for n in range(20))
        + " con-\ntractor "
        + " ".join(f"b{n}" for n in range(20))
    )
    kept = findable(text).split()
    assert kept == [*(f"a{n}" for n in range(14, 20)), "contractor", *(f"b{n}" for n in range(6))]


def test_stretches_apart_do_not_meet() -> None:
    filler = " ".join(f"x{n}" for n in range(30))
    kept = findable(f"con-\ntractor {filler} of-\nfice")
    assert "\ue0fe" in kept
    assert unspaced(kept).count("…") == 1


def test_a_snippet_of_spaced_characters_is_closed_up() -> None:
    assert unspaced("at \x02顔 認\x03 証 ICE") == "at \x02顔認\x03証 ICE"


@given(st.text())
def test_no_text_is_a_wrong_query(text: str) -> None:
    match = parse_query(text).match
    assert match is None or match.count('"') % 2 == 0


@given(st.text())
def test_findable_never_fails(text: str) -> None:
    assert "\n" not in findable(text)
