"""Icons: Lucide's SVGs, drawn in the colour of a theme token.

Lucide draws with ``currentColor``, which Qt's renderer takes for black: it is replaced by the
token's colour before rendering.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from casefile import shipped
from casefile.ui import theme

#: Icons that point along the direction of reading.
_DIRECTED = frozenset(
    {
        "arrow-left", "arrow-right", "chevron-left", "chevron-right", "undo-2", "redo-2",
        "panel-left", "panel-right", "panel-left-close", "list", "list-checks", "external-link",
        "send", "table-of-contents",
    }
)  # fmt: skip
_SIZES = (16, 24)


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    return shipped.path("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=1024)
def _drawn(name: str, rgb: str, pixels: int, mirrored: bool) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", rgb).encode()))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if mirrored:
        painter.translate(pixels, 0)
        painter.scale(-1, 1)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


def pixmap(name: str, ink: str = "text", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon ``name`` at ``size`` device-independent pixels, sharp at device ratio ``ratio``.

    Raises ``FileNotFoundError`` for an icon that is not shipped.
    """
    mirrored = name in _DIRECTED and theme.is_right_to_left()
    rgb = theme.current().tokens.hex(ink)
    drawn = QPixmap(_drawn(name, rgb, max(1, round(size * ratio)), mirrored))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def picture(name: str, ink: str, size: int, ratio: float = 1.0) -> QIcon:
    """The icon ``name`` for a cell. Qt would tint it in a selected row, and so make it faint."""
    result = QIcon()
    drawn = pixmap(name, ink, size, ratio)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        result.addPixmap(drawn, mode)
    return result


def icon(name: str, ink: str = "text") -> QIcon:
    """The icon ``name`` in the colours of the theme in force, for sizes and ratios in use."""
    result = QIcon()
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    for size in {icon_size(units).width() for units in _SIZES}:
        drawn = pixmap(name, ink, size, ratio)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(drawn, mode)
        result.addPixmap(pixmap(name, "muted", size, ratio), QIcon.Mode.Disabled)
    return result


def set_icon(widget: QObject, name: str, ink: str = "text") -> None:
    """Give ``widget`` (a button or action) the icon, and redraw it when the theme changes."""
    widget.setProperty("icon_name", name)
    widget.setProperty("icon_ink", ink)
    _refresh(widget)
    if widget.findChild(_Follower) is None:
        theme.current().changed.connect(_Follower(widget).refresh)


def icon_size(units: int = 16) -> QSize:
    """A square that grows with the text size."""
    side = theme.current().pixels(units)
    return QSize(side, side)


class _Follower(QObject):
    """Lives and dies with the widget, so that the theme never calls into a deleted one."""

    def refresh(self) -> None:
        parent = self.parent()
        if parent is not None:
            _refresh(parent)


def _refresh(widget: QObject) -> None:
    target: _HasIcon = widget  # type: ignore[assignment]  # QAbstractButton and QAction share it
    target.setIcon(icon(str(widget.property("icon_name")), str(widget.property("icon_ink"))))
    if isinstance(widget, QAbstractButton):
        widget.setIconSize(icon_size())
