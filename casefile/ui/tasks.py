"""Keeps the main thread free: service calls run on worker threads, answers come back to it.

Lanes: ``read`` (a few threads), ``edit`` (one thread, in order), ``search`` (one thread; a new
search cancels the one before). Jobs get a thread each. Callbacks always run on the main thread, and
are dropped when they were cancelled, when their owner is gone, or when the case was locked.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from casefile.domain.changes import Change
from casefile.domain.errors import Cancelled, UserError
from casefile.domain.progress import JobContext

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Lane = Literal["read", "edit", "search"]
Done = Callable[[T], object] | None
Failed = Callable[[UserError], object] | None
_WIDTH: dict[Lane, int] = {"read": 3, "edit": 1, "search": 1}


class TaskHandle(Generic[T]):
    """One task under way. ``cancel()`` drops its callbacks, keeps it from starting if it has not,
    and wakes what it waits for through ``context``."""

    def __init__(
        self, on_done: Done[T], on_error: Failed, owner: QObject | None, lane: Lane | None
    ) -> None:
        self.lane = lane
        self.context = JobContext()
        self.finished = threading.Event()
        self._on_done = on_done
        self._on_error = on_error
        self._owners = [o for o in (owner, _bound(on_done), _bound(on_error)) if o is not None]
        self._future: Future[None] | None = None

    @property
    def cancelled(self) -> bool:
        return self.context.cancelled

    def cancel(self) -> None:
        self.context.cancel()
        if self._future is not None and self._future.cancel():
            self.finished.set()

    @property
    def wanted(self) -> bool:
        """Whether anybody is still there to hear the answer."""
        return not self.cancelled and all(isValid(owner) for owner in self._owners)


class Tasks(QObject):
    """The threads of one open case (or of the start page). ``edited`` tells of every edit that
    succeeded, ``failed`` of every ``UserError`` that no caller took."""

    edited = Signal(object)
    failed = Signal(object)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[Lane, ThreadPoolExecutor] = {}
        self._running: set[TaskHandle[Any]] = set()
        self._jobs: list[threading.Thread] = []
        self._searching: TaskHandle[Any] | None = None
        self._shut = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        fn: Callable[[], T],
        on_done: Done[T] = None,
        on_error: Failed = None,
        *,
        owner: QObject | None = None,
        lane: Lane = "read",
    ) -> TaskHandle[T]:
        """Run ``fn`` on a worker thread; then ``on_done(result)``, or ``on_error(UserError)``.

        Without ``on_error`` a ``UserError`` goes to ``failed``. Any other exception is a bug and
        goes to ``sys.excepthook`` on the main thread.
        """
        handle: TaskHandle[T] = TaskHandle(on_done, on_error, owner, lane)
        if self._shut:
            handle.cancel()
            handle.finished.set()
            return handle
        if lane == "search":
            if self._searching is not None:
                self._searching.cancel()
            self._searching = handle
        self._running.add(handle)
        handle._future = self._pool(lane).submit(self._work, handle, fn)
        handle._future.add_done_callback(lambda _future: self._running.discard(handle))
        return handle

    def edit(
        self,
        fn: Callable[[], Change],
        on_done: Done[Change] = None,
        on_error: Failed = None,
        *,
        owner: QObject | None = None,
    ) -> TaskHandle[Change]:
        """Run an edit, in order with other edits. When it succeeded it is told by ``edited``
        (even if the view that asked is gone), then by ``on_done``."""
        return self.run(_Edit(fn, self), on_done, on_error, owner=owner, lane="edit")

    def job(
        self,
        fn: Callable[[JobContext], T],
        on_done: Done[T] = None,
        on_error: Failed = None,
        *,
        owner: QObject | None = None,
    ) -> TaskHandle[T]:
        """Run long work on a thread of its own; ``fn`` gets the context that ``cancel()`` stops.
        A job's callbacks come even after it was cancelled, when it returned what it had done."""
        handle: TaskHandle[T] = TaskHandle(on_done, on_error, owner, None)
        if self._shut:
            handle.cancel()
            handle.finished.set()
            return handle
        self._running.add(handle)

        def work() -> None:
            self._work(handle, lambda: fn(handle.context), always=True)
            self._running.discard(handle)

        thread = threading.Thread(target=work, name="casefile-job")
        self._jobs = [job for job in self._jobs if job.is_alive()]
        self._jobs.append(thread)
        thread.start()
        return handle

    def shut(self) -> None:
        """Take no more work, cancel what waits (but not edits: what was written is kept), drop
        every callback to come. Returns at once; ``drain`` waits for what still runs."""
        self._shut = True
        for handle in list(self._running):
            if handle.lane != "edit":
                handle.cancel()
        for lane, pool in self._pools.items():
            pool.shutdown(wait=False, cancel_futures=lane != "edit")

    def drain(self) -> None:
        """Wait until everything handed in has ended. Never call this on the main thread while a
        case is busy, unless the window is gone."""
        for pool in list(self._pools.values()):
            pool.shutdown(wait=True)
        for thread in list(self._jobs):
            thread.join()

    def _pool(self, lane: Lane) -> ThreadPoolExecutor:
        if lane not in self._pools:
            from concurrent.futures import ThreadPoolExecutor

            self._pools[lane] = ThreadPoolExecutor(_WIDTH[lane], f"casefile-{lane}")
        return self._pools[lane]

    def _work(self, handle: TaskHandle[T], fn: Callable[[], T], *, always: bool = False) -> None:
        """On the worker thread."""
        answer: Callable[[], None] | None = None
        try:
            if handle.cancelled and not always:
                return
            result = fn()
        except Cancelled:
            pass
        except UserError as error:
            answer = _Answer(self, handle, error=error)
        except Exception as error:  # noqa: BLE001 - a bug; told on the main thread
            answer = _Answer(self, handle, bug=error)
        else:
            answer = _Answer(self, handle, result=result, always=always)
        finally:
            handle.finished.set()
            if answer is not None:
                with suppress(RuntimeError):  # the window, and with it this object, is gone
                    self._answered.emit(answer)

    def _deliver(self, answer: Callable[[], None]) -> None:
        answer()


