"""Exemption codes: the words of a law for what an agency may keep back, as printed, read and typed.

A spelling is compared by its runs of letters and of numbers, in any capitals: ``(b)(7)(C)``,
``b7C`` and ``B.7.c`` are one; ``16.2`` and ``16(2)`` are two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

Runs = tuple[str, ...]

_RUN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*")
_BETWEEN_CODES = re.compile(r"\s*(?:[,;/&+|\n]|\band\b)\s*", re.IGNORECASE)
#: The longest spelling that is looked for in running text, in runs.
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Code:
    """``kind`` is exemption, exclusion, refusal, procedure, notice or status; ``discretionary``
    yes, no or partly; ``printed`` are spellings met on paper; ``parent`` is the code that this one
    belongs under."""

    code: str
    vocabulary: str
    description: str
    kind: str
    discretionary: str = ""
    test: str = ""
    parent: str = ""
    note: str = ""
    printed: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Vocabulary:
    """The codes of one law, or of one list printed beside it; vocabularies of one ``jurisdiction``
    belong together. ``confidence`` is verified or recalled."""

    id: str
    law: str
    jurisdiction: str
    confidence: str
    codes: tuple[Code, ...] = field(repr=False)

    @cached_property
    def own(self) -> dict[Runs, Code]:
        """The codes by their own spelling."""
        return {runs(code.code): code for code in self.codes}

    @cached_property
    def spellings(self) -> dict[Runs, Code]:
        """What each spelling means; the code's own spelling goes before what others print."""
        found = dict(self.own)
        for code in self.codes:
            for spelling in code.printed:
                if spelt := runs(spelling):
                    found.setdefault(spelt, code)
        return found

    @cached_property
    def _rows(self) -> tuple[_Row, ...]:
        return tuple(_Row.of(code) for code in self.codes)

    def ranked(self, typed: str) -> list[tuple[int, Code]]:
        """The codes that ``typed`` may mean, each with its rank; see ``complete``."""
        wanted, words = runs(typed), _words(typed)
        found = [(row.rank(wanted, words), row.code) for row in self._rows]
        return [(rank, code) for rank, code in found if rank is not None]


def runs(text: str) -> Runs:
    """The runs of letters and of numbers in ``text``, in small letters."""
    found = _RUN.findall(unicodedata.normalize("NFKC", text))
    return tuple(run.casefold() for run in found)


def _together(spelt: Runs) -> str:
    """As somebody types it who leaves everything out that is no letter or digit."""
    return "".join(spelt).replace(".", "")


def complete(
    typed: str, vocabularies: Sequence[Vocabulary], used: Sequence[str] = (), limit: int = 8
) -> list[Code]:
    """Codes for what was typed so far, the likeliest first: spelt exactly so, beginning so, ending
    so (``7c``), described so (``privacy``). Codes of the first vocabulary go before the others',
    ``used`` ones (the most used first) before those not used. Without anything typed: those used,
    then the first vocabulary's."""
    before = {code: at for at, code in enumerate(used)}
    found = [
        (rank, at, before.get(code.code, len(before)), code)
        for at, vocabulary in enumerate(vocabularies)
        for rank, code in vocabulary.ranked(typed)
    ]
    found.sort(key=lambda each: each[:3])  # codes of one rank stay in the law's order
    return [code for *_, code in found[:limit]]


def normalise(text: str, vocabularies: Sequence[Vocabulary], *, ocr: bool = False) -> Code | None:
    """The code that this spelling means, or None. With ``ocr`` also where characters were misread
    (``(bX6)``), if that leaves one meaning only."""
    wanted = runs(text)
    for vocabulary in vocabularies:
        if code := _meant(wanted, vocabulary):
            return code
    if not ocr:
        return None
    meant = {
        code
        for repaired in _repaired(text)
        for vocabulary in vocabularies
        if (code := vocabulary.spellings.get(runs(repaired)))
    }
    return meant.pop() if len(meant) == 1 else None


def parted(text: str) -> list[str]:
    """A list of codes as typed or printed (``(b)(6), (b)(7)(C)``), one by one."""
    return [part for part in _BETWEEN_CODES.split(text.strip()) if part]


def found_in(text: str, vocabularies: Sequence[Vocabulary], *, ocr: bool = False) -> list[Code]:
    """The codes that are printed in ``text``, which stands inside a withheld area or in a margin,
    in their order; at each place the longest code counts, else the longest other spelling."""
    found: dict[Code, None] = {}
    for line in text.splitlines():
        for code in _printed_in(line, vocabularies) or _misread_in(line, vocabularies, ocr=ocr):
            found[code] = None
    return list(found)


