"""Words read from pages that are pictures (OCR): what there is, what waits, in which languages.
Reading them: ``ocr_run``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.pdf import languages as models
from casefile.pdf.values import PageText, TextLine
from casefile.services import settings
from casefile.services.wording import catalogue, explain
from casefile.store import documents
from casefile.store import ocr as rows
from casefile.store.ocr import FailedPage

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

_AUTOMATIC: Final = "ocr.automatic"
_PAUSED: Final = "ocr.paused"


def words(case: Case, document_id: str, page: int) -> PageText | None:
    """The words that OCR read on a page, with their places and confidence; None without any."""
    found = rows.result(case.reader(), document_id, page)
    if found is None:
        return None
    return PageText(
        tuple(
            TextLine(line.text, tuple(line.quads()), line.block, line.confidences)
            for line in found.lines
        )
    )


def confidence(case: Case, document_id: str, page: int) -> float | None:
    """How sure OCR was of a page's words, from 0 to 100; None where it read none."""
    return rows.confidence(case.reader(), document_id, page)


def count_waiting(case: Case, only: Collection[str] | None = None) -> int:
    """Pages in the queue: of the documents named (however they were brought in), or of all that
    were not brought in with OCR off."""
    return rows.count_waiting(case.reader(), only)


def waits(case: Case, document_id: str, page: int) -> bool:
    """Whether a page is yet to be read."""
    return rows.page_waits(case.reader(), document_id, page)


def failed(case: Case, only: Collection[str] | None = None) -> list[FailedPage]:
    """The pages that could not be read; ``reason`` is a sentence."""
    return [
        FailedPage(page.document_id, page.title, page.page, reason_words(page.reason))
        for page in rows.failed(case.reader(), only)
    ]


def reason_words(reason: str) -> str:
    """Why a page could not be read, as a sentence."""
    code, _, detail = reason.partition("|")
    if code == "page.undrawable":
        known = f"ocr.{detail}"
        return explain(UserError(known if known in catalogue() else "ocr.failed")).what
    return explain(UserError(code, language=detail)).what


def try_again(case: Case, only: Collection[str] | None = None) -> int:
    """Put pages that failed back into the queue; returns how many."""
    return case.store.write(lambda tx: rows.try_again(tx, only))


# Choices -----------------------------------------------------------------------------------------


def automatic(case: Case) -> bool:
    """Whether pages are read by themselves while the window is open."""
    return settings.get(case, _AUTOMATIC, default=True) is not False


def set_automatic(case: Case, *, on: bool) -> None:
    settings.put(case, _AUTOMATIC, on)


def paused(case: Case) -> bool:
    """Whether the reporter has paused reading; it stays paused over a restart."""
    return settings.get(case, _PAUSED, default=False) is True


def set_paused(case: Case, *, on: bool) -> None:
    settings.put(case, _PAUSED, on)


def installed() -> list[str]:
    """Codes of the languages that can be read on this computer."""
    return sorted(models.installed())


def languages(case: Case, document_id: str) -> tuple[str, ...]:
    """The languages a document is read in (codes). Raises ``UserError("document.not_found")``."""
    return models.parse(documents.ocr_languages(case.reader(), document_id))


def set_languages(case: Case, ids: Iterable[str], wanted: Collection[str]) -> Change:
    """Choose the languages in which documents are read; pages that were read in others wait again.
    Raises ``UserError``: ``document.not_found``, ``ocr.language_missing``."""
    chosen, there = list(ids), models.installed()
    for code in wanted:
        if code not in there:
            raise UserError("ocr.language_missing", language=code)
    listed = "+".join(list(wanted)[: models.MOST])

    def work(tx: Transaction) -> None:
        for document_id in chosen:
            if documents.ocr_languages(tx, document_id) != listed:
                tx.update("document", document_id, {"ocr_languages": listed})
                rows.read_again(tx, document_id)

    return case.store.edit("document.languages", work)
