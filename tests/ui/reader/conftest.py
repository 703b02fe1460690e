"""A real case with a few documents of its own making, and the reader on a virtual display."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from casefile.domain.documents import Document
from casefile.security.kdf import CHEAP
from casefile.services import documents
from casefile.services.case import Case, Passphrase, create_case, open_case
from casefile.services.importing import ImportChoices, import_paths
from casefile.ui.reader.layout import Spot
from casefile.ui.reader.page_view import PageView
from casefile.ui.reader.reader_view import ReaderView
from casefile.ui.reader.reading_desk import ReadingDesk
from casefile.ui.reader_area import ReaderArea
from casefile.ui.session import CaseSession
from tests.ui.lists.conftest import session

__all__ = ["session"]  # the fixture is used here too

PASSPHRASE = "correct horse battery"
LINES = "On March 4 the regional director approved", "a waiver of the cooling requirement."
SENTENCE = " ".join(LINES)
MANY = 300


def _letter(path: Path) -> None:
    """Forty pages of three sizes, one word ("waiver") once a page, roman labels on the first."""
    with pymupdf.open() as pdf:
        for number in range(1, 41):
            width, height = [(612, 792), (792, 612), (420, 595)][number % 3]
            page = pdf.new_page(width=width, height=height)
            page.insert_text((72, 90), f"Page {number}", fontsize=18)
            page.insert_text((72, 130), LINES[0], fontsize=12)
            page.insert_text((72, 148), LINES[1], fontsize=12)
            page.insert_text((72, 190), "Nothing else was written down.", fontsize=12)
        pdf.set_page_labels(
            [
                {"startpage": 0, "style": "r", "prefix": "", "firstpagenum": 1},
                {"startpage": 4, "style": "D", "prefix": "", "firstpagenum": 1},
            ]
        )
        pdf.set_toc([[1, "Beginning", 1], [2, "Middle", 20], [1, "End", 40]])
        pdf.save(path)


def _turned(path: Path) -> None:
    """One page for each rotation, cropped, with the same words."""
    with pymupdf.open() as pdf:
        for rotation in (0, 90, 180, 270):
            page = pdf.new_page(width=612, height=792)
            page.insert_text((200, 300), "approved a waiver", fontsize=20)
            page.set_cropbox(pymupdf.Rect(100, 100, 600, 700))
            page.set_rotation(rotation)
        pdf.save(path)


def _long(path: Path) -> None:
    with pymupdf.open() as pdf:
        for number in range(1, MANY + 1):
            page = pdf.new_page(width=612, height=792)
            page.insert_text((72, 90), f"Sheet {number}", fontsize=18)
        pdf.save(path)


def _linked(path: Path) -> None:
    """Six pages; from the first, links to the middle of the fourth and to an address."""
    with pymupdf.open() as pdf:
        for number in range(1, 7):
            pdf.new_page(width=612, height=792).insert_text((72, 90), f"Leaf {number}")
        page = pdf[0]
        page.insert_text((72, 200), "see leaf four", fontsize=14)
        page.insert_text((72, 300), "the register <b>online</b>", fontsize=14)
        inside, outside = pymupdf.Rect(70, 185, 200, 205), pymupdf.Rect(70, 285, 300, 305)
        page.insert_link(
            {"kind": pymupdf.LINK_GOTO, "from": inside, "page": 3, "to": pymupdf.Point(0, 400)}
        )
        page.insert_link(
            {"kind": pymupdf.LINK_URI, "from": outside, "uri": "https://example.org/?a=<b>"}
        )
        pdf.save(path)


def _locked(path: Path) -> None:
    with pymupdf.open() as pdf:
        pdf.new_page().insert_text((72, 90), "Behind a password", fontsize=18)
        pdf.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open sesame")


@pytest.fixture(scope="session")
def _made_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("reader")
    incoming = folder / "in"
    incoming.mkdir()
    for name, make in (
        ("letter", _letter),
        ("turned", _turned),
        ("long", _long),
        ("linked", _linked),
    ):
        make(incoming / f"{name}.pdf")
    with create_case(folder / "case", PASSPHRASE, "Harbor Cooling", CHEAP) as case:
        report = import_paths(case, [incoming], ImportChoices())
        assert len(report.imported) == 4, report
    return folder / "case"


@pytest.fixture
def case(_made_case: Path, tmp_path: Path) -> Iterator[Case]:
    where = tmp_path / "case"
    shutil.copytree(_made_case, where)
    with open_case(where, Passphrase(PASSPHRASE)) as opened:
        yield opened


@pytest.fixture
def document_called(case: Case) -> Callable[[str], Document]:
    def find(name: str) -> Document:
        return next(
            row.document
            for row in documents.listing(case)
            if row.document.file_name == f"{name}.pdf"
        )

    return find


@pytest.fixture
def area(qtbot: QtBot, session: CaseSession) -> Iterator[ReaderArea]:
    made = ReaderArea(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    views = made.views
    made.wipe()
    for view in views:
        if view.desk is not None:
            assert view.desk.document.thread_.wait(10)


@pytest.fixture
def opened(
    qtbot: QtBot, area: ReaderArea, document_called: Callable[[str], Document]
) -> Callable[[str], ReadingDesk]:
    """Open a document by its name, wait until it can be read."""

    def open_it(name: str) -> ReadingDesk:
        return desk_of(qtbot, area.open(document_called(name).id))

    return open_it


def desk_of(qtbot: QtBot, view: ReaderView) -> ReadingDesk:
    qtbot.waitUntil(lambda: view.desk is not None, timeout=15_000)
    tasks = view.session.tasks
    qtbot.waitUntil(lambda: not tasks._running, timeout=15_000)  # its marks are there as well
    assert view.desk is not None
    return view.desk


def wait_for_text(qtbot: QtBot, desk: ReadingDesk, page: int) -> None:
    qtbot.waitUntil(lambda: desk.document.text(page) is not None, timeout=15_000)


def point(view: PageView, page: int, x: float, y: float) -> QPoint:
    """A point of a page, on the viewport."""
    return view.position_of(Spot(page, x, y)).toPoint()


def drag(qtbot: QtBot, view: PageView, start: QPoint, end: QPoint, *, steps: int = 3) -> None:
    """Press at one point, move, release at the other."""
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view.viewport(), left, pos=start)
    for step in range(1, steps + 1):
        way = QPointF(start) + QPointF(end - start) * (step / steps)
        qtbot.mouseMove(view.viewport(), way.toPoint())
    qtbot.mouseRelease(view.viewport(), left, pos=end)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says so for every window that has a smallest size."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
