"""Verbs about records requests."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from casefile.cli import opening
from casefile.cli.answers import Answer, table

if TYPE_CHECKING:
    from casefile.services.deadlines import RequestView


def request_verb(arguments: Namespace) -> Answer:
    from casefile.services import deadlines, requests

    today = date.today()  # noqa: DTZ011 - the reporter's own day
    if arguments.action == "list":
        with opening.reading(arguments) as case:
            return _requests(deadlines.overview(case, today))
    with opening.writing(arguments) as case:
        change = requests.add(
            case,
            agency=arguments.agency,
            law=arguments.law,
            subject=arguments.subject,
            tracking_number=arguments.tracking_number,
            sent_on=arguments.sent,
        )
        return _requests([deadlines.view(case, change.ids("request")[0], today)])


def _requests(views: list[RequestView]) -> Answer:
    values: list[dict[str, Any]] = [
        {
            "request": view.request.id,
            "agency": view.request.agency,
            "law": view.request.law,
            "subject": view.request.subject,
            "tracking_number": view.request.tracking_number,
            "status": view.status.value,
            "clocks": [],
        }
        for view in views
    ]
    lines = table(
        (v.request.id, v.request.agency, v.request.law, v.request.tracking_number, v.status.value)
        for v in views
    )
    return Answer({"requests": values}, lines)
