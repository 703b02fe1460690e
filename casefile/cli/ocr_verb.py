"""The verb ``ocr``: reads the words of pages that are pictures."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from casefile.cli import opening
from casefile.cli.answers import DONE, PARTLY, REFUSED, Answer, counted, job, safe, told

if TYPE_CHECKING:
    from casefile.store.ocr import FailedPage


def ocr_verb(arguments: Namespace) -> Answer:
    from casefile.cli.arguments import WrongUsage
    from casefile.services import documents, ocr
    from casefile.services.ocr_run import run

    if arguments.languages and not arguments.documents:
        raise WrongUsage("--languages is chosen for documents: name them.")
    with opening.writing(arguments, parsing=True) as case, job() as context:
        only = [documents.find(case, each).id for each in arguments.documents] or None
        if arguments.languages and only:
            wanted = [code.strip() for code in arguments.languages.split(",") if code.strip()]
            ocr.set_languages(case, only, wanted)
        if arguments.again:
            ocr.try_again(case, only)
        report = run(case, only, context)
    values = {
        "pages_done": report.done,
        "pages_waiting": report.waiting,
        "failed": [_failed(page) for page in report.failed],
        "cancelled": report.cancelled,
    }
    lines = [f"{counted(report.done, 'page')} read, {report.waiting:,} waiting."]
    lines += [
        f"  not read: {safe(page.title)}{f', p. {page.page}' if page.page else ''}: {page.reason}"
        for page in report.failed
    ]
    if report.cancelled:
        return Answer(values, lines, PARTLY if report.done else REFUSED, told("ocr.stopped"))
    if report.failed:
        return Answer(values, lines, PARTLY, told("ocr.partly"))
    return Answer(values, lines, DONE)


def _failed(page: FailedPage) -> dict[str, object]:
    return {
        "document": page.document_id,
        "title": page.title,
        "page": page.page or None,
        "reason": page.reason,
    }
