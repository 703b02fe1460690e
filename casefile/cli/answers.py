"""What a verb answers: one JSON document, or lines for people; and how far it has come.

Standard output carries the answer and nothing else. Progress goes to standard error, and only when
that is a terminal.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from casefile.domain.progress import JobContext
from casefile.services.wording import printable

DONE, REFUSED, WRONG_USAGE, PARTLY = 0, 1, 2, 3

_BETWEEN_REPORTS = 0.1


@dataclass(frozen=True)
class Answer:
    """``values`` is the JSON document, ``lines`` the same for people."""

    values: dict[str, Any]
    lines: Iterable[str] = ()
    status: int = DONE
    notes: list[str] = field(default_factory=list)

    def show(self, *, as_json: bool) -> int:
        """Print it; returns the exit status."""
        if as_json:
            sys.stdout.write(json.dumps(self.values) + "\n")
        else:
            for line in self.lines:
                sys.stdout.write(line + "\n")
        sys.stdout.flush()
        for note in self.notes:
            say(note)
        return self.status


def told(code: str) -> list[str]:
    """The words of the catalogue for a status other than 0, as a note."""
    from casefile.domain.errors import UserError
    from casefile.services.wording import explain

    return [explain(UserError(code)).sentence()]


def say(words: str) -> None:
    """One line on standard error."""
    sys.stderr.write(words.rstrip("\n") + "\n")
    sys.stderr.flush()


def safe(text: object) -> str:
    """Words of the case for a terminal: no control or direction characters."""
    return printable(str(text))


def safe_text(text: str) -> Iterator[str]:
    """A page's text for a terminal, line by line."""
    for line in text.splitlines():
        yield printable(line.expandtabs(4))


def table(rows: Iterable[Iterable[object]], widest: int = 60) -> Iterator[str]:
    """Rows as aligned columns."""
    cells = [[_cut(safe(cell), widest) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)] if cells else []
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def counted(count: int, one: str, many: str | None = None) -> str:
    """``1 page``, ``1,204 pages``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _cut(text: str, widest: int) -> str:
    return text if len(text) <= widest else text[: widest - 1] + "…"


@contextlib.contextmanager
def job() -> Iterator[JobContext]:
    """A context for long work: shows progress on a terminal, and Ctrl-C cancels it cleanly; a
    second Ctrl-C does not wait."""
    reporter = _Reporter()
    context = JobContext(reporter.report)

    def stop(_number: int, _frame: FrameType | None) -> None:
        if context.cancelled:
            raise KeyboardInterrupt
        context.cancel()

    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, stop) if main else None
    try:
        yield context
    finally:
        if main:
            signal.signal(signal.SIGINT, before)
        reporter.clear()


class _Reporter:
    """One line on a terminal, rewritten at most ten times a second."""

    def __init__(self) -> None:
        self._on = sys.stderr.isatty()
        self._last = 0.0
        self._lock = threading.Lock()

    def report(self, done: int, total: int, what: str) -> None:
        if not self._on:
            return
        with self._lock:
            now = time.monotonic()
            if now - self._last < _BETWEEN_REPORTS and done < total:
                return
            self._last = now
            counts = f"{done:,}/{total:,} " if total else ""
            sys.stderr.write(f"\r\x1b[K{counts}{_cut(safe(what), 60)}")
            sys.stderr.flush()

    def clear(self) -> None:
        if self._on and self._last:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
