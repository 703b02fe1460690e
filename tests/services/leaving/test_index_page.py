"""The index works from a disk, runs nothing, loads nothing, and escapes every word."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from casefile.domain.annotations import COLOURS, AnnotationKind, Extent
from casefile.services.leaving.contents import BundleContents
from casefile.services.leaving.index_page import index_page, long_date
from tests.services.leaving.samples import contents, document, mark, quote

EVIL = '</title><script>alert(1)</script><img src="http://x.test/"> " onclick="x" \u202e\x07'

VOID = {"meta", "br", "img", "link", "input"}


class Page(HTMLParser):
    """Collects tags and attributes, and checks that tags nest."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page.decode())
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def evil() -> BundleContents:
    withheld = replace(
        mark(EVIL, EVIL), kind=AnnotationKind.WITHHOLDING, extent=Extent.RANGE, codes=(EVIL,),
        missing_first=EVIL, missing_last=EVIL,
    )  # fmt: skip
    redacted = replace(mark("", ""), kind=AnnotationKind.REDACTION)
    marks = (mark(EVIL, EVIL), withheld, redacted)
    marked = replace(document(EVIL, marks), tags={marks[0].id: (EVIL,)})
    return contents(marked, quotes=(quote(EVIL, EVIL), quote(EVIL, EVIL, 2, marked)))


def test_hostile_words_stay_words(evil: BundleContents) -> None:
    page = Page(index_page(evil))
    assert not {"script", "img", "iframe", "link", "object", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert "\u202e" not in page.text
    assert "\\x202e" in page.text


def test_nothing_is_loaded_from_anywhere(evil: BundleContents) -> None:
    page = Page(index_page(evil))
    assert not [value for name, value in page.attributes if name == "src"]
    for name, value in page.attributes:
        if name == "href":
            assert re.match(r"(#|data/)", value or ""), value
    style = re.search(r"<style>(.*?)</style>", index_page(evil).decode(), re.DOTALL)
    assert style
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_the_policy_allows_this_style_sheet_and_nothing_else(evil: BundleContents) -> None:
    text = index_page(evil).decode()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert f"'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]


def test_it_says_what_it_holds_and_that_no_leak_check_was_run() -> None:
    marked = document(marks=(mark("In under two seconds", "key sentence"),))
    page = Page(index_page(contents(marked, quotes=(quote(page=2, of=marked),))))
    for words in (
        "The leak check was not run",
        "an editor",
        "22 November 2026",
        "In under two seconds",
        "key sentence",
        "BER-000002 (2 of 3)",
        "HERON",
        "on background",
        "verified",
    ):
        assert words in page.text
    assert ("href", "data/documents/001%20Letter.pdf#page=2") in page.attributes


def test_an_empty_bundle_reads_well() -> None:
    page = Page(index_page(contents()))
    assert "No documents" in page.text
    assert "No quotes" in page.text


def test_every_highlight_colour_has_its_swatch() -> None:
    text = index_page(contents()).decode()
    for name, value in COLOURS.items():
        assert f".mark.{name}{{--ink:{value}}}" in text


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2026-11-22", "22 November 2026"), ("2026-02-03T10:00:00Z", "3 February 2026"), ("x", "x")],
)
def test_dates_are_written_out(iso: str, words: str) -> None:
    assert long_date(iso) == words
