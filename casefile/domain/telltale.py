"""What in a letter shows what only a confidential source can have told.

A request that names the very record, its number, its day, or says it in the record's own words
tells the agency that somebody has seen it. So a letter is compared with what such sources gave, and
with everything else that is known: what stands only with them is a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

#: Words in a row that are nobody's chance.
RUN = 6
#: Digits of a number that is worth looking for; fewer where letters go with them (``A-1234``).
_DIGITS, _DIGITS_WITH_LETTERS = 5, 4


class TellKind(StrEnum):
    TITLE = "title"
    DATE = "date"
    NUMBER = "number"
    WORDS = "words"


Key: TypeAlias = tuple[TellKind, str]


@dataclass(frozen=True, slots=True)
class Tell:
    """A piece of a letter that could give something away. ``key`` is what it is compared by."""

    kind: TellKind
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Given:
    """A text that a confidential source gave. ``label`` is what the source may be called;
    ``is_title`` marks a title or a file's name, which is looked for as a whole."""

    label: str
    text: str
    document_id: str | None = None
    page: int | None = None
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """``start`` and ``end`` are places in the letter; the rest says where it comes from."""

    kind: TellKind
    start: int
    end: int
    words: str
    label: str
    document_id: str | None
    page: int | None


def tells(letter: str) -> list[Tell]:
    """The days, numbers and runs of words in a letter."""
    found = [*_dated(letter), *_numbered(letter)]
    words = list(_words(letter))
    for at in range(len(words) - RUN + 1):
        run = words[at : at + RUN]
        key = " ".join(word.key for word in run)
        found.append(Tell(TellKind.WORDS, key, run[0].start, run[-1].end))
    return found


def compare(
    letter: str,
    given: Iterable[Given],
    elsewhere: Iterable[str],
    titles: Iterable[Given] = (),
    known: frozenset[Key] = frozenset(),
) -> list[Finding]:
    """What of the letter stands in ``given`` texts or names ``titles`` and stands nowhere in
    ``elsewhere`` and is not ``known``; in the letter's order, words that follow each other as one
    finding."""
    looked_for = tells(letter)
    sought = {(tell.kind, tell.key) for tell in looked_for}
    sought -= known.union(*(keys(text) for text in elsewhere))
    told: dict[Key, Given] = {}
    for text in given:
        for key in keys(text.text) & sought:
            told.setdefault(key, text)
    found = [
        (tell, told[(tell.kind, tell.key)])
        for tell in looked_for
        if (tell.kind, tell.key) in told
    ]  # fmt: skip
    found += [(tell, title) for title in titles for tell in named(letter, title.text)]
    return _joined(letter, found)


def named(letter: str, title: str) -> list[Tell]:
    """The places where a letter names a title or a file. A single plain word is no name."""
    wanted = [word.key for word in _words(title)]
    if not wanted or (len(wanted) == 1 and not re.search(r"\d", wanted[0])):
        return []
    words = list(_words(letter))
    return [
        Tell(TellKind.TITLE, " ".join(wanted), words[at].start, words[at + len(wanted) - 1].end)
        for at in range(len(words) - len(wanted) + 1)
        if [word.key for word in words[at : at + len(wanted)]] == wanted
    ]


def keys(text: str) -> set[Key]:
    """Everything a text could be found by. What looks like a broken word may also be two."""
    forms = {_plain(text), text}
    return {(tell.kind, tell.key) for form in forms for tell in tells(form)}


def row(text: str) -> str:
    """The words of a text, one after the other with a blank on either side: one text's words stand
    in another's where its row is part of the other's."""
    return f" {' '.join(word.key for word in _words(_plain(text)))} "


def spellings(tell: Tell, letter: str) -> tuple[str, ...]:
    """How the piece may be written elsewhere, each as words in a row: what an index is asked."""
    if tell.kind is not TellKind.DATE:
        words = " ".join(word.key for word in _words(letter[tell.start : tell.end]))
        return (words,) if tell.kind is TellKind.WORDS else (words, tell.key)
    day = date.fromisoformat(tell.key)
    d, m, y = day.day, day.month, day.year
    names = [name for name, month in _MONTHS.items() if month == m]
    written = [f"{y} {m:02} {d:02}", f"{y} {m} {d}"]
    for one, other in ((d, m), (m, d)):
        written += [f"{one} {other} {y}", f"{one:02} {other:02} {y}"]
    for name in names:
        written += [f"{d} {name} {y}", f"{d:02} {name} {y}", f"{name} {d} {y}"]
        written += [f"{d}{_ordinal(d)} {name} {y}", f"{name} {d}{_ordinal(d)} {y}"]
        written += [f"{d}{_ordinal(d)} of {name} {y}"]
    return tuple(dict.fromkeys(written))


