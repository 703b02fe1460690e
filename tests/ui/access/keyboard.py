"""What the keyboard reaches, and which keys would contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QWidget,
)

from casefile.ui.focus_ring import _Ring
from tests.ui.access.looking import active, called, spoken
from tests.ui.access.screens import Visitor

#: Controls that Tab does not stop at, with the key that does the same from where the focus is.
BY_KEY = {
    "Close tab": "Ctrl+W",
}
MOST = 200


def walk(hands: Visitor) -> tuple[list[QWidget], str]:
    """Press Tab until the focus has been where it is now once before. Returns where it stopped,
    and what is wrong with the way ("" for nothing)."""
    hands.breathe()
    if QApplication.focusWidget() is None:
        return [], "nothing has the focus"
    step()
    stops: list[QWidget] = []
    while (here := QApplication.focusWidget()) not in stops and len(stops) < MOST:
        if here is None:
            return stops, f"the focus is lost after {called(stops[-1])}"
        stops.append(here)
        for _inside in range(MOST):  # a date has three parts, a page of words has links
            step()
            if QApplication.focusWidget() is not here:
                break
    if here is not stops[0]:
        return stops, f"Tab stays in {called(stops[-1])}"
    return stops, ""


def step() -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)


def ring_of(widget: QWidget) -> _Ring | None:
    """The ring that is drawn in the widget's window, if it is shown."""
    ring = widget.window().findChild(_Ring, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return ring if ring is not None and ring.isVisible() else None


def missed(root: QWidget, stops: list[QWidget]) -> list[str]:
    """Enabled controls that Tab did not come to."""
    found = []
    for widget in active(root):
        inner = isinstance(widget, QToolButton) and isinstance(widget.parentWidget(), QLineEdit)
        if not widget.isEnabled() or inner or spoken(widget) in BY_KEY:
            continue
        if isinstance(widget, QTextEdit | QPlainTextEdit) and not widget.focusPolicy().value:
            continue  # words, shown
        if not any(stop in _same(widget) for stop in stops):
            found.append(called(widget))
    return found


def _same(widget: QWidget) -> list[QWidget]:
    """Widgets that stand for ``widget`` on Tab's way: of an exclusive group one is enough."""
    if isinstance(widget, QAbstractButton) and widget.autoExclusive():
        above = widget.parentWidget()
        return above.findChildren(type(widget)) if above is not None else [widget]
    if isinstance(widget, QAbstractButton) and (group := widget.group()) is not None:
        return list(group.buttons()) if group.exclusive() else [widget]
    return [widget]


def keys_for(focus: QWidget) -> Iterator[tuple[str, str]]:
    """The keys that work while ``focus`` has the focus, with what each does."""
    contexts = Qt.ShortcutContext
    line = []
    above: QWidget | None = focus
    while above is not None:
        line.append(above)
        above = None if above.isWindow() else above.parentWidget()
    window = focus.window()
    for owner in (window, *window.findChildren(QWidget)):
        if not owner.isVisible() or owner.window() is not window:
            continue
        own: list[QAction | QShortcut] = [*owner.actions()]
        own += owner.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for each in own:
            context = each.context() if isinstance(each, QShortcut) else each.shortcutContext()
            works = (
                context in (contexts.WindowShortcut, contexts.ApplicationShortcut)
                or (context is contexts.WidgetShortcut and owner is focus)
                or (context is contexts.WidgetWithChildrenShortcut and owner in line)
            )
            if not works or not each.isEnabled():
                continue
            sequences = each.keys() if isinstance(each, QShortcut) else each.shortcuts()
            name = each.text() if isinstance(each, QAction) else each.objectName() or "shortcut"
            for sequence in sequences:
                if not sequence.isEmpty():
                    yield sequence.toString(), f"{name} ({id(each)})"


def ambiguous(focus: QWidget) -> list[str]:
    """Keys that would start two things, and so start neither."""
    doing: dict[str, set[str]] = {}
    for key, name in keys_for(focus):
        doing.setdefault(key, set()).add(name)
    return [f"{key}: {sorted(names)}" for key, names in doing.items() if len(names) > 1]


def counted(words: list[str]) -> Counter[str]:
    return Counter(words)
