"""Small widgets that every screen uses."""

from casefile.ui.parts.buttons import IconButton, button
from casefile.ui.parts.chips import CHIPS, Chip, ChipLook, chip_size, paint_chip
from casefile.ui.parts.clearing import make_clearable
from casefile.ui.parts.empty import EmptyState
from casefile.ui.parts.notice import Notice
from casefile.ui.parts.rows import RoomyRows
from casefile.ui.parts.sizes import fit_dialog, spacer
from casefile.ui.parts.wheel import leave_wheel
from casefile.ui.parts.words import (
    ElidedLabel,
    caption,
    heading,
    label,
    section,
    set_role,
    set_tip,
    title,
)

__all__ = [
    "CHIPS",
    "Chip",
    "ChipLook",
    "ElidedLabel",
    "EmptyState",
    "IconButton",
    "Notice",
    "RoomyRows",
    "button",
    "caption",
    "chip_size",
    "fit_dialog",
    "heading",
    "label",
    "leave_wheel",
    "make_clearable",
    "paint_chip",
    "section",
    "set_role",
    "set_tip",
    "spacer",
    "title",
]
