"""Columns: one small description of a column serves every role of its cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

T = TypeVar("T")
K = TypeVar("K")

_USER = int(Qt.ItemDataRole.UserRole)
#: The key of the row (an id), text.
KEY_ROLE = _USER
#: The name of a colour token for the cell's text ("danger", "muted"), or None.
TONE_ROLE = _USER + 2
#: True for words taken from the record, which are always drawn in serif.
CAPTURED_ROLE = _USER + 3
#: True for headings of groups and other emphasised cells.
STRONG_ROLE = _USER + 4
#: Name of an icon of resources/icons, or None.
ICON_ROLE = _USER + 5


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """``text`` is what a cell shows. ``spoken`` is what a screen reader says where that differs
    (shapes and dashes are not worth hearing), ``sort`` what the column is ordered by, ``tip`` a
    longer form. ``icon``, ``tone`` and ``strong`` name what the delegate draws. ``sample`` is a
    text as wide as the column has to be (none: it takes the room that is left); where room is
    short, the column with the lowest ``gives_way`` above 0 is left out first."""

    title: str
    text: Callable[[T], str]
    spoken: Callable[[T], str] | None = None
    sort: Callable[[T], str | int | float] | None = None
    tip: Callable[[T], str] | None = None
    icon: Callable[[T], str | None] | None = None
    tone: Callable[[T], str | None] | None = None
    strong: Callable[[T], bool] | None = None
    right: bool = False
    captured: bool = False
    sample: str = ""
    gives_way: int = 0


def cell(column: Column[T], item: T, key: str, role: int) -> object:
    """What ``column`` of ``item`` answers for ``role``."""
    match role:
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
            return column.text(item)
        case Qt.ItemDataRole.AccessibleTextRole:
            said = (column.spoken or column.text)(item)
            return f"{column.title}: {said}" if said and column.title else said
        case Qt.ItemDataRole.AccessibleDescriptionRole | Qt.ItemDataRole.ToolTipRole:
            return (column.tip or column.spoken or column.text)(item) or None
        case Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeading
            return side | Qt.AlignmentFlag.AlignVCenter
        case _ if role == KEY_ROLE:
            return key
        case _ if role == TONE_ROLE:
            return column.tone(item) if column.tone else None
        case _ if role == CAPTURED_ROLE:
            return column.captured
        case _ if role == STRONG_ROLE:
            return bool(column.strong and column.strong(item))
        case _ if role == ICON_ROLE:
            return column.icon(item) if column.icon else None
    return None


def ranks(column: Column[T], items: Mapping[K, T]) -> dict[K, int]:
    """The place of every item in the order of ``column``, from 0; equal items share one. Case and
    accents do not matter."""
    order = column.sort or column.text
    keys = {key: _folded(order(item)) for key, item in items.items()}
    places: dict[K, int] = {}
    place, last = 0, None
    for key, value in sorted(keys.items(), key=lambda pair: pair[1]):
        if value != last:
            place, last = len(places), value
        places[key] = place
    return places


def _folded(value: str | float) -> Any:
    if not isinstance(value, str) or value.isascii():
        return value.casefold() if isinstance(value, str) else value
    plain = unicodedata.normalize("NFKD", value.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def heading(column: Column[T], role: int) -> object:
    """What the header of ``column`` answers for ``role``."""
    match role:
        case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
            return column.title
        case Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeading
            return side | Qt.AlignmentFlag.AlignVCenter
    return None
