"""Tags of marks: chips, completed from the tags that there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casefile.ui.reader.token_field import Offer, TokenField


class TagField(TokenField):
    """``known`` are the case's tags, offered where one of their words begins as typed."""

    def __init__(self, name: str = "Tags", parent: QWidget | None = None) -> None:
        self.known: Sequence[str] = ()
        super().__init__(name, "Add a tag", self._found, parted, parent)

    def _found(self, typed: str) -> Sequence[Offer]:
        wanted = typed.casefold()
        if not wanted:
            return ()
        return [
            Offer(tag)
            for tag in self.known
            if any(word.startswith(wanted) for word in (tag.casefold(), *tag.casefold().split()))
        ]


def parted(text: str) -> list[str]:
    """Tags as typed: parted by commas or semicolons, blanks tidied."""
    return [" ".join(part.split()) for part in text.replace(";", ",").split(",") if part.strip()]
