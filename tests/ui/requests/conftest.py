"""Cases with requests, for the screen of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.requests import EventKind
from casefile.security.kdf import CHEAP
from casefile.services import request_events, requests
from casefile.services.case import Case, create_case
from casefile.ui import theme
from casefile.ui.requests.screen import RequestsScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, show

TODAY = date.today()  # noqa: DTZ011 - the reporter's own day
Ask = Callable[..., str]


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with create_case(tmp_path / "case", "correct horse battery", "Harbor Cooling", CHEAP) as made:
        yield made


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, case: Case) -> Iterator[CaseSession]:
    theme.current()
    made = CaseSession(case)
    yield made
    made.tasks.shut()
    made.tasks.drain()
    made.deleteLater()


@pytest.fixture
def said(session: CaseSession) -> Said:
    return Said(session)


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
