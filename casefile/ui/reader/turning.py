"""Quarter turns of a sheet, clockwise as it is looked at. Pure arithmetic, no Qt.

``width`` and ``height`` are those of the sheet before it is turned, in the unit of the points;
``turn`` is 0, 90, 180 or 270 degrees. The upper left corner of the turned sheet is the origin.
"""

from __future__ import annotations

TURNS = (0, 90, 180, 270)


def turned(x: float, y: float, width: float, height: float, turn: int) -> tuple[float, float]:
    """Where a point of the sheet lies once the sheet was turned."""
    if turn == 90:
        return height - y, x
    if turn == 180:
        return width - x, height - y
    if turn == 270:
        return y, width - x
    return x, y


def turned_back(x: float, y: float, width: float, height: float, turn: int) -> tuple[float, float]:
    """Which point of the sheet lies at a point of the turned one."""
    if turn == 90:
        return y, height - x
    if turn == 180:
        return width - x, height - y
    if turn == 270:
        return width - y, x
    return x, y
