"""The night page: which colours paper and ink become, for the process that draws pages and for the
window that draws marks on them. 0xRRGGBB."""

from __future__ import annotations

PAPER = 0x1A1A18
INK = 0xF2F0EA
