"""The laws that Casefile knows, ``resources/laws/*.toml``, and the calendars of their places."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
import warnings
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from casefile import shipped
from casefile.domain.errors import UserError
from casefile.domain.laws import Law, law_from

if TYPE_CHECKING:
    from holidays import HolidayBase

#: Files beside the laws that are no law.
_OTHERS = frozenset({"exemptions"})
_LONGEST_CODE = 12


def ids() -> tuple[str, ...]:
    """The ids of all laws: federal and national ones by country, then by place."""
    names = (each.stem for each in shipped.path("laws").glob("*.toml"))
    return tuple(sorted(name for name in names if name not in _OTHERS))


@cache
def get(law_id: str) -> Law:
    """The law of this id. Raises ``UserError``: ``law.unknown``, ``law.damaged``."""
    text = text_of(law_id)
    if text is None:
        raise UserError("law.unknown", law=law_id)
    try:
        return read(text)
    except ValueError as error:  # not TOML, or not a law
        raise UserError("law.damaged", law=law_id, reason=error) from error


@cache
def known(law_id: str) -> Law | None:
    """The law of this id; None for words that name no law, or none that can be read."""
    try:
        return get(law_id)
    except UserError:
        return None


def text_of(law_id: str) -> str | None:
    """A law's file as it is shipped; None for one that Casefile does not know."""
    if law_id not in ids():
        return None
    return shipped.path("laws", f"{law_id}.toml").read_text("utf-8")


@cache
def read(text: str) -> Law:
    """The law that a file of this text states. Raises ``ValueError``."""
    return law_from(tomllib.loads(text))


@cache
def every() -> tuple[Law, ...]:
    """All laws, by id."""
    return tuple(get(each) for each in ids())


class Calendar:
    """The holidays of one or several places, as the ``holidays`` package knows them."""

    def __init__(self, places: Iterable[HolidayBase]) -> None:
        self._places = tuple(places)
        self._lacking: dict[int, bool] = {}

    def names(self, day: date) -> tuple[str, ...]:
        """The names of the holidays on that day, each once; empty: none."""
        self.lacks(day.year)
        found: dict[str, None] = {}
        for place in self._places:
            if words := place.get(day):
                found.update(dict.fromkeys(words.split("; ")))
        return tuple(found)

    def lacks(self, year: int) -> bool:
        """Whether the package does not know all holidays of that year. Of some it says so by a
        warning, which is for programmers, when it is first asked."""
        if year not in self._lacking:
            with warnings.catch_warnings(record=True) as said:
                warnings.simplefilter("always")
                for place in self._places:
                    place.get(date(year, 1, 1))
            spans = ((place.start_year, place.end_year) for place in self._places)
            outside = any(not first <= year <= last for first, last in spans)
            self._lacking[year] = bool(said) or outside
        return self._lacking[year]


@cache
def _calendar(codes: tuple[str, ...], categories: tuple[str, ...]) -> Calendar:
    return Calendar(_place(code, categories) for code in codes)


def calendar(law: Law, codes: Iterable[str] = ()) -> Calendar:
    """The calendar of a law, or the one of other ``codes`` such as ``US-DC`` in its place. Raises
    ``UserError("calendar.unknown")``."""
    chosen = tuple(codes)
    return _calendar(chosen or law.holidays, () if chosen else law.holiday_categories)


def _holidays_package() -> Callable[..., HolidayBase]:
    """The package without its list of all 250 countries, which would import every one of them: each
    is imported by its own name when it is asked for."""
    from holidays import country_holidays

    every_country = "holidays.countries"
    if every_country not in sys.modules:
        spec = importlib.util.find_spec(every_country)
        if spec is not None:
            sys.modules[every_country] = importlib.util.module_from_spec(spec)
    return country_holidays


def _place(code: str, categories: tuple[str, ...]) -> HolidayBase:
    country_holidays = _holidays_package()  # not every verb counts days
    country, _, subdivision = code.upper().partition("-")
    if len(code) > _LONGEST_CODE or not country.isalnum():
        raise UserError("calendar.unknown", calendar=code)
    try:
        return country_holidays(
            country, subdiv=subdivision or None, categories=categories or None, language="en_US"
        )
    except NotImplementedError:  # how the package says that it does not know a place
        raise UserError("calendar.unknown", calendar=code) from None


def require_calendars(codes: Iterable[str]) -> None:
    """Raises ``UserError("calendar.unknown")`` for a code of no calendar."""
    for code in codes:
        _place(code, ())
