"""The signs in the margin: where they lie, that quotes have one, what a click on it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import Annotation, AnnotationKind, Extent
from casefile.domain.geometry import Box
from casefile.domain.people import Terms
from casefile.domain.quotes import Quote, QuoteState
from casefile.services import quoting
from casefile.services.case import Case
from casefile.services.mark_words import withheld_label
from casefile.ui.reader.badges import badge_at, badges
from casefile.ui.reader.layout import PixelRect
from casefile.ui.reader.marks import MarkIndex, describe
from casefile.ui.reader.page_colours import DAY
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.session import CaseSession
from tests.ui.reader.conftest import point, wait_for_text
from tests.ui.reader.test_journeys import select_sentence
from tests.ui.reader.test_marks import contrast

Open = Callable[[str], ReadingDesk]


def mark(name: str, y: float, kind: AnnotationKind = AnnotationKind.HIGHLIGHT) -> Annotation:
    quads = (Box(100, y, 300, y + 12).quad(),)
    return Annotation(name, "d", 1, kind, "yellow", "w", "", quads, "", "", (), "", "", None)


def quote(name: str, y: float) -> Quote:
    return Quote(
        name, "words", None, "d", 1, None, (Box(100, y, 300, y + 12).quad(),), "", "", None,
        Terms.ON_RECORD, None, QuoteState.UNVERIFIED, "", "", "", None,
    )  # fmt: skip


PAGE = PixelRect(40, 10, 1224, 1584)


def test_badges_lie_beside_their_lines_and_never_on_each_other() -> None:
    made = badges(PAGE, 2.0, 1.0, [mark("a", 100), mark("b", 103)], [quote("q", 100)])
    assert [badge.item.id for badge in made] == ["a", "b", "q"]
    assert made[0].rect.center().y() == pytest.approx(10 + 2 * 106, abs=1)
    assert made[0].rect.x() == 45
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert not made[one].rect.intersects(made[other].rect)
    assert made[2].rect.right() < 40 + 2 * 100, "still in the margin"


def test_notes_and_things_without_a_place_have_none() -> None:
    nowhere = Quote(
        "n", "words", None, "d", 1, None, (), "", "", None,
        Terms.ON_RECORD, None, QuoteState.UNVERIFIED, "", "", "", None,
    )  # fmt: skip
    assert badges(PAGE, 2.0, 1.0, [mark("note", 100, AnnotationKind.NOTE)], [nowhere]) == []


def withheld(name: str, extent: Extent, count: int | None = None) -> Annotation:
    return replace(
        mark(name, 0, AnnotationKind.WITHHOLDING), quads=(), extent=extent, missing_count=count
    )


def test_what_has_no_place_on_its_page_can_be_seen_and_clicked_all_the_same() -> None:
    nowhere = replace(mark("saved", 0, AnnotationKind.BOOKMARK), quads=())
    gap, other = (withheld(name, Extent.RANGE, 12) for name in ("gap", "other"))
    made = badges(PAGE, 2.0, 1.0, [nowhere, gap, other, withheld("whole", Extent.PAGE)], [])
    places = {badge.item.id: badge.rect for badge in made}
    assert places["saved"].top() == PAGE.y, "a ribbon hangs from the edge"
    assert PAGE.right - 60 < places["saved"].left() < PAGE.right
    assert places["gap"].width() > PAGE.width - 20, "a strip across the foot"
    assert places["gap"].bottom() <= PAGE.bottom
    assert not places["gap"].intersects(places["other"])
    assert places["whole"].topLeft() == QPointF(45, 15)


def test_what_was_kept_back_is_told_in_words() -> None:
    gap = replace(
        withheld("a", Extent.RANGE, 12), missing_first="ICE-1", missing_last="ICE-12",
        codes=("(b)(5)",),
    )  # fmt: skip
    assert describe(gap) == "12 pages not delivered · ICE-1–ICE-12 · (b)(5)"
    assert describe(replace(gap, missing_count=1, missing_first="", missing_last="", codes=())) == (
        "1 page not delivered"
    )
    area = replace(mark("b", 0, AnnotationKind.WITHHOLDING), codes=("(b)(5)", "(b)(6)"))
    assert (describe(area), withheld_label(area)) == (
        "Withholding (b)(5), (b)(6)",
        "(b)(5), (b)(6)",
    )
    assert withheld_label(withheld("c", Extent.PAGE)) == "Page withheld"


def test_every_kind_is_seen_on_the_page_and_hides_no_letter(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    bare = _picture(qtbot, desk)
    box = Box(80, 122, 400, 152).quad()
    for kind in AnnotationKind:
        made = replace(mark("m", 0, kind), colour="blue", quads=(box,), page=1)
        if kind is AnnotationKind.INK:
            made = replace(made, strokes=(((80.0, 140.0), (200.0, 160.0), (400.0, 120.0)),))
        desk.document.set_marks(MarkIndex([made]))
        marked = _picture(qtbot, desk)
        assert marked != bare, kind
        if kind in {AnnotationKind.HIGHLIGHT, AnnotationKind.REDACTION, AnnotationKind.REGION}:
            place = point(desk.view, 1, 72, 122)
            for x in range(place.x(), place.x() + 300):
                for y in range(place.y(), place.y() + 12):
                    if bare.pixelColor(x, y).lightness() < 40:
                        assert marked.pixelColor(x, y).lightness() < 120, (kind, x, y)


def _picture(qtbot: QtBot, desk: ReadingDesk) -> QImage:
    view = desk.view
    thread = desk.document.thread_
    qtbot.waitUntil(lambda: not thread._plan and not thread._under_way, timeout=10_000)
    return view.viewport().grab().toImage()


def test_the_badge_under_a_point_is_the_nearest() -> None:
    made = badges(PAGE, 2.0, 1.0, [mark("a", 100)], [quote("q", 100)])
    found = badge_at(made, made[1].rect.center(), 1)
    assert found is not None
    assert found.item.id == "q"
    between = QPointF(made[0].rect.right() + 0.5, made[0].rect.center().y())
    found = badge_at(made, between, 2)
    assert found is not None
    assert found.item.id == "a"
    assert badge_at(made, QPointF(600, 600), 2) is None


@pytest.fixture
def quoted(qtbot: QtBot, opened: Open, case: Case) -> ReadingDesk:
    """The letter with its sentence on page 1 quoted by key."""
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.quotes_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_Q)
        qtbot.keyClick(desk.inspector.quote.speaker, Qt.Key.Key_Return)
    return desk


def place(desk: ReadingDesk) -> QPointF:
    """The middle of the only quote's badge, on the viewport."""
    view = desk.view
    rect = view._layout.rect(1).moved(-view.view.x, -view.view.y)
    (badge,) = badges(rect, view._layout.scale, view.ratio, (), desk.document.quotes[1])
    return badge.rect.center() / view.ratio


