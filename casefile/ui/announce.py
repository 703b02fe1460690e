"""Tells a screen reader what happened. Everything that is announced goes through ``announce``."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class _Announcer(QObject):
    """``said`` lets tests (and only they need it) hear what was announced."""

    said = Signal(str)


announcer = _Announcer()


def announce(text: str, source: QObject | None = None, *, urgent: bool = False) -> None:
    """Have ``text`` spoken; ``urgent`` interrupts what is being read (errors)."""
    # Imported here: they are the slowest part of starting, and nothing is announced before the
    # window shows.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
    from PySide6.QtWidgets import QApplication

    announcer.said.emit(text)
    source = source or QApplication.activeWindow()
    if source is None or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(source, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
