"""Side panel, tool bar and forms: models, filters, names for those who hear the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import COLOURS, Annotation
from casefile.domain.people import Source, Terms
from casefile.services.reading import OutlineItem
from casefile.ui import theme
from casefile.ui.reader.actions import ANYWHERE, ON_MARK, ON_SELECTION, OTHER_MARKS, VERBS
from casefile.ui.reader.find_field import FindField
from casefile.ui.reader.followup_form import FollowUpForm
from casefile.ui.reader.hits_panel import HitsModel
from casefile.ui.reader.mark_filter import MarkFilter
from casefile.ui.reader.mark_form import MarkForm
from casefile.ui.reader.marks import MarkIndex
from casefile.ui.reader.marks_model import MarksModel
from casefile.ui.reader.outline_panel import OutlinePanel
from casefile.ui.reader.quote_form import Capture, QuoteForm, QuoteWish
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader.thumbnails import ThumbnailModel
from tests.ui.reader.conftest import drag, point, wait_for_text
from tests.ui.reader.pretending import shapes
from tests.ui.reader.test_marks import Box, mark

Open = Callable[[str], ReadingDesk]


def test_marks_are_filtered_by_word_comment_colour_and_kind(qapp: QApplication) -> None:
    model = MarksModel(shapes(9))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_marks(
        [
            mark("a", 1, Box(0, 0, 9, 9), text="approved a waiver"),
            mark("b", 2, Box(0, 0, 9, 9), colour="blue", comment="ask H5"),
            mark("c", 3, Box(0, 0, 9, 9), text=""),
        ]
    )
    assert model.rowCount() == 3
    assert model.data(model.index(2)) == "Yellow highlight", "a mark without words says what it is"
    for needle, rows in (
        ("WAIVER", 1),
        ("h5", 1),
        ("blue", 1),
        ("highlight", 3),
        ("blue h5", 1),
        ("blue waiver", 0),
    ):
        model.set_filter(MarkFilter(tuple(needle.casefold().split())))
        assert model.rowCount() == rows, needle
    model.set_filter(MarkFilter())
    spoken = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Blue highlight, p. 2: words, comment: ask H5"
    assert model.row_of("b") == 1
    assert model.row_of("gone") == -1


def test_an_edit_touches_only_its_own_row_of_ten_thousand(qapp: QApplication) -> None:
    model = MarksModel(shapes(5_000))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    index = MarkIndex(
        mark(f"{n:05}", n // 2 + 1, Box(0, 10 * (n % 2), 9, 99), text=f"word {n}")
        for n in range(10_000)
    )
    model.set_marks(index.all)
    told: list[str] = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.rowsInserted.connect(lambda _parent, first, last: told.append(f"in {first}-{last}"))
    model.rowsRemoved.connect(lambda _parent, first, last: told.append(f"out {first}-{last}"))
    model.dataChanged.connect(lambda first, last: told.append(f"new {first.row()}-{last.row()}"))

    def edit(mark_id: str, made: Annotation | None) -> list[str]:
        told.clear()
        index.replace(mark_id, made)
        model.set_marks(index.all)
        assert [model.mark(model.index(row)) for row in range(model.rowCount())] == index.all
        return told

    assert edit("00100", mark("00100", 51, Box(0, 0, 9, 99), comment="ask H5")) == ["new 100-100"]
    assert edit("00101", None) == ["out 101-101"]
    assert edit("more", mark("more", 52, Box(0, 0, 9, 5))) == ["in 102-102"]
    assert edit("more", mark("more", 53, Box(0, 0, 9, 5)))[-1] == "in 104-104"
    model.set_filter(MarkFilter(("ask",)))
    assert model.rowCount() == 1
    told.clear()
    index.replace("00100", mark("00100", 51, Box(0, 0, 9, 99)))
    model.set_marks(index.all)
    assert told == ["out 0-0"], "it is not what is looked for any more"


def test_hits_grow_without_losing_those_shown(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    model = HitsModel(desk.document.shapes)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    desk.look_for("waiver")
    qtbot.waitUntil(lambda: desk.finder.complete and desk.finder.count == 40, timeout=20_000)
    hits = desk.finder.all()
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.set_hits(hits[:3])
    model.set_hits(hits[:9])
    assert model.rowCount() == 9
    assert len(resets) == 1
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("p. i: ")
    assert "waiver" in spoken


def test_thumbnails_ask_only_for_those_in_sight(qtbot: QtBot, opened: Open) -> None:
    desk = opened("long")
    thumbs = desk.side.thumbnails
    QAbstractItemModelTester(thumbs.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    memory, name = desk.document.memory, desk.document.id
    model = thumbs.model()
    assert isinstance(model, ThumbnailModel)
    qtbot.waitUntil(lambda: model.tile(2) in memory, timeout=15_000)
    qtbot.waitUntil(lambda: not desk.document.thread_._later, timeout=15_000)
    have = [page for page in range(1, 301) if memory.has_any(name, page)]
    assert len(have) < 20
    desk.go_to_page(200)
    qtbot.waitUntil(lambda: model.tile(200) in memory, timeout=15_000)
    assert thumbs.currentIndex().row() == 199
    thumbs.opened.emit(7)
    assert desk.view.page == 7
    assert desk.history.can_go_back


def test_the_outline_nests_and_leads_to_pages(qtbot: QtBot) -> None:
    panel = OutlinePanel()
    qtbot.addWidget(panel)
    panel.set_outline(
        [
            OutlineItem(1, "One", 1),
            OutlineItem(3, "Deep", 4),
            OutlineItem(2, "<b>Two</b>", None),
            OutlineItem(1, "Three", 9, 120.0),
        ]
    )
    root = panel.model.invisibleRootItem()
    assert [root.child(row).text() for row in range(root.rowCount())] == ["One", "Three"]
    assert root.child(0).child(0).text() == "Deep", "a level that was left out does not lose it"
    assert not root.child(0).child(1).isEnabled()
    gone: list[tuple[int, object]] = []
    panel.opened.connect(lambda page, y: gone.append((page, y)))
    panel.tree.clicked.emit(root.child(1).index())
    assert gone == [(9, 120.0)]


def test_the_outline_of_a_document_is_shown(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    qtbot.waitUntil(lambda: desk.side.outline.model.rowCount() == 2)
    qtbot.keyClick(desk.view, Qt.Key.Key_T)
    assert desk.side.shown == "outline"
    assert desk.side.outline.tree.hasFocus()


def test_no_key_means_two_things_and_menus_name_real_verbs() -> None:
    keys = [key for verb in VERBS for key in verb.keys]
    assert len(keys) == len(set(keys))
    known = {verb.id for verb in VERBS} | {""}
    for menu in (ON_SELECTION, ON_MARK, ANYWHERE, OTHER_MARKS):
        assert set(menu) <= known
    letters = [verb for verb in VERBS for key in verb.keys if len(key) == 1]
    assert all(verb.on_page for verb in letters), "letters must reach every field"


def test_letters_typed_in_a_field_reach_it(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    desk.look_for()
    qtbot.keyClicks(desk.bar.finding.field, "Hq 123 fn jk")
    assert desk.bar.finding.field.text() == "Hq 123 fn jk"
    assert desk.document.marks.all == []
    assert desk.inspector.form is None


def test_everything_that_takes_the_focus_has_a_name(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    for form in (desk.inspector.quote, desk.inspector.mark, desk.inspector.followup):
        desk.inspector.open(form, "Form")
        nameless = [
            widget
            for widget in desk.findChildren(QWidget)
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
            and widget.isVisibleTo(desk)
            and isinstance(widget, (QAbstractButton, QLineEdit, QComboBox))
            and not (widget.accessibleName() or getattr(widget, "text", str)())
            and not widget.objectName().startswith("qt_")
        ]
        assert nameless == []


@pytest.mark.parametrize("look", [theme.Look.LIGHT, theme.Look.DARK])
@pytest.mark.parametrize("percent", [100, 200])
def test_at_any_text_size_nothing_is_cut_off(
    qtbot: QtBot, opened: Open, look: theme.Look, percent: int
) -> None:
    theme.current().choose(look, percent)
    try:
        desk = opened("letter")
        desk.window().resize(1280, 720)
        desk.inspector.open(desk.inspector.mark, "Yellow highlight")
        QApplication.processEvents()
        for button in desk.findChildren(QAbstractButton):
            if button.isVisibleTo(desk) and not button.objectName().startswith("qt_"):
                enough = button.minimumSizeHint()
                assert button.width() >= min(enough.width(), 24), button.accessibleName()
                assert button.height() >= 24, button.accessibleName()
        assert desk.view.width() > 200
    finally:
        theme.current().choose(theme.Look.LIGHT, 100)


def source(source_id: str, name: str, code_name: str | None, terms: Terms) -> Source:
    return Source(
        source_id,
        name,
        code_name,
        code_name is not None,
        False,
        (),
        terms,
        "",
        "",
        "",
        "",
        "",
        None,
    )


def test_the_quote_form_shows_code_names_and_takes_the_speakers_terms(qtbot: QtBot) -> None:
    form = QuoteForm()
    qtbot.addWidget(form)
    form.begin(Capture(3, "nobody wrote it down", (), "", "", "p. 3 of 9 · Audit"))
    form.set_speakers(
        [
            source("1", "Jane Roe", "HERON", Terms.DEEP_BACKGROUND),
            source("2", "Agency", None, Terms.ON_RECORD),
        ],
        "1",
    )
    assert form.speaker.currentText() == "HERON"
    assert form.terms.currentData() == Terms.DEEP_BACKGROUND
    assert form.ocr.isHidden()
    form.show_ocr(92.6)
    assert "OCR, 93 % sure" in form.ocr.text()
    assert not form.ocr.isHidden()
    form.speaker.setCurrentIndex(form.speaker.findText("Agency"))
    assert form.terms.currentData() == Terms.ON_RECORD
    wishes: list[QuoteWish] = []
    form.saved.connect(wishes.append)
    form.note.setText("said twice")
    qtbot.keyClick(form.note, Qt.Key.Key_Return)
    assert (wishes[0].source_id, wishes[0].note) == ("2", "said twice")
    with qtbot.waitSignal(form.given_up):
        qtbot.keyClick(form.note, Qt.Key.Key_Escape)


def test_a_comment_is_handed_on_once_and_not_lost_by_news(qtbot: QtBot) -> None:
    form = MarkForm()
    qtbot.addWidget(form)
    told: list[tuple[str, str]] = []
    form.comment_changed.connect(lambda *got: told.append(got))
    first = mark("a", 1, Box(0, 0, 9, 9))
    form.show_mark(first, "p. 1")
    form.comment.setPlainText("typed")
    form.show_mark(mark("a", 1, Box(0, 0, 9, 9), colour="blue"), "p. 1")
    assert form.comment.toPlainText() == "typed", "a new colour does not undo what is being typed"
    form.save()
    form.save()
    assert told == [("a", "typed")]
    form.show_mark(mark("b", 1, Box(0, 0, 9, 9), comment="other"), "p. 1")
    assert form.comment.toPlainText() == "other"
    assert told == [("a", "typed")]


def test_the_follow_up_shows_its_date_before_it_is_saved(qtbot: QtBot) -> None:
    form = FollowUpForm()
    qtbot.addWidget(form)
    form.begin("About p. 3", date(2026, 11, 22))
    assert not form.save.isEnabled()
    qtbot.keyClicks(form.line, "call HERON fri")
    assert "27" in form.due.text()
    assert form.save.isEnabled()
    with qtbot.waitSignal(form.saved) as told:
        qtbot.keyClick(form.line, Qt.Key.Key_Return)
    assert told.args == ["call HERON fri"]


def test_the_find_field_steps_and_leaves(qtbot: QtBot) -> None:
    field = FindField()
    qtbot.addWidget(field)
    steps: list[bool] = []
    field.stepped.connect(steps.append)
    field.tell("3 of 48 so far", found=True)
    qtbot.keyClick(field.field, Qt.Key.Key_Return)
    qtbot.keyClick(field.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseClick(field.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(field.previous, Qt.MouseButton.LeftButton)
    assert steps == [True, False, True, False]
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field.field, Qt.Key.Key_Escape)


def test_the_marks_panel_opens_and_deletes(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)
    drag(qtbot, desk.view, point(desk.view, 1, 72, 186), point(desk.view, 1, 200, 186))
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_5)
    desk.go_to_page(30)
    desk.side.show_tab("marks")
    panel = desk.side.marks.list
    panel.setFocus()
    panel.setCurrentIndex(panel.model().index(0, 0))
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    assert desk.view.page == 1
    assert desk.view.selected_mark == desk.document.marks.all[0].id
    panel.setFocus()
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(panel, Qt.Key.Key_Delete)
    assert panel.model().rowCount() == 0


def test_the_context_menu_is_about_what_is_under_it(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    wait_for_text(qtbot, desk, 1)

    def offered() -> list[str]:
        desk.view.menu_wanted.emit(desk.view.mapToGlobal(desk.view.rect().center()))
        menu = QApplication.activePopupWidget()
        assert menu is not None
        words = [action.text() for action in menu.actions() if action.text()]
        menu.close()
        return words

    assert "Select the page's text" in offered()
    drag(qtbot, desk.view, point(desk.view, 1, 72, 186), point(desk.view, 1, 200, 186))
    assert offered()[:6] == [f"Highlight {colour}" for colour in COLOURS]
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    desk.view.select_mark(desk.document.marks.all[0])
    assert offered()[-1] == "Delete mark"
