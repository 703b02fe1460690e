"""Printing: the pages that were asked for, with their marks or without, and the note of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from casefile.domain.annotations import AnnotationKind
from casefile.domain.documents import Document
from casefile.domain.geometry import Box
from casefile.services import annotating
from casefile.services.annotating import MarkPart
from casefile.services.case import Case
from casefile.store import custody
from casefile.ui.printing.paper import STRIP
from casefile.ui.printing.printers import PrinterName, spooled_in_memory
from casefile.ui.printing.sheet import PrintSheet
from casefile.ui.printing.text_sheet import TextSheet
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.session import CaseSession
from tests.ui.reader.test_journeys import select_sentence

Open = Callable[[str], ReadingDesk]
YELLOW = (0xFA, 0xE9, 0x6A)


class OnePrinter:
    """A printer that can be looked at: its paper is a PDF in the test's own folder."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def names(self) -> list[PrinterName]:
        return [PrinterName("Files", refused=True), PrinterName("Paper", default=True)]

    def open(self, name: str) -> QPrinter:
        assert name == "Paper"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.out))
        return printer


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return tmp_path / "paper.pdf"


def sheet_over(qtbot: QtBot, desk: ReadingDesk, printer: OnePrinter) -> PrintSheet:
    sheet = PrintSheet(desk.session, desk.document, desk.view.page, desk.window(), printer)
    sheet.open()
    qtbot.waitUntil(sheet.print_button.isEnabled, timeout=10_000)
    return sheet


def printed(qtbot: QtBot, sheet: PrintSheet) -> None:
    with qtbot.waitSignal(sheet.finished, timeout=60_000):
        qtbot.keyClick(sheet.print_button, Qt.Key.Key_Return)


def entries(case: Case) -> list[str]:
    return [e.detail["detail"] for e in custody.listing(case.reader(), event="left.printed")]


def colours(page: pymupdf.Page, clip: pymupdf.Rect | None = None) -> set[tuple[int, int, int]]:
    picture = page.get_pixmap(dpi=72, clip=clip, colorspace=pymupdf.csRGB)
    return {picture.pixel(x, y) for x in range(picture.width) for y in range(picture.height)}


def test_chosen_pages_come_out_with_their_marks_and_numbers_and_are_noted(
    qtbot: QtBot, opened: Open, session: CaseSession, case: Case, paper: Path
) -> None:
    desk = opened("letter")
    select_sentence(qtbot, desk, 3)
    with qtbot.waitSignal(desk.document.marks_changed, timeout=10_000):
        qtbot.keyClick(desk.view, Qt.Key.Key_1)
    sheet = sheet_over(qtbot, desk, OnePrinter(paper))
    assert sheet.printer.count() == 1, "printers that write files are not offered"
    assert "Paper leaves the case" in sheet.warning.text
    said: list[str] = []
    session.toast.connect(lambda text, _undo: said.append(text))
    qtbot.keyClicks(sheet.range, "2-3, 40")
    printed(qtbot, sheet)
    assert said == ["Printed 3 pages"]
    assert entries(case) == ["pages 2-3, 40, with marks"]
    with pymupdf.open(paper) as pdf:
        assert pdf.page_count == 3
        assert YELLOW not in colours(pdf[0])
        assert YELLOW in colours(pdf[1]), "the highlight"
        margin = pymupdf.Rect(0, 0, 60, pdf[1].rect.height)
        assert YELLOW in colours(pdf[1], margin), "its number in the margin"
        strips = [(i[2], i[3]) for page in pdf for i in page.get_images()]
        assert max(width * height for width, height in strips) <= 1.01 * STRIP, strips
        assert pdf.metadata is not None
        assert "letter" not in str(pdf.metadata)


def test_without_marks_only_what_is_to_be_redacted_is_drawn(
    qtbot: QtBot, opened: Open, case: Case, paper: Path, document_called: Callable[[str], Document]
) -> None:
    letter = document_called("letter").id
    box = Box(60.0, 112.0, 360.0, 138.0)
    annotating.add_many(
        case, letter, AnnotationKind.REDACTION, [MarkPart(3, (box.quad(),), "", "", "")]
    )
    annotating.add_many(
        case, letter, AnnotationKind.HIGHLIGHT,
        [MarkPart(3, (Box(60.0, 170.0, 360.0, 200.0).quad(),), "", "", "")],
    )  # fmt: skip
    desk = opened("letter")
    desk.go_to_page(3)
    sheet = sheet_over(qtbot, desk, OnePrinter(paper))
    sheet.marks.setChecked(False)
    printed(qtbot, sheet)
    assert entries(case) == ["pages 3, without marks"]
    with pymupdf.open(paper) as pdf:
        (page,) = pdf
        assert YELLOW not in colours(page)
        picture = page.get_pixmap(dpi=72, colorspace=pymupdf.csGRAY)
        dark = [
            (x, y)
            for x in range(picture.width)
            for y in range(picture.height)
            if picture.pixel(x, y)[0] < 8
        ]
        assert len(dark) > 0.9 * box.width * box.height * 0.8, "a solid black bar"


