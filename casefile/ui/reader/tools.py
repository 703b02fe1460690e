"""What a drag or click on the page means: one tool at a time is in hand."""

from __future__ import annotations

from enum import StrEnum

from casefile.domain.annotations import AnnotationKind


class Tool(StrEnum):
    """``TEXT`` selects words and marks; every other tool makes something, once or (ink) until it
    is laid down."""

    TEXT = "text"
    NOTE = "note"
    INK = "ink"
    BOX = "box"
    REGION = "region"
    WITHHOLDING = "withholding"
    REDACTION = "redaction"


#: Tools that take an area: dragged with the mouse, or placed with the arrow keys.
AREAS = frozenset({Tool.BOX, Tool.REGION, Tool.WITHHOLDING, Tool.REDACTION})
#: The marks that tools make of an area at once; the others ask first what is wanted.
AREA_KINDS = {Tool.BOX: AnnotationKind.BOX, Tool.REDACTION: AnnotationKind.REDACTION}

_KEYS = "or arrow keys (Shift sizes, Ctrl is finer) and Enter. Esc stops."
HINTS = {
    Tool.NOTE: "Click where the note goes. Esc stops.",
    Tool.INK: "Draw on the page. Enter or Esc ends the drawing.",
    Tool.BOX: f"Drag a box, {_KEYS}",
    Tool.REGION: f"Drag around a table or picture, {_KEYS}",
    Tool.WITHHOLDING: f"Drag over what was withheld, {_KEYS}",
    Tool.REDACTION: f"Drag over what is to be redacted, {_KEYS}",
}
