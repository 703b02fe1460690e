"""Work leaves the main thread and its answers come back to it, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from casefile.domain.changes import Change, RowChange
from casefile.domain.errors import Cancelled, UserError
from casefile.domain.progress import JobContext
from casefile.ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.shut()
    made.drain()


def test_the_answer_comes_to_the_main_thread(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[tuple[object, bool]] = []
    main = threading.current_thread()
    tasks.run(
        threading.current_thread,
        lambda thread: told.append((thread, threading.current_thread() is main)),
    )
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][0] is not main
    assert told[0][1]


def refuse() -> None:
    raise UserError("case.not_found")


def test_a_refusal_goes_to_whoever_asked_else_to_all(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[str] = []
    tasks.run(refuse, None, lambda error: told.append(error.code))
    qtbot.waitUntil(lambda: told == ["case.not_found"])
    with qtbot.waitSignal(tasks.failed) as heard:
        tasks.run(refuse)
    assert heard.args[0].code == "case.not_found"


def test_a_bug_goes_to_the_bug_reporter(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: caught.append(kind))
    tasks.run(lambda: 1 // 0)
    qtbot.waitUntil(lambda: caught == [ZeroDivisionError])


def test_nobody_is_called_who_is_gone_or_lost_interest(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[object] = []
    go = threading.Event()
    owner = QObject()
    gone = tasks.run(lambda: go.wait(10), told.append, owner=owner)
    cancelled = tasks.run(lambda: go.wait(10), told.append)
    cancelled.cancel()
    delete(owner)
    go.set()
    assert gone.finished.wait(10)
    assert cancelled.finished.wait(10)
    with qtbot.waitCallback() as last:
        tasks.run(lambda: None, last)
    assert told == []


def test_a_new_search_drops_the_one_before(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[str] = []
    woken = threading.Event()
    go = threading.Event()
    first = tasks.run(lambda: (go.wait(10), "old")[1], told.append, lane="search")
    first.context.on_cancel(woken.set)
    tasks.run(lambda: "new", told.append, lane="search")
    assert woken.is_set()
    go.set()
    qtbot.waitUntil(lambda: told == ["new"])


def test_edits_run_in_order_and_are_told_even_when_the_view_is_gone(
    qtbot: QtBot, tasks: Tasks
) -> None:
    heard: list[str] = []
    tasks.edited.connect(lambda change: heard.append(change.what))
    row = (RowChange("quote", "1", None, {}),)
    for number in range(20):
        tasks.edit(partial(Change, str(number), row))
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert heard == [str(number) for number in range(20)]


def test_a_cancelled_job_still_tells_what_it_had_done(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[str] = []
    started = threading.Event()

    def work(context: JobContext) -> str:
        started.set()
        stop = threading.Event()
        context.on_cancel(stop.set)
        stop.wait(10)
        try:
            context.check()
        except Cancelled:
            return "half"
        return "all"

    job = tasks.job(work, told.append)
    assert started.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: told == ["half"])


def test_shutting_keeps_edits_that_were_written_and_drops_the_rest(qtbot: QtBot) -> None:
    tasks = Tasks()
    done: list[str] = []
    go = threading.Event()
    row = (RowChange("quote", "1", None, {}),)
    tasks.run(lambda: go.wait(10), lane="edit")
    tasks.edit(lambda: (done.append("edit"), Change("x", row))[1])
    for _ in range(4):
        tasks.run(lambda: (go.wait(10), done.append("read")), lambda _done: done.append("told"))
    tasks.shut()
    assert tasks.run(lambda: done.append("late")).cancelled
    assert tasks.job(lambda _context: done.append("late")).cancelled
    go.set()
    tasks.drain()
    qtbot.wait(10)
    assert "edit" in done
    assert "told" not in done
    assert "late" not in done
