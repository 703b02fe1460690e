"""Verbs about people and what is to be done with them: source, followup."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from casefile.cli import opening, passphrases
from casefile.cli.answers import Answer, table
from casefile.cli.arguments import WrongUsage
from casefile.domain.errors import UserError

if TYPE_CHECKING:
    from casefile.domain.followups import FollowUp
    from casefile.domain.people import Source

_NOT_AN_ARGUMENT = (
    "The name of a confidential source is never an argument (the shell keeps it): use --name-file."
)
_LINKS = ("document", "annotation", "quote", "source", "request")


def source_verb(arguments: Namespace) -> Answer:
    from casefile.services import sources

    if arguments.action == "list":
        with opening.reading(arguments) as case:
            return _sources(sources.listing(case), reveal=arguments.reveal)
    if arguments.confidential and arguments.name is not None:
        raise WrongUsage(_NOT_AN_ARGUMENT)
    fields = _fields(arguments)
    with opening.writing(arguments) as case:
        if arguments.action == "add":
            change = sources.add(case, **{"name": "", **fields})
            source_id = change.ids("source")[0]
        else:
            source_id = opening.source_id(case, arguments.source) or ""
            old = sources.get(case, source_id)
            confidential = fields.get("confidential", old.confidential)
            if arguments.name is not None and (confidential or old.confidential):
                raise WrongUsage(_NOT_AN_ARGUMENT)
            sources.edit(case, source_id, **fields)
        return _sources([sources.get(case, source_id)], reveal=False)


def _fields(arguments: Namespace) -> dict[str, Any]:
    """What was given of a source."""
    fields: dict[str, Any] = {
        "name": arguments.name,
        "code_name": arguments.code_name,
        "confidential": arguments.confidential,
        "organisation": arguments.organisation,
        "terms": arguments.terms,
        "attribution": arguments.attribution,
    }
    if arguments.name_file is not None:
        fields["name"] = passphrases.read_line(arguments.name_file)
    if arguments.aliases_file is not None:
        lines = passphrases.read_text(arguments.aliases_file).splitlines()
        fields["aliases"] = tuple(line.strip() for line in lines if line.strip())
    for name in ("contacts", "notes"):
        file = getattr(arguments, f"{name}_file")
        if file is not None:
            fields[name] = passphrases.read_text(file)
    return {name: value for name, value in fields.items() if value is not None}


def _sources(sources: list[Source], *, reveal: bool) -> Answer:
    values = [_described(source, reveal=reveal) for source in sources]
    lines = table(
        (
            source.id,
            source.name if reveal else source.label,
            f"{source.code_name} (confidential)" if source.confidential else "",
            source.terms.value,
        )
        for source in sources
    )
    return Answer({"sources": values}, lines)


def _described(source: Source, *, reveal: bool) -> dict[str, Any]:
    shown = reveal or not source.confidential
    return {
        "source": source.id,
        "name": source.name if shown else None,
        "code_name": source.code_name,
        "label": source.label,
        "confidential": source.confidential,
        "organisation": source.organisation,
        "terms": source.terms.value,
        "attribution": source.attribution,
        "aliases": list(source.aliases) if shown else None,
        "contacts": source.contacts if shown else None,
        "notes": source.notes if shown else None,
    }


def followup_verb(arguments: Namespace) -> Answer:
    from casefile.services import documents, followups

    if arguments.action == "list":
        with opening.reading(arguments) as case:
            return _followups(followups.listing(case))
    if arguments.action == "done":
        with opening.writing(arguments) as case:
            followups.set_done(case, arguments.followups, not arguments.undo)
            return _followups([followups.get(case, each) for each in arguments.followups])
    words = arguments.text if arguments.text is not None else " ".join(arguments.words)
    if not words.strip() or (arguments.text is not None and arguments.words):
        raise WrongUsage("Say in one TEXT what is to be done.")
    links = [(kind, getattr(arguments, kind)) for kind in _LINKS if getattr(arguments, kind)]
    if len(links) > 1:
        raise WrongUsage("A follow-up is about one thing.")
    due = _due(arguments.due)
    with opening.writing(arguments) as case:
        kind, about = links[0] if links else (None, None)
        if kind == "document" and about is not None:
            about = documents.find(case, about).id
        if kind == "source":
            about = opening.source_id(case, about)
        change = followups.add(
            case, words, due=due, linked_kind=kind, linked_id=about, linked_page=arguments.page
        )
        return _followups([followups.get(case, change.ids("followup")[0])])


def _due(text: str | None) -> date | None:
    """An ISO date, or the words a follow-up's line may end with (``fri``, ``27 Nov``)."""
    from casefile.domain.followup_lines import parse_line

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        due = parse_line(f"do {text}", date.today())[1]  # noqa: DTZ011 - the reporter's own day
    if due is None:
        raise UserError("date.invalid", date=text)
    return due


def _followups(followups: list[FollowUp]) -> Answer:
    values = [
        {
            "followup": each.id,
            "text": each.text,
            "due": each.due,
            "done": each.done_at is not None,
            "done_at": each.done_at,
            "about": {"kind": each.linked_kind, "id": each.linked_id, "page": each.linked_page}
            if each.linked_kind
            else None,
        }
        for each in followups
    ]
    lines = table(
        (each.id, "done" if each.done_at else each.due or "", each.text) for each in followups
    )
    return Answer({"followups": values}, lines)