def test_a_saved_quote_is_seen_on_the_page_and_leads_to_the_quote(
    qtbot: QtBot, quoted: ReadingDesk, case: Case, session: CaseSession
) -> None:
    (saved,) = quoting.listing(case)
    at = place(quoted)
    picture = quoted.view.viewport().grab().toImage()
    around = {
        picture.pixelColor(round(at.x()) + dx, round(at.y()) + dy).name()
        for dx in range(-8, 9)
        for dy in range(-8, 9)
    }
    assert {DAY.signal.name(), DAY.paper.name()} <= around
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(session.record_requested) as asked:
        qtbot.mouseClick(quoted.view.viewport(), left, pos=at.toPoint())
    assert asked.args == ["quote", saved.id]
    qtbot.mouseMove(quoted.view.viewport(), at.toPoint())
    shape = quoted.view.viewport().cursor().shape()
    assert shape is Qt.CursorShape.PointingHandCursor


def test_the_quote_of_a_page_is_opened_by_key(
    qtbot: QtBot, quoted: ReadingDesk, case: Case, session: CaseSession
) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(session.record_requested) as asked:
        qtbot.keyClick(quoted.view, Qt.Key.Key_Q, shift)
    assert asked.args == ["quote", quoting.listing(case)[0].id]
    quoted.view.go_to_page(9)
    with qtbot.assertNotEmitted(session.record_requested):
        qtbot.keyClick(quoted.view, Qt.Key.Key_Q, shift)


def test_the_sign_goes_with_the_quote(
    qtbot: QtBot, quoted: ReadingDesk, session: CaseSession
) -> None:
    at = place(quoted)
    assert quoted.view.badge_at(at) is not None
    with qtbot.waitSignal(quoted.document.quotes_changed, timeout=10_000):
        session.undo_stack.undo()
    assert quoted.view.badge_at(at) is None
    with qtbot.waitSignal(quoted.document.quotes_changed, timeout=10_000):
        session.undo_stack.redo()
    assert quoted.view.badge_at(at) is not None


def test_a_click_on_the_number_of_a_mark_opens_the_mark(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    (made,) = desk.document.marks.all
    rect = desk.view._layout.rect(1).moved(-desk.view.view.x, -desk.view.view.y)
    (badge,) = badges(rect, desk.view._layout.scale, desk.view.ratio, [made], ())
    at = (badge.rect.center() / desk.view.ratio).toPoint()
    qtbot.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.view.selected_mark == made.id
    assert QApplication.focusWidget() is desk.inspector.mark.comment


def test_the_sign_can_be_told_from_paper() -> None:
    assert contrast(DAY.signal.name(), DAY.paper.name()) >= 4.5
