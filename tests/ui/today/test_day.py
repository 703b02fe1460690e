"""The day turns, the clock is set back: Today counts from the right one and says so."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from casefile.security.kdf import CHEAP
from casefile.services import day_watch, followups
from casefile.services.case import create_case
from casefile.ui.main_window import MainWindow
from casefile.ui.models import words
from casefile.ui.today.screen import TodayScreen
from tests.ui.conftest import PASSPHRASE

TODAY = date.today()  # noqa: DTZ011 - the reporter's own calendar
LATER = TODAY + timedelta(days=6)


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    """A case that was last open six days from now."""
    folder = tmp_path / "Case 2026-11"
    with create_case(folder, PASSPHRASE, "Harbor Cooling", CHEAP) as case:
        day_watch.look(case, LATER, datetime.now(UTC) + timedelta(days=6))
        followups.add(case, "call HERON", due=TODAY + timedelta(days=3))
    return folder


def screen_of(window: MainWindow) -> TodayScreen:
    assert window.desk is not None
    screen = window.desk.screen_of("today")
    assert isinstance(screen, TodayScreen)
    return screen


def test_a_clock_set_back_is_told_and_dates_count_from_the_later_day(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    screen = screen_of(open_window)
    qtbot.waitUntil(lambda: bool(screen.notice.text))
    assert screen.notice.text.startswith("This computer's clock was set back: today is ")
    assert words.day(LATER.isoformat()) in screen.notice.text
    assert words.today() == LATER
    qtbot.waitUntil(
        lambda: [e.text for e in screen.agenda.entries.entries][:2] == ["Overdue", "call HERON"]
    )
    screen.notice.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: not screen.notice.text)
    assert words.today() == TODAY
    qtbot.waitUntil(lambda: screen.agenda.entries.entries[0].text == "Next")


def test_locking_forgets_it(qtbot: QtBot, open_window: MainWindow) -> None:
    qtbot.waitUntil(lambda: words.today() == LATER)
    with qtbot.waitSignal(open_window.case_closed):
        open_window.lock()
    assert words.today() == TODAY


@pytest.fixture
def zone() -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    os.environ.pop("TZ", None) if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("name", ["Pacific/Kiritimati", "Pacific/Niue", "Europe/Berlin"])
def test_a_date_reads_the_same_in_every_time_zone(qapp: object, name: str) -> None:
    os.environ["TZ"] = name
    time.tzset()
    assert words.day("2026-11-16", date(2026, 11, 1)) == "Mon 16 Nov"
    assert words.as_date("2026-10-25") == date(2026, 10, 25)
    assert words.due_words("2026-11-02", date(2026, 10, 30)).startswith("in 3 days")
    assert words.computers_day() == QDate.currentDate().toPython()
