"""Today and the calendar in the real window, with requests made on days around this one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casefile.ui.main_window import MainWindow
from casefile.ui.session import CaseSession

TODAY = date.today()  # noqa: DTZ011 - the reporter's own calendar


def iso(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture
def session(open_window: MainWindow) -> CaseSession:
    assert open_window.session is not None
    return open_window.session
