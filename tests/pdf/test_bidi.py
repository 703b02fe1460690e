"""Lines that run to the left come back as they were meant: Qt lays them out, we read them back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPdfWriter, QTextLayout, QTextOption

from casefile.pdf.values import PlainFile
from casefile.pdf.workers import PdfWorkers
from tests.pdf import making

MEANT = [
    "מסמך מספר 17 מיום 12/03/2024 פורסם",
    'לפי סעיף 7(ב) לחוק חופש המידע, התשנ"ח-1998',
    "ה-FBI סירב למסור 42% מהדפים",
    "שלום Hello World 2024 עולם",
    'עלות: 1,234.56 ש"ח',
    "ראה https://example.org/a לפרטים",
    "טלפון 03-1234567 פנימי",
    "(סודי) מסמך",
    'אמר: "לא" והלך',
    "סעיפים 5–7, 9",
    'דוא"ל a.b@c.org בלבד',
    "A report by משרד המשפטים on 12 May",
]


#: With ligatures of two letters, digits of both kinds, and brackets.
ARABIC = [
    "القرار رقم 123 بتاريخ ٤٥٦ هو لا شيء (سري) عام 2024.",
    "الإفراج عن الوثائق بموجب القانون رقم 12/2003",
    'قال المتحدث: "لا تعليق" ثم انصرف',
]


def drawn(meant: str) -> str:
    """The letters from left to right, as Qt's own implementation of the algorithm places them."""
    hebrew = sum("א" <= c <= "ת" for c in meant)
    option = QTextOption()
    to_left = hebrew >= sum(c.isascii() and c.isalpha() for c in meant)
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if to_left else Qt.LayoutDirection.LeftToRight
    )
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout = QTextLayout(meant, QFont("DejaVu Sans", 12))
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    places = {at: line.glyphRuns(at, 1)[0].positions()[0].x() for at in range(len(meant))}
    return "".join(meant[at] for at in sorted(places, key=places.__getitem__))


@pytest.mark.usefixtures("qapp")
def test_lines_are_read_as_they_were_meant(workers: PdfWorkers, tmp_path: Path) -> None:
    shown = [drawn(meant) for meant in MEANT]
    assert shown != MEANT
    path = tmp_path / "a.pdf"
    path.write_bytes(making.spelled(shown, size=12))
    with workers.open(PlainFile(path)) as session:
        assert session.text(1).text.split("\n") == MEANT
        (page,) = session.extract(1, 1)
        assert page.text.split("\n") == MEANT


@pytest.mark.usefixtures("qapp")
def test_arabic_that_qt_wrote(workers: PdfWorkers, tmp_path: Path) -> None:
    if "DejaVu Sans" not in QFontDatabase.families():
        pytest.skip("DejaVu Sans is missing: apt-get install fonts-dejavu-core")
    path = tmp_path / "a.pdf"
    writer = QPdfWriter(str(path))
    writer.setResolution(150)
    painter = QPainter(writer)
    painter.setFont(QFont("DejaVu Sans", 14))
    for row, meant in enumerate(ARABIC):
        painter.drawText(QRect(50, 100 + 60 * row, 1000, 60), Qt.AlignmentFlag.AlignRight, meant)
    painter.end()
    with workers.open(PlainFile(path)) as session:
        text = session.text(1)
        (page,) = session.extract(1, 1)
    assert text.text.split("\n") == page.text.split("\n") == ARABIC
    for line in text.lines:
        assert all(quad.ur_x > quad.ul_x for quad in line.quads)
