"""Verbs about documents: import, documents, text, original, render, search."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefile.cli import opening, passphrases
from casefile.cli.answers import (
    DONE,
    PARTLY,
    REFUSED,
    Answer,
    counted,
    job,
    safe,
    safe_text,
    table,
    told,
)

if TYPE_CHECKING:
    from casefile.domain.documents import Document
    from casefile.services.case import Case
    from casefile.services.import_values import ImportedDocument, ImportReport
    from casefile.services.searching import SearchHit


def import_verb(arguments: Namespace) -> Answer:
    from casefile.domain.documents import Provenance
    from casefile.services.import_values import ImportChoices
    from casefile.services.importing import import_paths

    provenance = arguments.provenance or ("given" if arguments.source else "released")
    passwords: tuple[str, ...] = ()
    if arguments.document_passwords is not None:
        passwords = tuple(passphrases.read_text(arguments.document_passwords).splitlines())
    choices = ImportChoices(
        provenance=Provenance(provenance),
        request_id=arguments.request,
        passwords=tuple(filter(None, passwords)),
        ocr=arguments.ocr,
    )
    with opening.writing(arguments, parsing=True) as case, job() as context:
        choices = replace(choices, source_id=opening.source_id(case, arguments.source))
        report = import_paths(case, [Path(path) for path in arguments.paths], choices, context)
    return _imported(report)


def _imported(report: ImportReport) -> Answer:
    values = {
        "imported": [_imported_document(each) for each in report.all_in],
        "duplicates": [
            {"path": str(each.path), "document": each.document_id, "title": each.title}
            for each in report.duplicates
        ],
        "failed": [
            {"path": str(each.path), "reason": each.reason, "code": each.code}
            for each in report.failed
        ],
        "cancelled": report.cancelled,
        "originals_left_in": [str(path) for path in report.originals_left_in],
    }
    lines = [f"{counted(len(report.all_in), 'document')} imported."]
    lines += [f"  kept, not readable yet: {safe(each.path)}" for each in report.kept]
    lines += [
        f"  already here as “{safe(each.title)}”: {safe(each.path)}" for each in report.duplicates
    ]
    lines += [f"  not imported: {safe(each.path)}: {safe(each.reason)}" for each in report.failed]
    lines += [
        f"The originals are still in {safe(path)}, unencrypted."
        for path in report.originals_left_in
        if report.all_in
    ]
    some = bool(report.all_in or report.duplicates)
    if report.cancelled:
        return Answer(values, lines, PARTLY if some else REFUSED, told("import.stopped"))
    if report.failed and some:
        return Answer(values, lines, PARTLY, told("import.partly"))
    if report.failed:
        return Answer(values, lines, REFUSED, told("import.failed"))
    return Answer(values, lines, DONE)


def _imported_document(each: ImportedDocument) -> dict[str, Any]:
    from casefile.services.importing import kept_words

    document = each.document
    return {
        "document": document.id,
        "path": str(each.path),
        "title": document.title,
        "sha256": document.sha256,
        "format": document.format,
        "pages": document.pages,
        "pages_with_text": document.pages_with_text,
        "pages_awaiting_ocr": document.pages_awaiting_ocr,
        "parent": document.parent_id,
        "state": document.state.value,
        "kept_reason": kept_words(document.kept_reason) if document.kept_reason else None,
    }


def documents_verb(arguments: Namespace) -> Answer:
    from casefile.services import documents

    with opening.reading(arguments) as case:
        rows = documents.listing(case)
    values = [
        {
            **_described(row.document),
            "marks": row.marks,
            "quotes": row.quotes,
            "tags": list(row.tags),
        }
        for row in rows
    ]
    lines = table(
        (row.document.id, row.document.title, row.document.format, f"{row.document.pages:,} p.")
        for row in rows
    )
    return Answer({"documents": values}, lines)


def _described(document: Document) -> dict[str, Any]:
    return {
        "document": document.id,
        "title": document.title,
        "file_name": document.file_name,
        "sha256": document.sha256,
        "format": document.format,
        "pages": document.pages,
        "pages_awaiting_ocr": document.pages_awaiting_ocr,
        "bytes": document.bytes,
        "provenance": document.provenance.value,
        "source": document.source_id,
        "request": document.request_id,
        "parent": document.parent_id,
        "state": document.state.value,
        "added": document.added_at,
    }


def text_verb(arguments: Namespace) -> Answer:
    from casefile.services.leaving.text_out import pages_out

    with opening.reading(arguments) as case:
        document = _document(case, arguments.document)
        first = arguments.page or 1
        pages = list(pages_out(case, document.id, first, arguments.page))
    values = {
        "document": document.id,
        "pages": [
            {"page": page.number, "label": page.label, "text": page.text, "ocr": page.ocr}
            for page in pages
        ],
    }
    lines = (line for page in pages for line in (*safe_text(page.text), ""))
    return Answer(values, lines)


def original_verb(arguments: Namespace) -> Answer:
    from casefile.services.leaving.original import write_original

    with opening.reading(arguments) as case:
        document = _document(case, arguments.document)
        report = write_original(case, document.id, Path(arguments.out), force=arguments.force)
    return Answer(
        {"path": str(report.path), "sha256": report.sha256},
        [f"Wrote {safe(report.path)}, unencrypted.", f"SHA-256 {report.sha256}"],
    )


def render_verb(arguments: Namespace) -> Answer:
    from casefile.services.leaving.picture_out import write_picture

    with opening.reading(arguments, parsing=True) as case:
        document = _document(case, arguments.document)
        report = write_picture(
            case,
            document.id,
            arguments.page,
            Path(arguments.out),
            dpi=arguments.dpi,
            force=arguments.force,
        )
    return Answer(
        {"path": str(report.path), "width": report.width, "height": report.height},
        [f"Wrote {safe(report.path)}, {report.width} × {report.height} pixels, unencrypted."],
    )


def search_verb(arguments: Namespace) -> Answer:
    from casefile.services.searching import search_case

    query = " ".join(arguments.query)
    with opening.reading(arguments) as case:
        begun = time.perf_counter()
        result = search_case(case, query, arguments.limit, _kinds(arguments.kinds), arguments.count)
        milliseconds = (time.perf_counter() - begun) * 1000
    values = {
        "query": query,
        "total": result.total,
        "total_is_exact": result.total_is_exact,
        "milliseconds": round(milliseconds, 1),
        "hits": [_hit(hit) for hit in result.hits],
    }
    more = "" if result.total_is_exact else "more than "
    lines = [f"{more}{counted(result.total, 'hit')}"]
    lines += [_hit_line(hit) for hit in result.hits]
    return Answer(values, lines)


def _kinds(listed: str | None) -> list[str] | None:
    """``pages,quotes`` as the kinds the search knows, in the singular."""
    if listed is None:
        return None
    words = (word.strip().lower() for word in listed.split(","))
    kinds = (word.removesuffix("s").replace("-", "_") for word in words if word)
    return ["request_event" if kind == "event" else kind for kind in kinds]


def _hit(hit: SearchHit) -> dict[str, Any]:
    snippet, marks = _unmarked(hit.snippet)
    return {
        "kind": hit.kind,
        "id": hit.id,
        "document": hit.document_id,
        "title": hit.title,
        "page": hit.page,
        "snippet": snippet,
        "marks": marks,
    }


def _unmarked(snippet: str) -> tuple[str, list[list[int]]]:
    """The snippet as plain text, and where in it the hits begin and end."""
    from casefile.services.searching import HIT_BEGINS, HIT_ENDS

    plain, marks = "", []
    for piece in snippet.split(HIT_BEGINS):
        hit, ends, rest = piece.partition(HIT_ENDS)
        if ends:
            marks.append([len(plain), len(plain) + len(hit)])
        plain += hit + rest
    return plain, marks


def _hit_line(hit: SearchHit) -> str:
    from casefile.services.searching import HIT_BEGINS, HIT_ENDS

    on, off = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    words = "".join(
        on if c == HIT_BEGINS else off if c == HIT_ENDS else safe(" " if c.isspace() else c)
        for c in hit.snippet
    )
    place = f", p. {hit.page}" if hit.page else ""
    return f"  {hit.kind}  {safe(hit.title)}{place}: {words}"


def _document(case: Case, wanted: str) -> Document:
    from casefile.services import documents

    return documents.find(case, wanted)
