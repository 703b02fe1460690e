"""The running clocks as a calendar (iCalendar, RFC 5545) for another program.

A calendar is read by whoever sees the phone it is on, so its entries say no more than "a deadline"
unless the reporter asks for details. The case remembers what it gave out: an entry keeps its UID
for ever, a changed one counts as a later version of the same, and one whose clock has ended is
given out once more as cancelled, so that reading the file again updates and never duplicates.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casefile.domain.clock_words import clock_name, day_words, sentence
from casefile.domain.clocks import ClockState, Party
from casefile.domain.errors import UserError
from casefile.services import requests, settings
from casefile.services.leaving import door
from casefile.services.running_clocks import RunningClock, running

if TYPE_CHECKING:
    from icalendar import Event

    from casefile.services.case import Case

_KEPT: Final = "calendar_out"
#: How long a cancelled entry is given out, for a file that nobody read in between.
_CANCELLED_FOR: Final = timedelta(days=90)
#: Nine in the morning, seven days and one day before: an all-day entry begins at midnight.
_ALARMS: Final = (timedelta(hours=9) - timedelta(days=7), timedelta(hours=9) - timedelta(days=1))
_OPAQUE: Final = "Casefile: a deadline"


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of the calendar. ``version`` counts its changes; ``changed`` is an ISO time;
    ``ended`` the day on which its clock was found ended."""

    day: str
    summary: str
    words: str = ""
    alarms: bool = False
    unsure: bool = False
    version: int = 0
    changed: str = ""
    ended: str | None = None


def save(
    case: Case, path: Path, *, details: bool = False, today: date, force: bool = False
) -> Path:
    """Write the calendar to ``path`` and remember what was given out. With ``details`` entries name
    agency, number, subject and law; without, they tell nothing.

    Raises ``UserError``: ``case.read_only`` and those of ``door.leave_file``.
    """
    if case.read_only:
        raise UserError("case.read_only")
    kept = settings.get(case, _KEPT, {})
    secret = str(kept.get("secret") or secrets.token_hex(32))
    before = {uid: Entry(**values) for uid, values in kept.get("entries", {}).items()}
    now = datetime.now(UTC).replace(microsecond=0)
    wanted = {
        _uid(secret, each): _entry(each, details=details)
        for each in running(case, today)
        if each.day is not None
    }
    entries = _versions(before, wanted, today, now)
    departure = door.Departure("calendar", detail="details" if details else "")
    written = door.leave_file(
        case, departure, path, lambda file: file.write(_calendar(entries, now)), force=force
    )
    remembered = {uid: asdict(each) for uid, each in entries.items()}
    settings.put(case, _KEPT, {"secret": secret, "entries": remembered})
    return written


def _uid(secret: str, found: RunningClock) -> str:
    """The same for the same clock in every file of this case; tells nobody else anything."""
    name = f"{found.request.id} {found.clock.rule.id} {found.number}"
    digest = hmac.new(bytes.fromhex(secret), name.encode(), hashlib.sha256).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def _entry(found: RunningClock, *, details: bool) -> Entry:
    clock = found.clock
    own = clock.party is Party.REQUESTER
    return Entry(
        day=found.day.isoformat() if found.day else "",
        summary=_summary(found) if details else _OPAQUE,
        words=_words(found) if details else "",
        alarms=own and clock.state is ClockState.RUNNING,
        unsure=clock.state is ClockState.PAUSED,
    )


def _summary(found: RunningClock) -> str:
    return f"{requests.label(found.request)}: {clock_name(found.clock.rule)}"


def _words(found: RunningClock) -> str:
    """Subject, law and section, and the day of the law where another one counts."""
    clock = found.clock
    lines = [found.request.subject, f"{found.request.law} {clock.rule.citation}".strip()]
    if clock.due and clock.due != found.day:
        lines.append(f"The law's own day: {day_words(clock.due)}.")
    if clock.check_this:
        lines.append("Check this date.")
    if clock.doubt:
        lines.append(sentence(clock.doubt))
    return "\n".join(line for line in lines if line)


def _versions(
    before: Mapping[str, Entry], wanted: Mapping[str, Entry], today: date, now: datetime
) -> dict[str, Entry]:
    """What is to stand in the file: new entries, changed ones as later versions, ended ones as
    cancelled, the rest as they were."""
    stamp = now.isoformat()
    entries: dict[str, Entry] = {}
    for uid, entry in wanted.items():
        old = before.get(uid)
        version = 0 if old is None else old.version + 1
        same = old and entry == replace(old, version=0, changed="")
        entries[uid] = old if old and same else replace(entry, version=version, changed=stamp)
    for uid, old in before.items():
        if uid in entries:
            continue
        if old.ended is None:
            entries[uid] = replace(
                old, ended=today.isoformat(), version=old.version + 1, changed=stamp
            )
        elif date.fromisoformat(old.ended) + _CANCELLED_FOR >= today:
            entries[uid] = old
    return entries


def _calendar(entries: Mapping[str, Entry], now: datetime) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Casefile//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for uid, entry in sorted(entries.items(), key=lambda item: (item[1].day, item[0])):
        calendar.add_component(_event(uid, entry, now))
    return bytes(calendar.to_ical())


def _event(uid: str, entry: Entry, now: datetime) -> Event:
    from icalendar import Event

    day = date.fromisoformat(entry.day)
    event = Event()
    values: dict[str, Any] = {
        "uid": uid,
        "summary": entry.summary,
        "dtstart": day,  # a day without an hour: no time zone moves it
        "dtend": day + timedelta(days=1),
        "dtstamp": now,
        "last-modified": datetime.fromisoformat(entry.changed),
        "sequence": entry.version,
        "class": "PRIVATE",
        "transp": "TRANSPARENT",
        "status": _status(entry),
    }
    if entry.words:
        values["description"] = entry.words
    for name, value in values.items():
        event.add(name, value)
    if entry.alarms and entry.ended is None:
        for before in _ALARMS:
            event.add_component(_alarm(entry.summary, before))
    return event


def _status(entry: Entry) -> str:
    if entry.ended is not None:
        return "CANCELLED"
    return "TENTATIVE" if entry.unsure else "CONFIRMED"


def _alarm(summary: str, before: timedelta) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", before)
    return alarm
