"""The focus is seen wherever it is, and stays where work goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser, QWidget

from casefile.domain.annotations import AnnotationKind
from casefile.services import annotating
from casefile.ui.lists.documents import DocumentsScreen
from casefile.ui.lists.followups import FollowUpsScreen
from tests.ui.access import colours, keyboard, looking
from tests.ui.access.conftest import Setting, none
from tests.ui.access.screens import SCREENS, Visitor

#: Between them they have every kind of widget.
SOME = (
    "unlock", "today", "several documents", "verify", "new source", "search", "settings",
    "import sheet", "handbook", "hits", "mark form", "withholding form", "text view", "palette",
    "print sheet",
)  # fmt: skip
#: Of a line of 2 px around a widget so much must change by 3:1 (corners are shared).
PART = 0.8
ROOM = 5


@pytest.mark.parametrize("look", ["light", "dark"])
def test_focus_is_seen_on_every_kind_of_widget(hands: Visitor, look: str) -> None:
    Setting(look, 100).apply(hands)
    seen: set[str] = set()
    faint = []
    for screen in SCREENS:
        if screen.name not in SOME:
            continue
        screen.go(hands)
        for widget in looking.active(hands.root):
            kind = type(widget).__name__
            if kind not in seen and widget.isEnabled() and widget.focusPolicy().value:
                seen.add(kind)
                faint += _faint_focus(hands, widget)
    assert len(seen) > 20
    none(faint)


def _faint_focus(hands: Visitor, widget: QWidget) -> list[str]:
    root = hands.root
    widget.setFocus()
    hands.breathe()
    if QApplication.focusWidget() is not widget:
        return []  # it hands the focus on to something that is looked at by itself
    ring = keyboard.ring_of(widget)
    if ring is None:
        return [f"{looking.called(widget)}: no ring"]
    place = ring.geometry().adjusted(-ROOM, -ROOM, ROOM, ROOM) & root.rect()
    after = colours.pixels(root.grab(place).toImage())
    widget.clearFocus()
    hands.breathe()
    before = colours.pixels(root.grab(place).toImage())
    widget.setFocus()
    changed = sum(
        colours.contrast(old, new) >= colours.SHAPE
        for old_row, new_row in zip(before, after, strict=True)
        for old, new in zip(old_row, new_row, strict=True)
        if old != new
    )
    shown = ring.geometry()
    wanted = PART * 4 * (shown.width() + shown.height() - 4)
    return [] if changed >= wanted else [f"{looking.called(widget)}: {changed} of {wanted:.0f} px"]


def in_sight(hands: Visitor) -> str:
    """What is wrong with where the focus is; "" for nothing."""
    focus = QApplication.focusWidget()
    if focus is None:
        return "nothing has the focus"
    root = focus.window()
    if root is not hands.root:
        return f"{looking.called(focus)} is in another window"
    middle = QRect(focus.mapTo(root, QPoint(0, 0)), focus.size()).center()
    over = root.childAt(middle)
    step = over
    while step is not None and step is not focus:
        step = step.parentWidget()
    covered = over is not None and step is None and not over.isAncestorOf(focus)
    return f"{looking.called(focus)} lies under {looking.called(over)}" if covered else ""


def test_focus_comes_back_from_dialogs(plain: Visitor) -> None:
    plain.place("documents")
    for key in ("F1", "Shift+F1", "Ctrl+K"):
        before = QApplication.focusWidget()
        plain.press(key)
        plain.until(lambda: QApplication.activeModalWidget() is not None, "a dialog")
        assert not in_sight(plain)
        plain.press("Escape")
        plain.until(lambda: QApplication.activeModalWidget() is None, "no dialog")
        plain.breathe()
        assert QApplication.focusWidget() is before, key


def test_focus_comes_back_from_the_jobs(plain: Visitor) -> None:
    plain.place("documents")
    before = QApplication.focusWidget()
    plain.press("Ctrl+J")
    assert not in_sight(plain)
    plain.press("Ctrl+J")
    assert QApplication.focusWidget() is before


def test_focus_stays_in_the_list_after_deleting(plain: Visitor) -> None:
    screen = plain.list_of(DocumentsScreen, "documents")
    rows = screen.view.rows.rowCount()
    plain.press("Del")
    plain.until(lambda: screen.view.rows.rowCount() == rows - 1, "a document less")
    plain.idle()
    assert screen.view.hasFocus()
    assert not in_sight(plain)
    assert screen.view.current()
    plain.press("Ctrl+Z")
    plain.until(lambda: screen.view.rows.rowCount() == rows, "the document back")
    plain.idle()
    assert screen.view.hasFocus()


def test_focus_stays_on_the_line_after_adding_a_follow_up(plain: Visitor) -> None:
    plain.place("followups")
    screen = plain.screen(FollowUpsScreen)
    plain.press("Ctrl+N")
    plain.type("ask again mon")
    plain.press("Return")
    plain.idle()
    assert not in_sight(plain)
    assert screen.isAncestorOf(QApplication.focusWidget())
    plain.press("Ctrl+Z")
    plain.idle()


def test_focus_goes_back_to_the_page(plain: Visitor) -> None:
    """After a quote is saved, a mark deleted, the inspector closed, Find left."""
    reader = plain.read()
    page = reader.view
    page.setFocus()
    page.select_mark(plain.marked())
    plain.press("Q")
    plain.until(lambda: plain.focus is not page, "the form of a quote")
    plain.idle()
    plain.press("Return")
    plain.idle()
    assert page.hasFocus()
    assert not in_sight(plain)
    plain.press("Ctrl+Z")
    plain.idle()
    note = next(
        m
        for m in annotating.listing(plain.case, reader.document.id)
        if m.kind is AnnotationKind.HIGHLIGHT and not m.comment
    )
    page.select_mark(note)
    plain.press("Del")
    plain.idle()
    assert page.hasFocus()
    plain.press("Ctrl+Z")
    plain.idle()
    page.select_mark(plain.marked())
    plain.press("Return", "Escape", "Escape")
    plain.idle()
    assert page.hasFocus()
    plain.press("Ctrl+F", "Escape")
    assert page.hasFocus()


def test_focus_is_not_lost_with_a_message(plain: Visitor) -> None:
    plain.place("documents")
    plain.desk.toast.show_message("12 moved to Trash", "Undo", plain.breathe)
    plain.desk.toast._button.setFocus()
    plain.press("Space")
    assert not in_sight(plain)
    from casefile.domain.errors import UserError

    plain.desk.show_error(UserError("case.exists", folder="Harbor"))
    plain.breathe()
    inside = plain.desk.error.isAncestorOf
    dismiss = next(part for part in looking.active(plain.root) if inside(part))
    dismiss.setFocus()
    plain.press("Space")
    assert not in_sight(plain)


def test_dialogs_and_the_handbook_take_the_focus(plain: Visitor) -> None:
    plain.place("today")
    plain.press("Shift+F1")
    plain.until(lambda: isinstance(plain.focus, QTextBrowser), "the handbook read")
    assert isinstance(plain.root, QDialog)
    plain.press("Escape")
