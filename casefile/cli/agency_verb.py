"""The verb ``agency``: the address book."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from casefile.cli import opening
from casefile.cli.answers import Answer, table

if TYPE_CHECKING:
    from casefile.domain.requests import Agency

_WORDS = ("name", "address", "email", "portal", "phone", "notes", "zone", "closes_at")
_LISTS = ("holidays", "closures")


def agency_verb(arguments: Namespace) -> Answer:
    from casefile.services import requests

    if arguments.action == "list":
        with opening.reading(arguments) as case:
            return _agencies(requests.agencies(case))
    details: dict[str, Any] = {
        name: value for name in _WORDS if (value := getattr(arguments, name)) is not None
    }
    for name in _LISTS:
        if (listed := getattr(arguments, name)) is not None:
            details[name] = tuple(each.strip() for each in listed.split(",") if each.strip())
    with opening.writing(arguments) as case:
        requests.edit_agency(case, arguments.agency, **details)
        return _agencies([e for e in requests.agencies(case) if e.id == arguments.agency])


def _agencies(agencies: list[Agency]) -> Answer:
    values = [
        {
            "agency": each.id,
            **{name: getattr(each, name) for name in _WORDS},
            **{name: list(getattr(each, name)) for name in _LISTS},
        }
        for each in agencies
    ]
    return Answer(
        {"agencies": values},
        table((each.id, each.name, each.email, each.zone) for each in agencies),
    )
