"""Letters about a request: drafted from what the case knows, checked, kept. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.letters import Letter, LetterFacts, LetterKind
from casefile.services import letter_check, letter_facts, letter_templates
from casefile.services.keeping import KEEP, Kept
from casefile.services.letter_facts import LetterChoices
from casefile.store import letters, requests, trash
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.domain.telltale import Finding
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

__all__ = ["LetterChoices", "LetterKind"]


def draft(case: Case, request_id: str, kind: LetterKind, choices: LetterChoices) -> str:
    """The letter, filled in and not stored. Raises ``UserError``: ``request.not_found``,
    ``letter.template``, ``letter.too_long``."""
    facts = facts_for(case, request_id, kind, choices)
    return letter_templates.render(template(case, facts.law_id, kind), facts)


def facts_for(case: Case, request_id: str, kind: LetterKind, choices: LetterChoices) -> LetterFacts:
    """What a letter is filled in with. Raises ``UserError("request.not_found")``."""
    return letter_facts.gather(case, request_id, kind, choices)


def findings(case: Case, request_id: str, text: str) -> tuple[Finding, ...]:
    """What in a letter to this request's agency only a confidential source can have told. Raises
    ``UserError("request.not_found")``."""
    return letter_check.findings(case, text, letter_facts.known(case, request_id))


def keep(
    case: Case, request_id: str, kind: LetterKind, text: str, title: str = "", reason: str = ""
) -> Change:
    """Store a letter with its request. One with findings needs a reason, which is stored. Raises
    ``UserError``: ``request.not_found``, ``letter.empty``, ``letter.too_long``,
    ``letter.findings``."""
    _require(text)
    found = findings(case, request_id, text)
    if found and not reason.strip():
        raise UserError("letter.findings", count=len(found), words=found[0].words)
    at = now()
    letter = Letter(
        new_id(), request_id, kind, title.strip(), text, reason.strip() if found else "",
        at, at, None,
    )  # fmt: skip

    def work(tx: Transaction) -> None:
        requests.get(tx, request_id)
        letters.insert(tx, letter)

    return case.store.edit("letter.add", work)


def edit(
    case: Case,
    letter_id: str,
    *,
    text: str | Kept = KEEP,
    title: str | Kept = KEEP,
    reason: str = "",
) -> Change:
    """Change what is given; new words are checked anew. The reason given before holds while nothing
    new is found. Raises ``UserError``: ``letter.not_found``, and as ``keep``."""
    old = get(case, letter_id)
    given = reason.strip() or old.findings_reason
    if text is not KEEP:
        _require(text)
        found = _told(findings(case, old.request_id, text))
        before = _told(findings(case, old.request_id, old.text)) if found else frozenset()
        if found and not reason.strip() and (not given or not found <= before):
            raise UserError("letter.findings", count=len(found), words=sorted(found)[0])
        given = given if found else ""
    changed = replace(
        old,
        text=old.text if text is KEEP else text,
        title=old.title if title is KEEP else title.strip(),
        findings_reason=given,
        modified_at=now(),
    )
    return case.store.edit("letter.edit", lambda tx: letters.update(tx, changed))


def delete(case: Case, ids: Iterable[str]) -> Change:
    """Move letters to the trash. Raises
    ``UserError("letter.not_found")``."""

    return case.store.edit("letter.delete", lambda tx: trash.delete(tx, "letter", ids, now()))


def listing(case: Case, request_id: str) -> list[Letter]:
    """The letters of a request, in the order in which they were made."""
    return letters.of_request(case.reader(), request_id)


def get(case: Case, letter_id: str) -> Letter:
    """Raises ``UserError("letter.not_found")``."""
    return letters.get(case.reader(), letter_id)


def template(case: Case, law_id: str, kind: LetterKind) -> str:
    """The reporter's own template for a law in this case, or else ours."""
    return letters.template(case.reader(), law_id, kind) or letter_templates.source(law_id, kind)


def edit_template(case: Case, law_id: str, kind: LetterKind, text: str) -> Change:
    """Use this template instead of ours from now on. Raises ``UserError``: ``letter.template``,
    ``letter.too_long``."""
    letter_templates.check(text)
    return case.store.edit(
        "letter.template_edit", lambda tx: letters.keep_template(tx, law_id, kind, text)
    )


def reset_template(case: Case, law_id: str, kind: LetterKind) -> Change:
    """Back to ours."""
    return case.store.edit(
        "letter.template_reset", lambda tx: letters.forget_template(tx, law_id, kind)
    )


def _require(text: str) -> None:
    if not text.strip():
        raise UserError("letter.empty")
    if len(text) > letter_templates.MOST_TEXT:
        raise UserError("letter.too_long")


def _told(found: Iterable[Finding]) -> frozenset[str]:
    return frozenset(each.words for each in found)
