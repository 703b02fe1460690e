"""Verbs about records requests."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from casefile.cli import opening, passphrases
from casefile.cli.answers import Answer, safe
from casefile.cli.arguments import WrongUsage
from casefile.cli.fee_answers import fees_answer, fees_lines
from casefile.cli.request_answers import (
    clock_lines,
    event_answer,
    event_lines,
    forecast_answer,
    ledger_answer,
    ledger_lines,
    request_answer,
    request_lines,
)
from casefile.cli.request_options import EVENT_FIELDS, FIELDS
from casefile.domain.counting import FIRST_YEAR, LAST_YEAR
from casefile.domain.requests import Bucket, EventKind

if TYPE_CHECKING:
    from casefile.domain.changes import Change
    from casefile.domain.requests import RequestEvent
    from casefile.services.case import Case
    from casefile.services.deadlines import RequestView


def request_verb(arguments: Namespace) -> Answer:
    does = {
        "add": _add, "edit": _edit, "event": _event, "refer": _event,
        "event-edit": _event_edit, "event-delete": _event_delete,
        "list": _list, "show": _show, "ledger": _ledger,
    }  # fmt: skip
    return does[arguments.action](arguments)


def day_of(arguments: Namespace) -> date:
    """The day on which the answer is to hold: ``--as-of``, else the reporter's own today."""
    if arguments.as_of is not None:
        day = date.fromisoformat(arguments.as_of)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise WrongUsage(f"--as-of takes a day from {FIRST_YEAR} to {LAST_YEAR}.")
        return day
    return date.today()  # noqa: DTZ011 - the reporter's own day


def _list(arguments: Namespace) -> Answer:
    from casefile.services import deadlines

    with opening.reading(arguments) as case:
        return _requests(deadlines.overview(case, day_of(arguments)))


def _add(arguments: Namespace) -> Answer:
    from casefile.services import requests

    sent, received = arguments.sent, arguments.received
    if sent and received and received < sent:
        raise WrongUsage("A request is not received before it is sent.")
    fields = _fields(arguments)
    with opening.writing(arguments) as case:
        added = requests.add(case, sent_on=sent, received_on=received, **fields)
        return _touched(case, added.ids("request")[0], arguments)


def _edit(arguments: Namespace) -> Answer:
    from casefile.services import requests

    fields = _fields(arguments)
    with opening.writing(arguments) as case:
        requests.edit(case, arguments.request, **fields)
        return _touched(case, arguments.request, arguments)


def _fields(arguments: Namespace) -> dict[str, Any]:
    """What was given of a request."""
    fields: dict[str, Any] = {
        field: getattr(arguments, option)
        for option, field in FIELDS.items()
        if getattr(arguments, option) is not None
    }
    if arguments.tracking_number is not None:
        fields["tracking_numbers"] = tuple(arguments.tracking_number)
    if arguments.fee_ceiling is not None:
        fields["fee_ceiling"], fields["currency"] = arguments.fee_ceiling
    if arguments.text_file is not None:
        fields["text"] = passphrases.read_text(arguments.text_file)
    return fields


def _event(arguments: Namespace) -> Answer:
    from casefile.services import request_events

    kind = EventKind.REFERRAL if arguments.action == "refer" else arguments.kind
    _agree(arguments, kind)
    with opening.writing(arguments) as case:
        fields = _event_fields(case, arguments, arguments.request)
        if kind is EventKind.REFERRAL:
            change = request_events.refer(case, arguments.request, **_referred(arguments, fields))
        elif kind in _DECIDING:
            change = _decide(case, arguments, kind)
        else:
            change = request_events.log(case, arguments.request, kind, **fields)
        event = request_events.get(case, change.ids("request_event")[0])
        return _logged(case, event, arguments)


def _event_fields(case: Case, arguments: Namespace, request_id: str) -> dict[str, Any]:
    """What was given of an event."""
    from casefile.services import documents

    fields = {
        name: value
        for name in EVENT_FIELDS
        if (value := getattr(arguments, name, None)) is not None
    }
    _known_clock(case, request_id, fields.get("clock"))
    if arguments.document:
        fields["documents"] = tuple(documents.find(case, each).id for each in arguments.document)
    if getattr(arguments, "amount", None) is not None:
        fields["amount"], fields["currency"] = arguments.amount
    if getattr(arguments, "limit", None) is not None:
        fields["limit_on"] = arguments.limit
    return fields


def _event_edit(arguments: Namespace) -> Answer:
    from casefile.services import request_events

    with opening.writing(arguments) as case:
        event = request_events.get(case, arguments.event)
        fields = _event_fields(case, arguments, event.request_id)
        if arguments.kind is not None:
            fields["kind"] = arguments.kind
        request_events.edit(case, event.id, **fields)
        return _logged(case, request_events.get(case, event.id), arguments)


def _event_delete(arguments: Namespace) -> Answer:
    from casefile.services import request_events

    with opening.writing(arguments) as case:
        event = request_events.get(case, arguments.event)
        request_events.delete(case, event.id)
        return _logged(case, request_events.get(case, event.id), arguments)


#: What the reporter says of a clock, and the options without which it says nothing.
_DECIDING = {
    EventKind.FACT: ("clock", "outcome"),
    EventKind.OVERRIDE: ("clock", "until"),
    EventKind.GIVEN_UP: ("clock",),
    EventKind.SNOOZED: ("until",),
}


