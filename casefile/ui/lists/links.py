"""Opens what a follow-up or a search hit is about."""

from __future__ import annotations

from PySide6.QtCore import QObject

from casefile.services import annotating, requests
from casefile.ui.session import CaseSession


def open_linked(
    session: CaseSession, kind: str, item_id: str, page: int | None, owner: QObject
) -> None:
    """Documents open in the reader, marks at their place, what belongs to a request with it, the
    rest in its own screen."""
    if kind == "document":
        session.open_document(item_id, page)
    elif kind == "annotation":
        case = session.case
        session.tasks.run(
            lambda: annotating.get(case, item_id),
            lambda mark: session.open_document(mark.document_id, mark.page, None, mark.quads),
            owner=owner,
        )
    elif kind in ("request_event", "letter"):
        case, shown = session.case, "letters" if kind == "letter" else "request"
        session.tasks.run(
            lambda: requests.owner(case, kind, item_id),
            lambda request_id: session.open_record(shown, request_id),
            owner=owner,
        )
    else:
        session.open_record(kind, item_id)
