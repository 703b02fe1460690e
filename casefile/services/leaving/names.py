"""The names of confidential sources in what the reporter wrote: replaced by code names.

This is not the leak check. It covers comments and titles, as a first net; what a released page says
is never altered, because singling out one name among many names the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casefile.domain.people import Source

SHORTEST_PART = 4

#: Telephone numbers and addresses among the contacts.
_CONTACT = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+|\+?\d[\d\s()/.-]{5,}\d")


@dataclass(frozen=True, slots=True)
class CodeNames:
    """Finds and replaces names. Whole names, aliases and contacts count in any case of letters;
    the parts of a name only as written, so that Ms. Long does not take every "long" with her."""

    exact: tuple[tuple[re.Pattern[str], str], ...]

    @classmethod
    def of(cls, sources: Iterable[Source]) -> CodeNames:
        found: list[tuple[int, re.Pattern[str], str]] = []
        for source in sources:
            if not source.confidential:
                continue
            contacts = [match[0].strip() for match in _CONTACT.finditer(source.contacts)]
            for whole in {source.name, *source.aliases, *contacts}:
                words = whole.split()
                if words:
                    pattern = r"\s+".join(map(re.escape, words))
                    found.append((len(whole), _bounded(pattern, re.IGNORECASE), source.label))
            for name in {source.name, *source.aliases}:
                found.extend(
                    (len(part), _bounded(re.escape(part)), source.label)
                    for part in re.split(r"[\s,.]+", name)
                    if len(part) >= SHORTEST_PART and part[0].isupper()
                )
        found.sort(key=lambda each: -each[0])
        return cls(tuple((pattern, label) for _, pattern, label in found))

    def replaced(self, text: str) -> str:
        """``text`` with every name replaced by its code name."""
        for pattern, label in self.exact:
            text = pattern.sub(label.replace("\\", r"\\"), text)
        return text

    def found_in(self, text: str) -> bool:
        return any(pattern.search(text) for pattern, _ in self.exact)


def _bounded(pattern: str, flags: re.RegexFlag = re.RegexFlag.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", flags)