def _printed_in(line: str, vocabularies: Sequence[Vocabulary]) -> list[Code]:
    printed = _RUN.findall(unicodedata.normalize("NFKC", line))
    words, at = tuple(run.casefold() for run in printed), 0
    found = []
    while at < len(words):
        here = words[at : at + _LONGEST]
        match = _longest(here, [vocabulary.own for vocabulary in vocabularies]) or _longest(
            here, [vocabulary.spellings for vocabulary in vocabularies]
        )
        if match is None:
            at += 1
            continue
        code, length = match
        if code.kind != "status" or _is_a_sign(printed[at : at + length]):
            found.append(code)
        at += length
    return found


def _is_a_sign(printed: Sequence[str]) -> bool:
    """Whether this is a mark such as NR or DUP and no word such as rip: short ones stand in
    capitals."""
    together = "".join(printed)
    return len(together) > 3 or together.isupper()


def _longest(words: Runs, tables: Sequence[Mapping[Runs, Code]]) -> tuple[Code, int] | None:
    """The code that the words begin with, and how many of them it takes."""
    for length in range(len(words), 0, -1):
        for table in tables:
            if code := table.get(words[:length]):
                return code, length
    return None


def _misread_in(line: str, vocabularies: Sequence[Vocabulary], *, ocr: bool) -> list[Code]:
    if not ocr:
        return []
    meant = (normalise(part, vocabularies, ocr=True) for part in (*parted(line), *line.split()))
    return [code for code in meant if code is not None]


def _meant(wanted: Runs, vocabulary: Vocabulary) -> Code | None:
    """By runs; else with everything written together, where that means one code only."""
    if code := vocabulary.spellings.get(wanted):
        return code
    together = _together(wanted)
    if not together:
        return None
    meant = {code for spelt, code in vocabulary.spellings.items() if _together(spelt) == together}
    return meant.pop() if len(meant) == 1 else None


#: What OCR makes of brackets and digits, and what stood there.
_MISREAD: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("?", "7"),
    lambda text: re.sub(r"(?<=[a-z])x(?=\d)|(?<=\d)x(?=[a-z])", ")(", text),
    lambda text: re.sub(r"\b([a-z])[l1i](?=[\W\d])", r"\1)", text),
    lambda text: re.sub(r"\b[tlif1](?=[a-z]\b)", "(", text),
    lambda text: re.sub(r"(?<=\W)[li](?=\d)", "(", text),
    lambda text: re.sub(r"(?<=[a-z0-9])[il]$", ")", text),
    lambda text: re.sub(r"\bh\b", "b", text),
    lambda text: re.sub(r"(?<=\()s(?=\))", "5", text),
    lambda text: re.sub(r"(?<=\()[li](?=\))", "1", text),
)


def _repaired(text: str) -> Iterable[str]:
    """Readings of a misread spelling, each with one or two kinds of slip undone."""
    text = unicodedata.normalize("NFKC", text).casefold()
    for count in (1, 2):
        for steps in combinations(_MISREAD, count):
            repaired = text
            for step in steps:
                repaired = step(repaired)
            if repaired != text:
                yield repaired


@dataclass(frozen=True, slots=True)
class _Row:
    """A code as completion looks at it."""

    code: Code
    own: Runs
    spelt: frozenset[Runs]
    together: frozenset[str]
    words: tuple[str, ...]
    printed_words: tuple[str, ...]

    @classmethod
    def of(cls, code: Code) -> _Row:
        spelt = {runs(spelling) for spelling in code.printed} - {()}
        return cls(
            code,
            runs(code.code),
            frozenset(spelt),
            frozenset(map(_together, spelt)),
            tuple(_words(code.description)),
            tuple(_words(" ".join(code.printed))),
        )

    def rank(self, wanted: Runs, words: Sequence[str]) -> int | None:
        if not wanted:
            return 0
        together, own = _together(wanted), _together(self.own)
        ranks = (
            wanted == self.own,
            together == own,
            wanted in self.spelt,
            together in self.together,
            own.startswith(together),
            self.own[-len(wanted) :] == wanted,
            any(self.own[at : at + len(wanted)] == wanted for at in range(len(self.own))),
            _begin(words, self.words),
            any(each.startswith(together) for each in self.together),
            _begin(words, self.printed_words),
        )
        return next((rank for rank, holds in enumerate(ranks) if holds), None)


def _begin(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each wanted word begins one of the words."""
    return bool(wanted) and all(any(w.startswith(each) for w in words) for each in wanted)


def _words(text: str) -> list[str]:
    """Words of at least three letters."""
    return [run for run in runs(text) if len(run) >= 3 and run.isalpha()]
