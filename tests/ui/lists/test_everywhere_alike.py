"""What holds for every list screen: names, narrow windows, large text, a case that is read only."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from casefile.domain.people import Terms
from casefile.security.kdf import CHEAP
from casefile.services import followups, quoting, sources
from casefile.services.case import Case, Passphrase, create_case, open_case
from casefile.ui import theme
from casefile.ui.bundles.screen import BundlesScreen
from casefile.ui.lists.documents import DocumentsScreen
from casefile.ui.lists.followups import FollowUpsScreen
from casefile.ui.lists.quotes import QuotesScreen
from casefile.ui.lists.screen import ListScreen
from casefile.ui.lists.sources import SourcesScreen
from casefile.ui.lists.trash import TrashScreen
from casefile.ui.models import documents as document_model
from casefile.ui.models.documents import DocumentEntry
from casefile.ui.models.table import RowFilter
from casefile.ui.models.tree import TreeModel
from casefile.ui.search.everywhere import SearchScreen
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import show
from tests.ui.lists.test_models import a_document

SCREENS = [
    DocumentsScreen, QuotesScreen, SourcesScreen, FollowUpsScreen, TrashScreen, BundlesScreen,
    SearchScreen,
]  # fmt: skip


def fill(case: Case) -> None:
    heron = sources.add(
        case, name="Jane Roe", code_name="HERON", confidential=True, terms=Terms.BACKGROUND
    ).ids("source")[0]
    quoting.add_from_conversation(case, "nobody wrote it down", source_id=heron)
    followups.add(case, "call HERON", linked_kind="source", linked_id=heron)
    gone = followups.add(case, "gone").ids("followup")
    followups.delete(case, gone)


def settle(qtbot: QtBot, screen: QWidget) -> None:
    """Wait until the screen has read what it shows."""
    if isinstance(screen, ListScreen):
        qtbot.waitUntil(lambda: screen._reading is not None and screen._reading.finished.is_set())
        qtbot.wait(20)


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    theme.current().choose(theme.Look.LIGHT, 200)
    yield
    theme.current().choose(theme.Look.LIGHT, 100)


@pytest.mark.parametrize("kind", SCREENS)
def test_everything_that_takes_focus_has_a_name(
    qtbot: QtBot, session: CaseSession, case: Case, kind: type[QWidget]
) -> None:
    fill(case)
    screen = kind(session)
    show(qtbot, screen)
    settle(qtbot, screen)
    QAccessible.setActive(True)
    unnamed = []
    for child in screen.findChildren(QWidget):
        if child.isVisible() and child.focusPolicy().value:
            heard = QAccessible.queryAccessibleInterface(child)
            name = heard.text(QAccessible.Text.Name) if heard is not None else ""
            inner = isinstance(child.parentWidget(), QComboBox | QAbstractScrollArea)
            if not name and not inner and type(child).__name__ != "_Tab":
                unnamed.append(child)
    assert unnamed == []


@pytest.mark.parametrize("kind", SCREENS)
def test_no_real_name_is_anywhere(
    qtbot: QtBot, session: CaseSession, case: Case, kind: type[QWidget]
) -> None:
    fill(case)
    screen = kind(session)
    show(qtbot, screen)
    settle(qtbot, screen)
    words = []
    for child in [screen, *screen.findChildren(QWidget)]:
        words += [child.toolTip(), child.accessibleName(), child.accessibleDescription()]
        if isinstance(child, QLabel | QAbstractButton | QLineEdit):
            words.append(child.text())
    assert "Roe" not in "\n".join(words)


def shows_words(made: QAbstractButton) -> bool:
    """Whether a button's words are seen; the sign in a field has them for screen readers alone."""
    return bool(made.text()) and not isinstance(made.parent(), QLineEdit)


@pytest.mark.parametrize("kind", SCREENS)
def test_nothing_is_cut_in_large_text_or_a_narrow_column(
    qtbot: QtBot, session: CaseSession, case: Case, large_text: None, kind: type[QWidget]
) -> None:
    fill(case)
    screen = kind(session)
    show(qtbot, screen, 860, 640)
    settle(qtbot, screen)
    for width, percent in ((860, 200), (420, 100)):
        theme.current().choose(theme.Look.LIGHT, percent)
        for step in (width + 100, width):  # on the way the record goes under the list
            screen.resize(step, 640)
            qtbot.wait(20)
        assert screen.width() == width
        cut = [
            made.text()
            for made in screen.findChildren(QAbstractButton)
            if made.isVisible() and shows_words(made) and made.width() < made.sizeHint().width() - 1
        ]
        assert cut == []
        small = [
            made
            for made in screen.findChildren(QAbstractButton)
            if made.isVisible() and shows_words(made) and made.height() < 22
        ]
        assert small == []


@pytest.mark.parametrize("kind", SCREENS)
def test_a_case_that_is_read_only_offers_no_change(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, kind: type[QWidget]
) -> None:
    where = tmp_path / "case"
    with create_case(where, "correct horse battery", "Harbor", CHEAP) as case:
        fill(case)
    with open_case(where, Passphrase("correct horse battery"), writing=False) as case:
        session = CaseSession(case)
        errors: list[object] = []
        session.errors.connect(errors.append)
        screen = kind(session)
        show(qtbot, screen)
        settle(qtbot, screen)
        words = ("Add", "Import", "Delete", "Restore")
        offered = [
            made.text()
            for made in screen.findChildren(QAbstractButton)
            if made.isVisible() and made.isEnabled() and made.text().startswith(words)
        ]
        assert offered == []
        if isinstance(screen, ListScreen) and not isinstance(screen, BundlesScreen):
            screen.view.delete_wanted.emit(screen.view.chosen())
            screen.flush()
        assert session.undo_stack.count() == 0
        session.tasks.shut()
        session.tasks.drain()
        assert errors == []


def test_five_thousand_documents_are_filtered_at_once(qtbot: QtBot) -> None:
    model: TreeModel[DocumentEntry] = TreeModel(document_model.COLUMNS)
    rows = RowFilter(model)
    rows.setRecursiveFilteringEnabled(True)
    rows.sort(0)
    entries = [DocumentEntry(a_document(1, id=f"d{n}", title=f"Memo {n}")) for n in range(5_000)]
    started = time.perf_counter()
    model.set_nodes(document_model.as_tree(entries))
    assert rows.rowCount() == 5_000
    filled = time.perf_counter()
    rows.set_test(document_model.DocumentQuestion(words="memo 4999").holds)  # type: ignore[arg-type]
    assert rows.rowCount() == 1
    filtered = time.perf_counter()
    assert filled - started < 2
    assert filtered - filled < 1
