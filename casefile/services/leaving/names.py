"""The names of confidential sources in what the reporter wrote: replaced by code names.

This is not the leak check. It covers comments and titles, as a first net; what a released page says
is never altered, because singling out one name among many names the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casefile.domain.people import Source

SHORTEST_PART = 4

#: Addresses and telephone numbers among the contacts.
_ADDRESS = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")
_NUMBER = re.compile(r"\d[\d ()/.-]{5,}\d")


@dataclass(frozen=True, slots=True)
class CodeNames:
    """Finds and replaces names. Whole names, aliases and contacts count in any case of letters;
    the parts of a name only as written, so that Ms. Long does not take every "long" with her."""

    exact: tuple[tuple[re.Pattern[str], str], ...]

    @classmethod
    def of(cls, sources: Iterable[Source]) -> CodeNames:
        found = [
            (length, pattern, source.label)
            for source in sources
            if source.confidential
            for length, pattern in _patterns(source)
        ]
        found.sort(key=lambda each: -each[0])
        return cls(tuple((pattern, label) for _, pattern, label in found))

    def replaced(self, text: str) -> str:
        """``text`` with every name replaced by its code name."""
        for pattern, label in self.exact:
            text = pattern.sub(label.replace("\\", r"\\"), text)
        return text

    def found_in(self, text: str) -> bool:
        return any(pattern.search(text) for pattern, _ in self.exact)


def _patterns(source: Source) -> Iterator[tuple[int, re.Pattern[str]]]:
    """What gives a source away, each with its length: the longest is replaced first."""
    for address in _ADDRESS.findall(source.contacts):
        yield len(address), _bounded(re.escape(address), re.IGNORECASE)
    for number in _NUMBER.findall(source.contacts):
        yield len(number), _dialled(number)
    for name in {source.name, *source.aliases}:
        words = name.split()
        if words:
            yield len(name), _bounded(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
        for part in re.split(r"[\s,.]+", name):
            if len(part) >= SHORTEST_PART and part[0].isupper():
                yield len(part), _bounded(re.escape(part))


def _dialled(number: str) -> re.Pattern[str]:
    """A telephone number by its last seven digits, however they are grouped, with or without what
    is dialled before them."""
    digits = "".join(filter(str.isdigit, number))[-7:]
    return re.compile(r"(?:\+?\d[\d ()/.-]*)?" + r"[ ()/.-]*".join(digits) + r"(?!\d)")


def _bounded(pattern: str, flags: re.RegexFlag = re.RegexFlag.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", flags)
