"""Copying selected words: with their citation, and through the one door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casefile.ui import clipboard
from casefile.ui.reader.document import OpenDocument
from casefile.ui.reader.selection import Passage

if TYPE_CHECKING:
    from casefile.services.leaving.door import Words
    from casefile.ui.session import CaseSession

#: A toast that offers nothing.
ONLY_TELLS = False


def copy_passages(
    session: CaseSession, document: OpenDocument, passages: Sequence[Passage], *, cited: bool
) -> None:
    """Put the words on the clipboard as soon as the door has let them out."""
    from casefile.services.leaving import clipboard_text

    case, page = session.case, passages[0].page
    text = " ".join(passage.text for passage in passages)

    def put(words: Words) -> None:
        clipboard.put(session, words.text, sensitive=words.delicate)
        session.toast.emit(f"Copied {'with' if cited else 'without'} citation", ONLY_TELLS)

    session.tasks.run(
        lambda: clipboard_text.selection_text(case, document.id, page, text, cited=cited),
        put,
        owner=document,
    )


def copy_address(session: CaseSession, document: OpenDocument, page: int, address: str) -> None:
    """Put the address that a link leads to on the clipboard, through the door."""
    from casefile.services.leaving import clipboard_text

    case = session.case

    def put(words: Words) -> None:
        clipboard.put(session, words.text, sensitive=words.delicate)
        session.toast.emit("Address copied", ONLY_TELLS)

    session.tasks.run(
        lambda: clipboard_text.address_text(case, document.id, page, address), put, owner=document
    )
