"""Verbs about what agencies keep back: withholdings, exemptions."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli import opening
from casefile.cli.answers import Answer, safe, table
from casefile.domain.errors import UserError

if TYPE_CHECKING:
    from casefile.services.withholding import Entry


def withholdings_verb(arguments: Namespace) -> Answer:
    from casefile.services import appeal_grounds, documents, withholding

    with opening.reading(arguments) as case:
        wanted = arguments.document
        document_id = documents.find(case, wanted).id if wanted is not None else None
        entries = withholding.index(case, document_id, request_id=arguments.request)
    draft = appeal_grounds.draft(entries)
    grounds = [
        {
            "code": ground.code or None,
            "description": ground.known.description if ground.known else None,
            "areas": ground.areas,
            "pages": ground.pages,
            "pages_uncounted": ground.uncounted,
            "answers": ground.answers,
            "annotations": [entry.mark.id for entry in ground.entries],
        }
        for ground in appeal_grounds.grounds(entries)
    ]
    values = {"withholdings": list(map(_entry, entries)), "grounds": grounds, "draft": draft}
    return Answer(values, map(safe, draft.splitlines()))


def exemptions_verb(arguments: Namespace) -> Answer:
    """Without a text and a law, the lists there are."""
    from casefile.services import exemptions

    law = arguments.law
    found = exemptions.for_law(law or exemptions.DEFAULT)
    if found is None:
        raise UserError("exemptions.unknown", law=law)
    if arguments.typed is None and law is None:
        lists = exemptions.vocabularies()
        values = [
            {"vocabulary": each.id, "law": each.law, "jurisdiction": each.jurisdiction,
             "codes": len(each.codes), "confidence": each.confidence}
            for each in lists
        ]  # fmt: skip
        return Answer({"vocabularies": values}, table((each.id, each.law) for each in lists))
    codes = exemptions.complete(arguments.typed or "", found.id, limit=arguments.limit)
    described = [
        {"code": code.code, "description": code.description, "kind": code.kind,
         "discretionary": code.discretionary, "vocabulary": code.vocabulary}
        for code in codes
    ]  # fmt: skip
    lines = table(((code.code, code.description) for code in codes), widest=100)
    return Answer({"vocabulary": found.id, "law": found.law, "codes": described}, lines)


def _entry(entry: Entry) -> dict[str, Any]:
    mark = entry.mark
    return {
        "annotation": mark.id,
        "document": mark.document_id,
        "title": entry.document_title,
        "page": mark.page,
        "page_label": entry.page_label,
        "extent": mark.extent.value if mark.extent else None,
        "codes": [
            {"code": code, "description": about.description if about else None,
             "known": about is not None}
            for code, about in entry.codes
        ],
        "pages": entry.pages,
        "missing_first": mark.missing_first,
        "missing_last": mark.missing_last,
        "vocabulary": mark.vocabulary,
        "comment": mark.comment,
        "quads": [list(quad.numbers()) for quad in mark.quads],
    }  # fmt: skip
