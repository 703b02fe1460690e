"""Who may file a request under a law, to be looked at before it is filed."""

from __future__ import annotations

from dataclasses import dataclass

from casefile.domain.laws import Law

_MUST_BE = {"citizens": "a citizen", "residents": "a resident"}


@dataclass(frozen=True, slots=True)
class WhoMay:
    """``words`` for the reporter; ``confirm`` is what the requester of record must be, empty where
    anyone may ask."""

    words: str
    confirm: str = ""


def who_may(law: Law) -> WhoMay:
    """What the law's file says of requesters."""
    confirm = _MUST_BE.get(law.who_may_request, "")
    words = f"Only {law.who_may_request} may ask under this law." if confirm else "Anyone may ask."
    return WhoMay(" ".join(filter(None, (words, law.who_note))), confirm)
