"""Copies quotes with their citation. Words leave through the one door like everything else."""

from __future__ import annotations

from collections.abc import Sequence

from casefile.domain.errors import UserError
from casefile.services.leaving import clipboard_text
from casefile.services.leaving.door import Words
from casefile.ui import clipboard
from casefile.ui.models.words import counted
from casefile.ui.parts import Notice
from casefile.ui.session import CaseSession

ONLY_TELLS = False


def copy_with_citation(session: CaseSession, keys: Sequence[str], notice: Notice) -> None:
    """Put the quotes with ``keys`` on the clipboard, each with where it stands."""
    case, wanted = session.case, list(keys)
    notice.clear()

    def told(error: UserError) -> None:
        notice.show_error(error)

    def done(copied: Words) -> None:
        clipboard.keeper().put(copied.text, sensitive=copied.delicate)
        session.toast.emit(f"{counted(len(wanted), 'quote')} copied with citation", ONLY_TELLS)

    session.tasks.run(lambda: clipboard_text.quotes_text(case, wanted), done, told, owner=notice)
