"""What a screen reader is told as it happens; everything goes through one helper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.services.import_values import ImportChoices
from casefile.ui.announce import announcer
from casefile.ui.search.everywhere import SearchScreen
from tests.ui.access.screens import WORD, Visitor


@pytest.fixture
def said(plain: Visitor) -> Iterator[list[str]]:
    heard: list[str] = []
    announcer.said.connect(heard.append)
    yield heard
    announcer.said.disconnect(heard.append)


def test_hits_are_counted_aloud(plain: Visitor, said: list[str]) -> None:
    reader = plain.read()
    plain.press("Ctrl+F")
    plain.type(WORD)
    plain.until(lambda: reader.finder.complete, "everything looked through")
    plain.until(lambda: any(f"{reader.finder.count}" in words for words in said), "the count told")
    plain.place("today")
    plain.press("Ctrl+Shift+F", "Ctrl+A")
    plain.type("waiver of")
    screen = plain.screen(SearchScreen)
    plain.until(lambda: screen.hits.query == "waiver of", "hits everywhere")
    plain.until(lambda: any("hit" in words or "No" in words for words in said), "their count told")


def test_saving_is_told(plain: Visitor, said: list[str]) -> None:
    reader = plain.read()
    reader.view.setFocus()
    plain.press("F")
    plain.type("call the agency fri")
    plain.press("Return")
    plain.until(lambda: "Follow-up added" in said, "the follow-up told")
    plain.idle()
    plain.press("Ctrl+Z")
    plain.idle()


def test_the_end_of_an_import_is_told(plain: Visitor, said: list[str], tmp_path: Path) -> None:
    plain.place("today")
    paper = tmp_path / "second memo.txt"
    paper.write_text("Nobody wrote it down.\n", "utf-8")
    jobs = plain.window.jobs
    assert jobs is not None
    job = jobs.start_import([paper], ImportChoices())
    plain.until(lambda: not jobs.running, "the import at its end")
    plain.until(lambda: any(words in said for words in (job.ending, job.summary)), "its end told")
    plain.idle()


def test_errors_are_told_whole(plain: Visitor, said: list[str]) -> None:
    plain.place("today")
    plain.desk.show_error(UserError("case.exists", folder="Harbor"))
    (words,) = [words for words in said if "Harbor" in words]
    assert "already holds something" in words
    assert "empty folder" in words
    plain.desk.error.clear()
