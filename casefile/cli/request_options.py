"""The verbs and options about records requests and their time limits."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from casefile.cli.mark_options import Actions, Verb
from casefile.cli.value_types import count, day, event_kind, money
from casefile.domain.requests import Bucket, Way

#: Options of a request and the fields that they set.
FIELDS = {
    "agency": "agency",
    "law": "law",
    "subject": "subject",
    "requester": "requester",
    "on_behalf_of": "on_behalf_of",
    "scope": "scope",
    "period_from": "period_from",
    "period_to": "period_to",
    "category": "category",
    "waiver": "waiver_asked",
    "expedited": "expedited_asked",
    "certified": "expedited_certified",
    "pages_expected": "pages_expected",
}
#: Options of an event that are fields of it under the same name.
EVENT_FIELDS = (
    "dated", "sent", "received", "way", "proof", "person", "note", "appeal_offered", "pages",
    "bates_first", "bates_last", "clock", "ground", "confirmed", "until", "answers", "outcome",
    "after_hours",
)  # fmt: skip


def add(verb: Verb, actions: Actions) -> None:
    """Add these verbs; ``verb`` and ``actions`` make one that takes a case."""
    does = actions("request", "records requests", (
        ("add", "add a request"), ("edit", "change what is known of a request"),
        ("event", "log what happened to a request"),
        ("event-edit", "change an event that was logged"),
        ("event-delete", "take an event out of the timeline"),
        ("refer", "log that records were referred to another agency"),
        ("list", "list the requests"), ("show", "a request with its events, clocks and pages"),
        ("ledger", "where every promised page of a request is"),
    ))  # fmt: skip
    _request(does)
    _event(does["event"])
    does["event-delete"].add_argument("event", metavar="EVENT")
    does["event-edit"].add_argument("event", metavar="EVENT")
    does["event-edit"].add_argument("--kind", type=event_kind, metavar="KIND")
    _of_an_event(does["event-edit"])
    _refer(does["refer"])
    _ledger(does["ledger"])
    for action in ("add", "edit", "event", "event-edit", "event-delete", "refer", "list", "show"):
        _as_of(does[action])
    _agency(actions("agency", "the address book of agencies", (
        ("list", "list the agencies"), ("edit", "change what is known of an agency"),
    )))  # fmt: skip
    deadlines = verb("deadlines", "every running clock, soonest first")
    _as_of(deadlines)
    deadlines.add_argument("--ics", metavar="FILE", help="write them as a calendar")
    deadlines.add_argument(
        "--details", action="store_true", help="name agencies and subjects in the calendar"
    )
    deadlines.add_argument("--csv", metavar="FILE", help="write all requests as a table")
    deadlines.add_argument("--force", action="store_true", help="replace what is there")


def _request(does: Mapping[str, argparse.ArgumentParser]) -> None:
    for action in ("edit", "show"):
        does[action].add_argument("request", metavar="ID")
    for action in ("add", "edit"):
        _about_a_request(does[action], required=action == "add")
    does["add"].add_argument("--sent", type=day, metavar="DATE", help="when it went out")
    does["add"].add_argument("--received", type=day, metavar="DATE", help="when they had it")


def _about_a_request(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--agency", metavar="TEXT", required=required)
    parser.add_argument("--law", metavar="ID", help="such as us-federal; 'casefile laws' lists")
    parser.add_argument("--subject", metavar="TEXT")
    parser.add_argument(
        "--tracking-number", metavar="TEXT", action="append", help="may be given several times"
    )
    parser.add_argument("--requester", metavar="NAME", help="of record: only they can sue")
    parser.add_argument("--on-behalf-of", metavar="NAME")
    parser.add_argument("--scope", metavar="TEXT", help="what was asked for, in a sentence")
    parser.add_argument("--from", dest="period_from", type=day, metavar="DATE", help="the period")
    parser.add_argument("--to", dest="period_to", type=day, metavar="DATE", help="its end")
    parser.add_argument("--text-file", metavar="FILE", help="the whole request, from a file")
    parser.add_argument("--category", metavar="TEXT", help="the fee category that is claimed")
    parser.add_argument("--fee-ceiling", type=money, metavar="SUM", help="such as '25.00 USD'")
    parser.add_argument("--pages-expected", type=count, metavar="N")
    for option, words in (
        ("waiver", "a fee waiver is asked for"),
        ("expedited", "haste is asked for"),
        ("certified", "the statement on haste is certified true"),
    ):
        parser.add_argument(
            f"--{option}", action=argparse.BooleanOptionalAction, default=None, help=words
        )


def _event(event: argparse.ArgumentParser) -> None:
    event.add_argument("request", metavar="ID")
    event.add_argument(
        "kind", type=event_kind, metavar="KIND", help="sent, received, interim-release, denial ..."
    )
    _of_an_event(event)
    _of_a_referral(event, required=False)


def _of_an_event(event: argparse.ArgumentParser) -> None:
    _of_a_letter(event)
    event.add_argument(
        "--appeal-offered",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="whether the letter offers appeal",
    )
    event.add_argument("--amount", type=money, metavar="SUM", help="such as '250.00 USD'")
    event.add_argument("--ground", metavar="GROUND", help="why it stops a clock, as the law says")
    event.add_argument(
        "--confirmed",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="you agree that the ground stops the clock",
    )
    event.add_argument(
        "--after-hours",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="it reached the agency after the office had closed",
    )
    event.add_argument("--until", type=day, metavar="DATE", help="the day it puts a limit off to")
    event.add_argument("--limit", type=day, metavar="DATE", help="printed in it, for you")
    event.add_argument("--clock", metavar="ID", help="the clock it is about")
    event.add_argument("--answers", metavar="ID", help="the event that it answers")
    event.add_argument("--outcome", metavar="WORD", help="granted, denied, yes, no")


def _refer(refer: argparse.ArgumentParser) -> None:
    refer.add_argument("request", metavar="ID")
    _of_a_letter(refer)
    _of_a_referral(refer, required=True)


def _of_a_letter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dated", type=day, metavar="DATE", help="the date on the letter")
    parser.add_argument("--sent", type=day, metavar="DATE")
    parser.add_argument("--received", type=day, metavar="DATE")
    parser.add_argument("--way", choices=[each.value for each in Way])
    parser.add_argument("--proof", metavar="TEXT", help="a portal number, a receipt")
    parser.add_argument("--person", metavar="NAME", help="who at the agency")
    parser.add_argument("--note", metavar="TEXT", help="words, or the reason")
    parser.add_argument("--pages", type=count, metavar="N", help="pages it speaks of")
    parser.add_argument("--bates-first", metavar="NUMBER")
    parser.add_argument("--bates-last", metavar="NUMBER")
    parser.add_argument(
        "--document", metavar="DOC", action="append", help="may be given several times"
    )


def _of_a_referral(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--agency", metavar="TEXT", required=required, help="to which it was referred"
    )
    parser.add_argument("--tracking-number", metavar="TEXT", help="the referral's own")
    parser.add_argument("--law", metavar="ID", help="if that agency has another")


def _ledger(ledger: argparse.ArgumentParser) -> None:
    ledger.add_argument("request", metavar="ID")
    ledger.add_argument("--put", choices=[each.value for each in Bucket], help="add pages there")
    ledger.add_argument("--pages", type=count, metavar="N", help="how many")
    ledger.add_argument("--first", metavar="NUMBER", help="the first, as printed")
    ledger.add_argument("--last", metavar="NUMBER", help="the last of them")
    ledger.add_argument("--to-whom", metavar="TEXT", help="for pages referred elsewhere")
    ledger.add_argument("--duplicate-of", metavar="NUMBER")
    ledger.add_argument("--document", metavar="DOC", help="in which they came")
    ledger.add_argument("--note", metavar="TEXT")
    ledger.add_argument("--take", metavar="ENTRY", action="append", help="take an entry out")


def _agency(does: Mapping[str, argparse.ArgumentParser]) -> None:
    edit = does["edit"]
    edit.add_argument("agency", metavar="ID")
    for option in ("name", "address", "email", "portal", "phone", "notes"):
        edit.add_argument(f"--{option}", metavar="TEXT")
    edit.add_argument("--zone", metavar="ZONE", help="its time zone, such as America/Denver")
    edit.add_argument("--closes-at", metavar="HH:MM", help="what comes later counts tomorrow")
    edit.add_argument("--holidays", metavar="LIST", help="another calendar, such as US-DC")
    edit.add_argument("--closures", metavar="LIST", help="days on which it does not work")


def _as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", type=day, metavar="DATE", help="as it stands on that day")
