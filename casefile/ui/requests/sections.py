"""The sections of a request's record beside its timeline: Pages, Fees, Letters, Details.

A section is a widget made with ``(session, parent=None)`` that has ``show_request(view)``. It may
have ``flush()``, which hands over what was typed, and ``begin(kind)``, which starts a letter of a
kind. It may have signals by which it asks the screen for something: ``log_wanted(EventKind)`` for
the form that logs it, ``draft_wanted(kind of letter)``, ``edit_wanted(event id)`` and
``delete_wanted(key of an event's line)``. Sections are imported when they are first shown.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView
    from casefile.ui.session import CaseSession


class RequestSection(Protocol):
    """What the record asks of a section, which is a widget besides."""

    def show_request(self, view: RequestView) -> None: ...


@dataclass(frozen=True, slots=True)
class SectionKind:
    """``widget`` is the class in ``module`` that shows it; ``title`` the words of its tab."""

    id: str
    title: str
    module: str
    widget: str

    def build(self, session: CaseSession, parent: QWidget) -> QWidget:
        made = getattr(importlib.import_module(self.module), self.widget)(session, parent)
        if not (isinstance(made, QWidget) and callable(getattr(made, "show_request", None))):
            raise TypeError(f"{self.widget} is no section of a request")
        return made


#: The sections in their order; the timeline stands before them.
SECTIONS: tuple[SectionKind, ...] = (
    SectionKind("pages", "Pages", "casefile.ui.requests.pages.section", "PagesSection"),
    SectionKind("fees", "Fees", "casefile.ui.requests.fees_section", "FeesSection"),
    SectionKind("letters", "Letters", "casefile.ui.requests.letters.section", "LettersSection"),
    SectionKind("details", "Details", "casefile.ui.requests.details", "DetailsSection"),
)


def known(section_id: str) -> bool:
    """Whether there is a section of this id."""
    return any(kind.id == section_id for kind in SECTIONS)


def show(section: QWidget, view: RequestView) -> None:
    """Let a section show a request."""
    cast("RequestSection", section).show_request(view)
