"""The bundles screen: choose, see what stays behind, make, check."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from casefile.domain.documents import Provenance
from casefile.domain.people import Terms
from casefile.services import documents as service
from casefile.services import quoting, sources
from casefile.services.case import Case
from casefile.services.leaving.contents import Recipient
from casefile.ui.bundles.screen import BundlesScreen
from casefile.ui.lists.documents import BUNDLE_DRAFT
from casefile.ui.models.columns import ICON_ROLE
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import Said, show


@pytest.fixture
def screen(
    qtbot: QtBot, session: CaseSession, case: Case, documents: dict[str, str], tmp_path: Path
) -> BundlesScreen:
    heron = sources.add(case, name="Jane Roe", code_name="HERON", confidential=True)
    given = heron.ids("source")[0]
    service.set_provenance(case, [documents["Re: waiver"]], Provenance.GIVEN, given)
    quoting.add_from_conversation(case, "not for print", terms=Terms.OFF_RECORD)
    made = BundlesScreen(session)
    show(qtbot, made)
    qtbot.waitUntil(lambda: made.body.currentWidget() is made.empty)
    made.new_item()
    qtbot.waitUntil(made.sheet.make.isEnabled)
    made.sheet.place.suggest(tmp_path, "Bundle")
    assert made.sheet.place.path.text() == str(tmp_path / "Bundle")
    return made


def test_the_sheet_says_what_stays_behind(screen: BundlesScreen) -> None:
    sheet = screen.sheet
    assert sheet.inside.text().startswith("1 document (1 page)")
    left = sheet.outside.text()
    assert "2 documents given by a confidential source" in left
    assert "1 off-record quotes" in left
    assert "leak check is not run" in sheet.warning.text
    for who in (Recipient.PUBLICATION, Recipient.OTHER_SIDE):
        button = sheet.recipient.buttons[who]
        assert not button.isEnabled()
        assert "leak check" in button.accessibleDescription()
    assert sheet.recipient.recipient is Recipient.EDITOR


def test_a_bundle_is_made_listed_and_verified(
    qtbot: QtBot, screen: BundlesScreen, tmp_path: Path
) -> None:
    screen.sheet.recipient.buttons[Recipient.LAWYER].setChecked(True)
    qtbot.waitUntil(screen.sheet.make.isEnabled)
    screen.sheet.make.click()
    qtbot.waitUntil(screen.report.isVisible, timeout=20_000)
    assert "1 document" in screen.report.notice.text
    assert screen.report.where.whole_text == str(tmp_path / "Bundle")
    assert (tmp_path / "Bundle" / "index.html").is_file()
    assert screen.report.close_button.hasFocus()
    screen.report.verify.click()
    qtbot.waitUntil(lambda: "complete and unchanged" in screen.report.notice.text)
    (tmp_path / "Bundle" / "data" / "quotes.csv").write_text("other", "utf-8")
    screen.check(tmp_path / "Bundle")
    qtbot.waitUntil(lambda: "not what it was" in screen.report.notice.text)
    assert "quotes.csv" in screen.report.lines.text()
    screen.report.close_button.click()
    qtbot.waitUntil(lambda: screen.view.rows.rowCount() == 1)
    row = [screen.view.rows.index(0, column).data() for column in range(3)]
    assert row == ["Bundle", "Lawyer", "1"]
    screen.check(tmp_path / "gone")
    qtbot.waitUntil(lambda: screen.report.isVisible() and not screen.report.verify.isVisible())


def test_a_zip_has_its_ending(qtbot: QtBot, screen: BundlesScreen, tmp_path: Path) -> None:
    place = screen.sheet.place
    place.zip.setChecked(True)
    assert place.path.text().endswith("Bundle.zip")
    place.folder.setChecked(True)
    assert place.path.text() == str(tmp_path / "Bundle")
    place.zip.setChecked(True)
    screen.sheet.make.click()
    qtbot.waitUntil(screen.report.isVisible, timeout=20_000)
    assert (tmp_path / "Bundle.zip").is_file()
    place.suggest(tmp_path, "Bundle")
    assert place.path.text().endswith("Bundle 2.zip")


def test_chosen_documents_are_ticked(
    qtbot: QtBot, screen: BundlesScreen, documents: dict[str, str]
) -> None:
    box = screen.sheet.contents
    box.some.setChecked(True)
    qtbot.waitUntil(lambda: "No document is chosen" in screen.sheet.problem.text)
    assert not screen.sheet.make.isEnabled()
    box.view.show_key(documents["memo.txt"])
    qtbot.keyClick(box.view, Qt.Key.Key_Space)
    assert box.chosen == [documents["memo.txt"]]
    qtbot.waitUntil(screen.sheet.make.isEnabled)
    index = box.model.index_of(documents["memo.txt"])
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", chosen")
    assert index.data(ICON_ROLE) == "square-check"
    qtbot.keyClicks(box.filter, "zzz")
    assert box.rows.rowCount() == 0
    box.filter.clear()
    rect = box.view.visualRect(box.rows.mapFromSource(box.model.index_of(documents["odd.xyz"])))
    qtbot.mouseClick(box.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert len(box.chosen or []) == 2


def test_only_protected_documents_make_no_bundle(
    qtbot: QtBot, screen: BundlesScreen, documents: dict[str, str]
) -> None:
    screen.sheet.contents.begin([documents["Re: waiver"]])
    qtbot.waitUntil(lambda: bool(screen.sheet.problem.text))
    assert not screen.sheet.make.isEnabled()


def test_a_place_that_is_taken_is_said_at_the_button(
    qtbot: QtBot, screen: BundlesScreen, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "file").write_text("x", "utf-8")
    screen.sheet.place.path.setText(str(taken))
    screen.sheet.make.click()
    qtbot.waitUntil(lambda: bool(screen.sheet.problem.text) and screen.sheet.isVisible())
    assert screen.sheet.make.hasFocus()
    assert [each.name for each in taken.iterdir()] == ["file"]


def test_documents_sent_here_are_ticked_already(
    qtbot: QtBot, session: CaseSession, documents: dict[str, str], said: Said
) -> None:
    session.keep_draft(BUNDLE_DRAFT, documents["memo.txt"])
    screen = BundlesScreen(session)
    show(qtbot, screen)
    qtbot.waitUntil(lambda: screen.sheet.isVisible() and screen.sheet.contents.chosen is not None)
    assert screen.sheet.contents.chosen == [documents["memo.txt"]]
    assert session.draft(BUNDLE_DRAFT) == ""
    qtbot.keyClick(screen.sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.body.currentWidget() is screen.empty)
    assert screen.empty.button.hasFocus()