class _Edit:
    """An edit's result is worth telling even when nobody waits for it any more."""

    def __init__(self, fn: Callable[[], Change], tasks: Tasks) -> None:
        self._fn, self._tasks = fn, tasks

    def __call__(self) -> Change:
        change = self._fn()
        with suppress(RuntimeError):
            self._tasks._answered.emit(lambda: self._tell(change))
        return change

    def _tell(self, change: Change) -> None:
        if not self._tasks._shut and change.rows:
            self._tasks.edited.emit(change)


class _Answer:
    """What a task has to say, called on the main thread."""

    def __init__(
        self,
        tasks: Tasks,
        handle: TaskHandle[Any],
        *,
        result: object = None,
        error: UserError | None = None,
        bug: BaseException | None = None,
        always: bool = False,
    ) -> None:
        self._tasks, self._handle = tasks, handle
        self._result, self._error, self._bug, self._always = result, error, bug, always

    def __call__(self) -> None:
        handle, tasks = self._handle, self._tasks
        if self._bug is not None:
            sys.excepthook(type(self._bug), self._bug, self._bug.__traceback__)
            return
        wanted = handle.wanted or (self._always and all(isValid(o) for o in handle._owners))
        if tasks._shut or not wanted:
            return
        if self._error is None:
            if handle._on_done is not None:
                handle._on_done(self._result)
        elif handle._on_error is not None:
            handle._on_error(self._error)
        else:
            tasks.failed.emit(self._error)


def _bound(callback: object) -> QObject | None:
    """The QObject whose method ``callback`` is, if any: when it is gone, so is the interest."""
    owner = getattr(callback, "__self__", None)
    return owner if isinstance(owner, QObject) else None
