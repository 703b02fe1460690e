"""The desktop is told that a deadline is due today, in these words and no others, once a day."""

from __future__ import annotations

import queue
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from casefile.domain.requests import EventKind
from casefile.services import request_events, requests
from casefile.services.case import Case
from casefile.ui.main_window import MainWindow
from casefile.ui.notifying import TEXT, tell_desktop
from casefile.ui.preferences import PreferenceFile, Preferences
from casefile.ui.settings.screen import SettingsScreen
from tests.secret_service import SecretService, private_bus

TODAY = date.today()  # noqa: DTZ011 - the reporter's own calendar
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's"),
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon"),
]


@dataclass
class Desktop:
    """Shows notifications on a bus of its own, and notes what came."""

    bus: SecretService
    came: queue.Queue[tuple[str, tuple[object, ...]]] = field(default_factory=queue.Queue)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    with private_bus() as made:
        address = made.environment["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield made


@pytest.fixture
def desktop(bus: SecretService) -> Iterator[Desktop]:
    from jeepney import DBusAddress, new_method_call, new_method_return
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    made = Desktop(bus)
    address = bus.environment["DBUS_SESSION_BUS_ADDRESS"]
    with closing(open_dbus_connection(address)) as connection:
        connection.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))

        def serve() -> None:
            while True:
                message = connection.receive()
                member = message.header.fields.get(3, "")
                if member == "Stop":
                    return
                made.came.put((str(message.header.fields.get(8, "")), tuple(message.body)))
                connection.send(new_method_return(message, "u", (1,)))

        thread = threading.Thread(target=serve)
        thread.start()
        yield made
        place = DBusAddress("/", bus_name="org.freedesktop.Notifications", interface="a.b")
        with closing(open_dbus_connection(address)) as other:
            other.send(new_method_call(place, "Stop"))
            thread.join(10)


def due_today(case: Case) -> None:
    change = requests.add(case, agency="EPA R9", law="us-federal", tracking_number="2291")
    request_events.log(
        case, change.ids("request")[0], EventKind.FEE_ESTIMATE, dated=TODAY.isoformat(),
        limit_on=TODAY.isoformat(),
    )  # fmt: skip


def test_exactly_these_words_arrive_and_nothing_else(desktop: Desktop) -> None:
    assert tell_desktop()
    signature, parts = desktop.came.get(timeout=10)
    assert signature == "susssasa{sv}i"
    assert parts == ("", 0, "", TEXT, "", [], {"transient": ("b", True)}, -1)
    assert desktop.came.empty()


def test_where_nobody_shows_notifications_it_says_so(bus: SecretService) -> None:
    assert not tell_desktop()


def test_it_is_off_until_the_reporter_wants_it_and_then_comes_once(
    qtbot: QtBot, open_window: MainWindow, desktop: Desktop
) -> None:
    session = open_window.session
    assert session is not None
    assert open_window.desk is not None
    case = session.case
    session.tasks.edit(lambda: requests.add(case, agency="ICE", law="us-federal"))
    due_today(case)
    session.days.looked.emit()
    qtbot.wait(300)
    assert desktop.came.empty()
    settings = open_window.desk.screen_of("settings")
    assert isinstance(settings, SettingsScreen)
    settings.notices.due.setChecked(True)
    qtbot.waitUntil(lambda: not desktop.came.empty(), timeout=10_000)
    assert TEXT in desktop.came.get()[1]
    for _again in range(3):
        session.days.looked.emit()
    qtbot.wait(300)
    assert desktop.came.empty()


def test_nothing_due_says_nothing(qtbot: QtBot, open_window: MainWindow, desktop: Desktop) -> None:
    assert open_window.session is not None
    open_window.session.preferences.notify_due = True
    open_window.session.days.looked.emit()
    qtbot.wait(300)
    assert desktop.came.empty()


def test_the_choice_is_kept(tmp_path: Path) -> None:
    kept = PreferenceFile(tmp_path / "preferences.json")
    assert not kept.read().notify_due
    kept.write(Preferences(notify_due=True))
    assert kept.read().notify_due
