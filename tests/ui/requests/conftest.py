"""Cases with requests, for the screen of requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from casefile.domain.requests import EventKind
from casefile.services import request_events, requests
from casefile.services.case import Case
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import case, said, session, show

__all__ = ["case", "said", "session"]  # the fixtures are used here too

TODAY = date.today()  # noqa: DTZ011 - the reporter's own day
Ask = Callable[..., str]


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


@pytest.fixture
def ask(case: Case) -> Ask:
    """Makes a request, received so many days ago, and gives its id."""

    def do(agency: str, received: int | None = None, **details: object) -> str:
        details.setdefault("law", "us-federal")
        request_id = requests.add(case, agency=agency, **details).ids("request")[0]  # type: ignore[arg-type]
        if received is not None:
            log(case, request_id, EventKind.SENT, sent=ago(received), received=ago(received))
        return request_id

    return do


def log(case: Case, request_id: str, kind: EventKind, **details: object) -> str:
    return request_events.log(case, request_id, kind, **details).ids("request_event")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says so for every window that has a smallest size."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def screen(qtbot: QtBot, session: CaseSession) -> RequestsScreen:
    """The screen with what the case holds."""
    made = RequestsScreen(session)
    show(qtbot, made, 1200, 800)
    qtbot.waitUntil(lambda: made.body.count() > 0 and not made._stale)
    return made