def test_a_wide_page_turns_to_fit_and_nothing_is_cut(
    qtbot: QtBot, opened: Open, paper: Path
) -> None:
    desk = opened("letter")
    desk.go_to_page(4)  # 792 x 612
    printed(qtbot, sheet_over(qtbot, desk, OnePrinter(paper)))
    with pymupdf.open(paper) as pdf:
        (page,) = pdf
        assert page.rect.height > page.rect.width
        left, top, right, foot = page.get_image_rects(page.get_images()[0][0])[0]
        assert foot - top > right - left
        assert page.rect.contains(pymupdf.Rect(left, top, right, foot))


class Spooling(OnePrinter):
    """As the print service has it: the file lies where Qt's temporary files do until the end."""

    def open(self, name: str) -> QPrinter:
        spooled = Path(os.environ["TMPDIR"]) / "spooled"
        spooled.touch()
        os.link(spooled, self.out)  # to see what would have been handed over
        printer = super().open(name)
        printer.setOutputFileName(str(spooled))
        return printer


def test_cancelling_prints_nothing_and_notes_nothing(
    qtbot: QtBot, opened: Open, case: Case
) -> None:
    desk = opened("long")
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        paper = Path(folder) / "paper.pdf"
        sheet = sheet_over(qtbot, desk, Spooling(paper))
        sheet.pages.button(0).setChecked(True)
        qtbot.keyClick(sheet.print_button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: sheet.progress.bar.value() > 0, timeout=20_000)
        assert paper.read_bytes().startswith(b"%PDF")
        with qtbot.waitSignal(sheet.finished, timeout=20_000):
            qtbot.keyClick(sheet, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not desk.session.tasks._running, timeout=20_000)
        assert not paper.read_bytes().startswith(b"%PDF"), "what was drawn is gone"
    assert entries(case) == []


def test_pages_that_are_none_cannot_be_printed(qtbot: QtBot, opened: Open, paper: Path) -> None:
    sheet = sheet_over(qtbot, opened("letter"), OnePrinter(paper))
    qtbot.keyClicks(sheet.range, "7-3")
    assert not sheet.print_button.isEnabled()
    assert "7-3" in sheet.why_not.text()
    sheet.range.clear()
    assert sheet.why_not.text() == "Say which pages."
    sheet.reject()
    assert not paper.exists()


def test_the_key_opens_the_sheet_on_the_page_that_is_read(qtbot: QtBot, opened: Open) -> None:
    desk = opened("letter")
    desk.go_to_page(5)
    qtbot.keyClick(desk.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, PrintSheet)
    assert sheet.chosen_pages() == (5,)
    qtbot.waitUntil(lambda: sheet.why_not.text() != "" or sheet.print_button.isEnabled())
    sheet.reject()


def test_what_qt_hands_to_the_print_service_never_lies_on_a_disk() -> None:
    before = os.environ.get("TMPDIR")
    with spooled_in_memory():
        folder = Path(os.environ["TMPDIR"])
        assert folder.parent == Path("/dev/shm")
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()
    assert os.environ.get("TMPDIR") == before


def test_words_come_out_page_by_page_and_are_noted(
    qtbot: QtBot, session: CaseSession, case: Case, paper: Path
) -> None:
    text = "\n".join(f"Line {number}" for number in range(150))
    sheet = TextSheet(session, "why a date", text, None, OnePrinter(paper))
    sheet.open()
    qtbot.waitUntil(sheet.print_button.isEnabled, timeout=10_000)
    printed(qtbot, sheet)
    with pymupdf.open(paper) as found:
        assert len(found) > 1
        lines = "".join(page.get_text() for page in found).split("\n")
    assert [each for each in lines if each] == text.split("\n")
    assert entries(case) == ["why a date"]
