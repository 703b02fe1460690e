"""Answers of a worker that was taken over: nothing out of bounds is believed."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.pdf import answers
from casefile.pdf.values import WorkerFailed

FACTS = {
    "pages": 2, "needs_password": False, "title": "t",
    "is_pdf": True, "format": "pdf",
}  # fmt: skip
PAGE = {"page": 1, "label": "i", "width": 1.0, "height": 2.0, "rotation": 90, "marked": True}
QUAD = struct.pack("8f", *range(8))


def test_good_answers_are_believed() -> None:
    assert answers.opened({"facts": FACTS}).pages == 2
    assert answers.outline({"outline": [[1, "a", 2, 3.5]]}, 2)[0].y == 3.5
    assert answers.page_facts(PAGE, 1).has_file_annotations
    text = answers.page_text({"words": 2, "blocks": [0]}, bytearray(b"ab" + QUAD + QUAD))
    assert text.text == "ab"
    assert answers.page_text({"words": 0, "blocks": []}, bytearray()).lines == ()
    size = {"width": 1, "height": 2, "stride": 3}
    assert answers.pixels(size, bytearray(6), grey=False).height == 2


READ = {
    "words": 5, "blocks": [0, 1], "turned": 90, "skew": -1.5, "engine": "1 tesseract 5"
}  # fmt: skip
#: Two lines, "a b" and "c": their places, the edges of their characters, three confidences.
READ_BODY = b"a b\nc" + QUAD * 2 + struct.pack("6H", 0, 10, 20, 30, 0, 10_000) + bytes([1, 2, 100])


def test_recognised_words_are_believed() -> None:
    page = answers.recognised(READ, bytearray(READ_BODY))
    assert page.text == "a b\nc"
    assert [line.confidences for line in page.lines] == [(1, 2), (100,)]
    assert page.lines[1].edges == (0, 10_000)
    assert page.confidence == 34.3
    nothing = {**READ, "words": 0, "blocks": []}
    assert answers.recognised(nothing, bytearray()).confidence is None


@pytest.mark.parametrize(
    ("change", "body"),
    [
        ({"words": 4}, READ_BODY), ({"words": 10**6}, READ_BODY), ({"blocks": [0]}, READ_BODY),
        ({"blocks": [0, -1]}, READ_BODY), ({"turned": 45}, READ_BODY), ({"skew": 90}, READ_BODY),
        ({"skew": float("nan")}, READ_BODY), ({"engine": "x" * 101}, READ_BODY),
        ({}, READ_BODY[:-1]), ({}, READ_BODY + b"0"), ({}, READ_BODY[:-1] + bytes([101])),
        ({}, b"a\x02b" + READ_BODY[3:]), ({}, b"   " + READ_BODY[3:]),
        ({}, READ_BODY.replace(struct.pack("H", 10_000), struct.pack("H", 10_001))),
        ({}, READ_BODY.replace(QUAD, struct.pack("8f", *[float("inf")] * 8))),
    ],
)  # fmt: skip
def test_recognised_words(change: dict[str, Any], body: bytes) -> None:
    with pytest.raises(WorkerFailed):
        answers.recognised({**READ, **change}, bytearray(body))


@pytest.mark.parametrize(
    "change",
    [
        {"pages": -1}, {"pages": 10**9}, {"pages": "2"}, {"pages": True}, {"title": 1},
        {"title": "x" * 501}, {"format": None},
    ],
)  # fmt: skip
def test_facts(change: dict[str, Any]) -> None:
    with pytest.raises(WorkerFailed):
        answers.opened({"facts": {**FACTS, **change}})


@pytest.mark.parametrize(
    "said",
    [
        None,
        {},
        [[1, "a", 1]],
        [[0, "a", 1, None]],
        [[1, "a", 3, None]],
        [[1, "a", 1, None]] * 5_001,
        [[1, "a", 1, "1"]],
        [[1, "a", 1, float("nan")]],
    ],
)
def test_outlines(said: object) -> None:
    with pytest.raises((WorkerFailed, ValueError)):
        answers.outline({"outline": said}, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"page": 2}, {"label": None}, {"label": "x" * 65}, {"width": -1}, {"width": float("nan")},
        {"height": float("inf")}, {"height": 1e9}, {"rotation": 360}, {"rotation": "90"},
    ],
)  # fmt: skip
def test_pages(change: dict[str, Any]) -> None:
    with pytest.raises(WorkerFailed):
        answers.page_facts({**PAGE, **change}, 1)


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ({"words": 3, "blocks": [0]}, b"ab"),
        ({"words": 1, "blocks": [0, 0]}, b"a" + QUAD),
        ({"words": 2, "blocks": [0]}, b"ab" + QUAD),
        ({"words": 1, "blocks": [0]}, b"\xff" + QUAD),
        ({"words": 1, "blocks": [-1]}, b"a" + QUAD),
        ({"words": 1, "blocks": [0]}, b"a" + QUAD[:-1]),
        ({"words": 1, "blocks": [0]}, b"a" + struct.pack("8f", *[float("nan")] * 8)),
        ({"words": 1, "blocks": [0]}, b"a" + struct.pack("8f", *[1e30] * 8)),
        ({"words": 1, "blocks": [0]}, b"a" + struct.pack("8f", float("inf"), *[0] * 7)),
    ],
)
def test_texts(header: dict[str, Any], body: bytes) -> None:
    with pytest.raises(WorkerFailed):
        answers.page_text(header, bytearray(body))


@pytest.mark.parametrize(
    "change",
    [{"box": [1, 2, 3]}, {"box": [1, 2, 3, "4"]}, {"box": [1, 2, 3, float("nan")]}, {"page": 3},
     {"page": 0}, {"x": float("inf")}, {"y": "1"}],
)  # fmt: skip
def test_links(change: dict[str, Any]) -> None:
    whole = {"box": [1, 2, 3, 4], "page": 2, "x": 1.0}
    assert answers.page_link(whole, 2).y is None
    with pytest.raises(WorkerFailed):
        answers.page_link({**whole, **change}, 2)
    with pytest.raises(WorkerFailed):
        answers.page_link({"box": [1, 2, 3, 4], "address": "x" * 2_001}, 2)


@pytest.mark.parametrize(
    "header",
    [
        {"error": "nothing.we.know", "values": {}},
        {"error": None, "values": {}},
        {"error": "document.empty"},
        {"error": "document.unsupported", "values": {"format": "x" * 301}},
    ],
)
def test_refusals(header: dict[str, Any]) -> None:
    try:
        assert answers.refusal(header).values["reason"] == "protocol"
    except WorkerFailed as failure:
        assert failure.reason == "protocol"  # noqa: PT017 - either way it must say so


MARK = {
    "kind": "Ink", "quads": [list(range(8))], "strokes": [[[1, 2], [3, 4]]], "colour": "#FF0000",
    "text": "t", "author": "a", "date": "2026-03-02T10:00:00+00:00",
}  # fmt: skip


def test_a_mark_of_the_file() -> None:
    mark = answers.file_mark(MARK, 3)
    assert (mark.page, mark.strokes, mark.date) == (3, (((1.0, 2.0), (3.0, 4.0)),), MARK["date"])
    assert mark.key == answers.file_mark({**MARK, "author": "b", "colour": ""}, 3).key
    others: list[dict[str, Any]] = [
        {"kind": "Line"}, {"text": "u"}, {"quads": [[9, *range(1, 8)]]}, {"strokes": []},
    ]  # fmt: skip
    keys = {answers.file_mark({**MARK, **other}, 3).key for other in others}
    assert len(keys | {mark.key, answers.file_mark(MARK, 4).key}) == 6


@pytest.mark.parametrize(
    "change",
    [
        {"kind": 1}, {"kind": "x" * 41}, {"quads": [[1, 2]] * 1_001}, {"quads": 3},
        {"strokes": None}, {"strokes": [[[1, 2]]] * 1_001}, {"strokes": [[[1, 2, 3]]]},
        {"strokes": [3]}, {"strokes": [[[1, 2]] * 20_001]}, {"colour": "#FF00000"},
        {"text": "x" * 20_001}, {"author": None}, {"date": "yesterday"}, {"date": 3},
    ],
)  # fmt: skip
def test_marks_of_a_file(change: dict[str, Any]) -> None:
    with pytest.raises(WorkerFailed):
        answers.file_mark({**MARK, **change}, 1)


def test_strokes_off_every_page_are_dropped() -> None:
    wild = [[[float("nan"), 1]], [[1e9, 1]], [["1", 2]], [[1, 2]]]
    assert answers.file_mark({**MARK, "strokes": wild}, 1).strokes == (((1.0, 2.0),),)


def test_a_refusal_keeps_only_its_own_values() -> None:
    refused = answers.refusal(
        {"error": "page.absent", "values": {"page": 3, "path": "/home/reporter"}}
    )
    assert refused.values == {"page": 3}


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["facts", "page", "label", "width", "height", "rotation", "words", "blocks", "stride",
     "kind", "quads", "colour", "strokes", "date", "text", "author", "name",
     "media_type", "length", "headers", "box", "x", "y", "address",
     "state", "error", "values", "pages", "outline", "title", "format"]
)  # fmt: skip
READERS: list[Callable[[dict[str, Any], bytearray], object]] = [
    lambda header, _: answers.opened(header),
    lambda header, _: answers.outline(header, 9),
    lambda header, _: answers.page_facts(header, 1),
    lambda header, body: answers.extracted(header, body, 1),
    answers.page_text,
    partial(answers.pixels, grey=True),
    lambda header, _: answers.file_mark(header, 1),
    lambda header, _: answers.page_link(header, 2),
    lambda header, _: answers.mail_part(header),
    lambda header, _: answers.mail_headers(header),
    lambda header, _: answers.refusal(header),
    lambda header, _: answers.protections(header.get("facts")),
]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, JSON, max_size=8), st.binary(max_size=80), st.sampled_from(READERS))
def test_noise_never_breaks_anything(
    header: dict[str, Any],
    body: bytes,
    reader: Callable[[dict[str, Any], bytearray], object],
) -> None:
    try:
        reader(header, bytearray(body))
    except WorkerFailed:
        return
