"""Contrast as WCAG 2.2 counts it, and what can be seen of words once they are drawn."""

from __future__ import annotations

from collections import Counter
from functools import cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QWidget

from tests.ui.access.looking import called, cells, parts, views

TEXT, SHAPE = 4.5, 3.0
#: Empty columns (px) between two groups of marks; narrower gaps are those between letters.
GAP = 7


@cache
def luminance(rgb: int) -> float:
    """Relative luminance of 0xRRGGBB."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear((rgb >> shift & 255) / 255) for shift in (16, 8, 0))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def contrast(first: int, second: int) -> float:
    """Between 1 and 21."""
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def pixels(image: QImage) -> list[list[int]]:
    """Rows of 0xRRGGBB."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    stride, width = plain.bytesPerLine() // 4, plain.width()
    words = memoryview(plain.constBits()).cast("I")
    return [
        [word & 0xFFFFFF for word in words[y * stride : y * stride + width]]
        for y in range(plain.height())
    ]


def faintest(image: QImage) -> tuple[float, QRect]:
    """The words (or pictures) of ``image`` that stand out least from what is behind most of it:
    by how much, and where. 21 where there are none."""
    rows = [] if image.isNull() else pixels(image)
    if not rows or not rows[0]:
        return 21.0, QRect()
    ground = Counter(pixel for row in rows for pixel in row).most_common(1)[0][0]
    strength = [[contrast(pixel, ground) for pixel in row] for row in rows]
    found = (21.0, QRect())
    for top, bottom in _runs([max(row) > 1.15 for row in strength], 1):
        columns = [max(strength[y][x] for y in range(top, bottom)) for x in range(len(rows[0]))]
        for left, right in _runs([value > 1.15 for value in columns], GAP):
            wide, high = right - left, bottom - top
            if wide < 6 or high < 6:
                continue  # lines and frames, or a mark too small for a word
            words = wide > 1.6 * high
            most = max(columns[left:right]) * (1 if words else TEXT / SHAPE)
            if most < found[0]:
                found = (most, QRect(left, top, wide, high))
    return found


def _runs(marks: list[bool], gap: int) -> list[tuple[int, int]]:
    """Where ``marks`` holds, as (first, after the last); gaps of up to ``gap`` are passed over."""
    found: list[tuple[int, int]] = []
    for place, mark in enumerate(marks):
        if not mark:
            continue
        if found and place - found[-1][1] <= gap:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def faint(root: QWidget) -> list[str]:
    """Words in labels, buttons and cells that are drawn with too little contrast."""
    found = []
    for widget in parts(root):
        if not widget.isEnabled() or widget.size().isEmpty():
            continue
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            _look(widget, widget.rect(), called(widget), found)
    for view in views(root):
        if view.isEnabled():
            _look_at_cells(view, found)
    return found


def _look_at_cells(view: QAbstractItemView, found: list[str]) -> None:
    port = view.viewport()
    for index, where in list(cells(view))[:40]:
        words = str(index.data() or "")
        if words:
            inside = (where & port.rect()).adjusted(2, 2, -2, -2)
            _look(port, inside, f"{called(view)}: “{words[:40]}”", found)


def _look(widget: QWidget, where: QRect, name: str, found: list[str]) -> None:
    if where.isEmpty():
        return  # what is scrolled away to its last row of pixels
    window = widget.window()
    place = where.translated(widget.mapTo(window, where.topLeft() - where.topLeft()))
    visible = place & window.rect()
    if visible != place or widget.visibleRegion().boundingRect() != widget.rect():
        return  # partly scrolled away or covered
    most, at = faintest(widget.window().grab(place).toImage())
    if most < TEXT:
        found.append(f"{name}: {most:.2f} at {at}")