def _agree(arguments: Namespace, kind: EventKind) -> None:
    """Refuse options that make no sense together."""
    missing = [name for name in _DECIDING.get(kind, ()) if not getattr(arguments, name)]
    if missing:
        needed = " and ".join(f"--{name}" for name in missing)
        raise WrongUsage(f"An event of the kind {kind.value} needs {needed}.")
    if kind is EventKind.FACT and arguments.outcome not in ("yes", "no"):
        raise WrongUsage("A fact is --outcome yes or --outcome no.")
    if kind is EventKind.REFERRAL:
        if not arguments.agency:
            raise WrongUsage("Say with --agency to whom the records were referred.")
    elif arguments.agency or arguments.tracking_number or arguments.law:
        raise WrongUsage("Only a referral has an agency, a number and a law of its own.")


def _known_clock(case: Case, request_id: str, clock: str | None) -> None:
    """A clock that the request's law does not know would be said of nothing."""
    from casefile.services import deadlines

    if clock is None:
        return
    view = deadlines.view(case, request_id, date.today())  # noqa: DTZ011 - any day knows them
    known = [each.rule.id for each in view.clocks]
    if view.law is not None and clock not in known:
        raise WrongUsage(f"The request's law has no clock {clock}: {', '.join(known)}.")


def _referred(arguments: Namespace, fields: dict[str, Any]) -> dict[str, Any]:
    return {
        **fields,
        "agency": arguments.agency,
        "tracking_number": arguments.tracking_number or "",
        "law": arguments.law,
    }


def _decide(case: Case, arguments: Namespace, kind: EventKind) -> Change:
    from casefile.services import request_events

    request_id, clock, note = arguments.request, arguments.clock, arguments.note or ""
    letter = arguments.answers
    if kind is EventKind.FACT:
        return request_events.answer_fact(case, request_id, clock, yes=arguments.outcome == "yes")
    if kind is EventKind.OVERRIDE:
        return request_events.override(case, request_id, clock, arguments.until, note, letter)
    if kind is EventKind.GIVEN_UP:
        return request_events.give_up(case, request_id, clock, note, letter)
    return request_events.snooze(case, request_id, arguments.until)


def _logged(case: Case, event: RequestEvent, arguments: Namespace) -> Answer:
    from casefile.services import deadlines

    views = [deadlines.view(case, event.request_id, day_of(arguments))]
    if event.child_id:
        views.append(deadlines.view(case, event.child_id, day_of(arguments)))
    values = {"requests": [request_answer(each) for each in views], "event": event_answer(event)}
    return Answer(values, [*event_lines([event]), *request_lines(views)])


def _show(arguments: Namespace) -> Answer:
    from casefile.services import deadlines, fees, forecast, page_ledger

    with opening.reading(arguments) as case:
        today = day_of(arguments)
        view = deadlines.view(case, arguments.request, today)
        money = fees.of_request(view, today)
        expected = forecast_answer(forecast.of_request(case, view.request.id, today))
        ledger = ledger_answer(
            page_ledger.totals(case, view.request.id), page_ledger.listing(case, view.request.id)
        )
        values = {
            **request_answer(view),
            "text": view.request.text,
            "events": [event_answer(each) for each in view.events],
            "ledger": ledger,
            "forecast": expected,
            "fees": fees_answer(money),
        }
        lines = [
            *request_lines([view]),
            f"Next: {view.next_step.value}",
            *(f"Suit: {safe(each)}" for each in values["standing"]),
            expected["sentence"],
            *fees_lines(money),
            *event_lines(view.events),
            *clock_lines(view.clocks),
            *ledger_lines(ledger),
        ]
        return Answer({"requests": [values]}, lines)


def _ledger(arguments: Namespace) -> Answer:
    from casefile.services import page_ledger

    putting, taking = arguments.put is not None, bool(arguments.take)
    if putting != (arguments.pages is not None):
        raise WrongUsage("To add pages say --put and how many --pages.")
    open_case = opening.writing if putting or taking else opening.reading
    with open_case(arguments) as case:
        if putting:
            details = _entry(case, arguments)
            page_ledger.add(
                case, arguments.request, Bucket(arguments.put), arguments.pages, **details
            )
        if taking:
            page_ledger.delete(case, arguments.take)
        totals = page_ledger.totals(case, arguments.request)
        ledger = ledger_answer(totals, page_ledger.listing(case, arguments.request))
        return Answer({"request": arguments.request, **ledger}, ledger_lines(ledger))


def _entry(case: Case, arguments: Namespace) -> dict[str, Any]:
    from casefile.services import documents

    names = ("first", "last", "to_whom", "duplicate_of", "note")
    details: dict[str, Any] = {n: v for n in names if (v := getattr(arguments, n)) is not None}
    if arguments.document is not None:
        details["document_id"] = documents.find(case, arguments.document).id
    return details


def _touched(case: Case, request_id: str, arguments: Namespace) -> Answer:
    from casefile.services import deadlines

    return _requests([deadlines.view(case, request_id, day_of(arguments))])


def _requests(views: list[RequestView]) -> Answer:
    return Answer({"requests": [request_answer(each) for each in views]}, request_lines(views))
