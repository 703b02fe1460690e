"""The verb about quotes."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli import opening, passphrases
from casefile.cli.answers import DONE, REFUSED, Answer, job, table
from casefile.cli.arguments import WrongUsage
from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box

if TYPE_CHECKING:
    from casefile.domain.quotes import Quote
    from casefile.services.case import Case


def quote_verb(arguments: Namespace) -> Answer:
    from casefile.services import quoting

    if arguments.action == "list":
        with opening.reading(arguments) as case:
            return _quotes(case, quoting.listing(case))
    if arguments.action == "verify":
        return _verified(arguments)
    if arguments.action == "add":
        _check_quote(arguments)
    parsing = any(getattr(arguments, name, None) is not None for name in ("find", "box"))
    with opening.writing(arguments, parsing=parsing) as case:
        arguments.source = opening.source_id(case, arguments.source)
        if arguments.action == "add":
            change = _add_quote(case, arguments)
            quote_id = change.ids("quote")[0]
        else:
            quote_id = arguments.quote
        _edit_quote(case, quote_id, arguments, new=arguments.action == "add")
        return _quotes(case, [quoting.get(case, quote_id)])


def _verified(arguments: Namespace) -> Answer:
    """Status 1 where a page does not say what was captured."""
    from casefile.services import rechecking, sources

    with opening.reading(arguments, parsing=True) as case, job() as context:
        found = rechecking.recheck(case, arguments.quotes or None, context)
        labels = sources.speaker_labels(case)
    values = [
        {
            **_described(each.quote, labels),
            "check": each.outcome.value,
            "page_says": each.now or None,
            "ocr": each.ocr,
        }
        for each in found
    ]
    lines = table(
        (each.quote.id, each.outcome.value.replace("_", " "), f"“{_one_line(each.quote.text)}”",
         f"now “{_one_line(each.now)}”" if each.now else "")
        for each in found
    )  # fmt: skip
    bad = any(each.is_problem for each in found)
    return Answer({"quotes": values}, lines, status=REFUSED if bad else DONE)


def _check_quote(arguments: Namespace) -> None:
    place = arguments.find if arguments.box is None else arguments.box
    page = (arguments.document, arguments.page, place)
    words = (arguments.text, arguments.text_file)
    ways = [
        arguments.annotation is not None,
        any(each is not None for each in page),
        any(each is not None for each in words),
    ]
    both = None not in words or None not in (arguments.find, arguments.box)
    if sum(ways) != 1 or (ways[1] and None in page) or both:
        raise WrongUsage(
            "A quote comes from --annotation, from --document with --page and --find (or --box), "
            "or from --text."
        )
    if arguments.spoken_on is not None and not ways[2]:
        raise WrongUsage("--spoken-on goes with --text, the words of a conversation.")


def _add_quote(case: Case, arguments: Namespace) -> Change:
    from casefile.services import documents, quoting

    said: dict[str, Any] = {
        "source_id": arguments.source, "terms": arguments.terms, "note": arguments.note or ""
    }  # fmt: skip
    if arguments.annotation is not None:
        return quoting.add_from_annotation(case, arguments.annotation, **said)
    if arguments.document is not None:
        document = documents.find(case, arguments.document)
        if arguments.box is not None:
            box = Box.parse(arguments.box)
            return quoting.add_from_region(case, document.id, arguments.page, box, **said)
        return quoting.add_from_find(
            case, document.id, arguments.page, arguments.find, nth=arguments.nth, **said
        )
    words = arguments.text
    if words is None:
        words = passphrases.read_text(arguments.text_file)
    return quoting.add_from_conversation(case, words, spoken_on=arguments.spoken_on, **said)


def _edit_quote(case: Case, quote_id: str, arguments: Namespace, *, new: bool) -> None:
    from casefile.services import quoting

    changes: dict[str, Any] = {}
    if not new:
        fields = {
            "source_id": arguments.source, "terms": arguments.terms, "note": arguments.note,
            "edited": arguments.edited,
        }  # fmt: skip
        changes = {name: value for name, value in fields.items() if value is not None}
    if arguments.embargo_until is not None:
        changes["embargo_until"] = _moment(arguments.embargo_until)
    if changes:
        quoting.edit(case, quote_id, **changes)


def _moment(text: str) -> str | None:
    from datetime import datetime

    if not text:
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise UserError("date.invalid", date=text) from None
    return text


def _quotes(case: Case, quotes: list[Quote]) -> Answer:
    from casefile.services import sources

    labels = sources.speaker_labels(case)
    values = [_described(quote, labels) for quote in quotes]
    lines = table(
        (
            quote.id,
            labels.get(quote.source_id or "", ""),
            quote.state.value,
            quote.terms.value,
            f"“{_one_line(quote.words)}”",
        )
        for quote in quotes
    )
    return Answer({"quotes": values}, lines)


def _described(quote: Quote, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "quote": quote.id,
        "text": quote.text,
        "edited": quote.edited or None,
        "region": quote.is_region,
        "source": quote.source_id,
        "speaker": labels.get(quote.source_id or ""),
        "document": quote.document_id,
        "page": quote.page,
        "annotation": quote.annotation_id,
        "quads": [list(quad.numbers()) for quad in quote.quads],
        "spoken_on": quote.spoken_on,
        "state": quote.state.value,
        "terms": quote.terms.value,
        "embargo_until": quote.embargo_until,
        "note": quote.note,
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