# Words ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    start: int
    end: int


_WORD = re.compile(r"[^\W_]+")
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\u00ac][ \t]*\r?\n[ \t]*(?=[^\W\d_])")


def _words(text: str) -> Iterator[_Word]:
    for found in _WORD.finditer(text):
        yield _Word(_folded(found[0]), found.start(), found.end())


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def _plain(text: str) -> str:
    """A page as it reads: words that a line's end broke are whole."""
    joined = _LINE_END_HYPHEN.sub("", text).replace("\u00ad", "")
    return joined if joined.isascii() else unicodedata.normalize("NFKC", joined)


# Numbers ----------------------------------------------------------------------------------------

_REFERENCE = re.compile(r"[^\W_]+(?:[-‐–/._:#][^\W_]+)+|[^\W_]*\d[^\W_]*")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?![\d])")
_YEAR = re.compile(r"(?:19|20)\d\d")


def _numbered(text: str) -> Iterator[Tell]:
    taken = [(found.start(), found.end()) for found in _GROUPED.finditer(text)]
    for start, end in taken:
        key = re.sub(r"\D", "", text[start:end])
        if len(key) >= _DIGITS:
            yield Tell(TellKind.NUMBER, key, start, end)
    days = [(tell.start, tell.end) for tell in _dated(text)]
    for found in _REFERENCE.finditer(text):
        inside = any(a <= found.start() and found.end() <= b for a, b in taken + days)
        if not inside and _is_reference(found[0]):
            key = "".join(map(_folded, _WORD.findall(found[0])))
            yield Tell(TellKind.NUMBER, key, found.start(), found.end())


def _is_reference(text: str) -> bool:
    parts = _WORD.findall(text)
    digits = sum(each.isdigit() for each in text)
    if all(_YEAR.fullmatch(part) for part in parts):
        return False  # 2019-2024
    letters = any(each.isalpha() for each in text)
    return digits >= _DIGITS or (letters and digits >= _DIGITS_WITH_LETTERS)


# Days -------------------------------------------------------------------------------------------

_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dec": 12,
    "januar": 1, "februar": 2, "marz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10,
    "dezember": 12,
}  # fmt: skip
_NAMED = r"(?P<name>[^\W\d_]{3,9})\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEARS = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_DAY}\s+(?:of\s+)?{_NAMED},?\s+{_YEARS}",
        rf"\b{_NAMED}\s+{_DAY},?\s+{_YEARS}",
        r"(?<![\d-])(?P<y>(?:19|20)\d\d)([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?![\d-])",
        rf"(?<![\d-])(?P<a>\d{{1,2}})([-/.])(?P<b>\d{{1,2}})\2{_YEARS}",
    )
)


def _dated(text: str) -> Iterator[Tell]:
    for pattern in _DATES:
        for found in pattern.finditer(text):
            for day in _days(found.groupdict()):
                yield Tell(TellKind.DATE, day.isoformat(), found.start(), found.end())


def _days(parts: dict[str, str]) -> Iterator[date]:
    """The day that is meant; both where day and month may be either."""
    year = int(parts["y"])
    if "name" in parts:
        readings = [(_MONTHS.get(_folded(parts["name"]), 0), int(parts["d"]))]
    elif "m" in parts:
        readings = [(int(parts["m"]), int(parts["d"]))]
    else:
        a, b = int(parts["a"]), int(parts["b"])
        readings = list(dict.fromkeys([(b, a), (a, b)]))
    for month, day in readings:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _ordinal(day: int) -> str:
    if 10 <= day % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


# Findings ---------------------------------------------------------------------------------------


def _joined(letter: str, found: Sequence[tuple[Tell, Given]]) -> list[Finding]:
    """One finding for what overlaps, is of one kind and comes from one place."""
    merged: list[Finding] = []
    order = sorted(found, key=lambda each: (each[0].kind, each[0].start, each[0].end))
    for tell, given in order:
        last = merged[-1] if merged else None
        same = last is not None and last.kind is tell.kind and last.label == given.label
        if last is not None and same and tell.start <= last.end:
            end = max(last.end, tell.end)
            merged[-1] = Finding(
                last.kind, last.start, end, letter[last.start : end], last.label,
                last.document_id, last.page,
            )  # fmt: skip
        else:
            merged.append(Finding(
                tell.kind, tell.start, tell.end, letter[tell.start : tell.end], given.label,
                given.document_id, given.page,
            ))  # fmt: skip
    return sorted(merged, key=lambda each: (each.start, each.end))
