"""A kept letter on its way out: copied, or saved as text or as PDF. Casefile sends nothing.

It is checked once more: what a confidential source gave may have come in after it was kept.
"""

from __future__ import annotations

import secrets
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, TypeAlias

from casefile.domain.errors import UserError
from casefile.services.leaving import door
from casefile.services.leaving.door import Words

if TYPE_CHECKING:
    from casefile.domain.letters import Letter
    from casefile.services.case import Case

LetterForm: TypeAlias = Literal["text", "pdf"]

#: Countries whose offices use US Letter.
_US_PAPER = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})
_STYLE = "body { font-family: serif; font-size: 11pt; line-height: 1.35 } p { margin: 0 0 9pt 0 }"


def letter_text(case: Case, letter_id: str) -> Words:
    """A letter for the clipboard or the terminal. Raises ``UserError``: ``letter.not_found``,
    ``letter.findings``."""
    letter = _sound(case, letter_id)
    return door.leave_words(case, _departure(case, letter), letter.text, delicate=True)


def write_letter(
    case: Case, letter_id: str, out: Path, *, form: LetterForm = "text", force: bool = False
) -> Path:
    """Save a letter. Raises ``UserError``: ``letter.not_found``, ``letter.findings``,
    ``case.read_only`` (a PDF is made inside the case), ``leaving.*``."""
    letter = _sound(case, letter_id)
    data = _pdf(case, letter) if form == "pdf" else letter.text.encode("utf-8")

    def write(file: BinaryIO) -> None:
        file.write(data)

    return door.leave_file(case, _departure(case, letter), out, write, force=force)


def _sound(case: Case, letter_id: str) -> Letter:
    from casefile.services import letters

    letter = letters.get(case, letter_id)
    found = letters.findings(case, letter.request_id, letter.text)
    if found and not letter.findings_reason:
        raise UserError("letter.findings", count=len(found), words=found[0].words)
    return letter


def _departure(case: Case, letter: Letter) -> door.Departure:
    from casefile.services import requests

    agency = requests.get(case, letter.request_id).agency
    return door.Departure("letter", (), agency, f"{letter.kind} {letter.id}")


def _pdf(case: Case, letter: Letter) -> bytes:
    """Laid out by a worker, which is handed the letter as it is handed any document: sealed. On the
    paper of the law's country."""
    from casefile.services import laws, requests

    case.require_writing()
    law = laws.known(requests.get(case, letter.request_id).law)
    sealed = case.vault.add(_html(letter.text).encode("utf-8"), secrets.token_hex(8), "original")
    try:
        with case.workers.open(case.vault.open(sealed), kind="html") as session:
            a4 = law is not None and law.country not in _US_PAPER
            return b"".join(session.convert(a4=a4))
    finally:
        case.vault.remove(sealed)


def _html(text: str) -> str:
    paragraphs = (each.strip("\n") for each in text.split("\n\n"))
    body = "".join(
        f"<p>{escape(each).replace(chr(10), '<br/>')}</p>" for each in paragraphs if each.strip()
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"/>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )
