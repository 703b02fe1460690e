"""Tells "leave this field as it is" from "make it empty" in edits."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal, TypeAlias


class Keep(Enum):
    """The type of ``KEEP``."""

    KEEP = "keep"


Kept: TypeAlias = Literal[Keep.KEEP]

#: The default of every optional field of an edit: do not touch it.
KEEP: Final = Keep.KEEP


def given(**fields: object) -> dict[str, object]:
    """Only the fields that are to be changed."""
    return {name: value for name, value in fields.items() if value is not KEEP}
