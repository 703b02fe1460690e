"""Finds a passage again in another text of the same record: where it stands word for word, or where
most of it does, told apart from other such places by what stands around it.

Texts are compared as words in small letters; line ends, punctuation and a word's division at a
line's end do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Shingle = tuple[str, ...]

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_])")
#: So many words in a row are looked for to tell which page may hold a passage.
_RUN = 3
#: From so many words on, a passage is told apart by itself rather than by what is around it.
_TELLING = 6
#: Fewer words than these are found word for word or not at all.
_FEWEST_ALIKE = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands there, from ``start`` to ``end``."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """The words ``start`` to ``end`` of a text; ``likeness`` from 0 to 1 says how surely they are
    the passage, 1 being word for word with the same words around."""

    start: int
    end: int
    likeness: float


def words(text: str) -> list[Word]:
    """The words of a text; one divided at a line's end is whole and reaches over both lines."""
    # Each cut is as long as what it replaces, so that places in the text stay right.
    joined = _DIVIDED.sub(lambda cut: "\0" * len(cut.group()), text)
    found: list[Word] = []
    for match in _WORD.finditer(joined):
        word = _folded(match.group())
        before = found[-1] if found else None
        if (
            before is not None
            and joined[before.end : match.start()].strip("\0") == ""
            and (before.end < match.start())
        ):
            found[-1] = Word(before.folded + word, before.start, match.end())
        else:
            found.append(Word(word, match.start(), match.end()))
    return found


def folded(text: str) -> list[str]:
    """The words of a text alone."""
    return [word.folded for word in words(text)]


def shingles(text: Sequence[str]) -> Iterator[Shingle]:
    """Every run of three words; a shorter text is one by itself."""
    if 0 < len(text) < _RUN:
        yield tuple(text)
    for at in range(len(text) - _RUN + 1):
        yield tuple(text[at : at + _RUN])


def find(
    text: Sequence[str], passage: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> Match | None:
    """Where a passage stands in a text, with the words expected before and after it; None where
    nothing like it does. Of several places the one whose surroundings fit best; where none fits
    better than another, the first, with little ``likeness``."""
    if not passage:
        return None
    exact = [
        Match(at, at + len(passage), _surely(len(passage), _around(
            text, at, at + len(passage), before, after
        )))
        for at in range(len(text) - len(passage) + 1)
        if text[at] == passage[0] and list(text[at : at + len(passage)]) == list(passage)
    ]  # fmt: skip
    if not exact:
        return _alike(text, passage, before, after)
    best = max(exact, key=lambda match: match.likeness)
    if sum(match.likeness == best.likeness for match in exact) > 1:
        return Match(best.start, best.end, best.likeness / 2)
    return best


def _alike(
    text: Sequence[str], passage: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> Match | None:
    """Around the longest run of words in common, as much of the passage as there is."""
    if len(passage) < _FEWEST_ALIKE:
        return None
    longest = SequenceMatcher(None, text, passage, autojunk=False).find_longest_match()
    if longest.size < 2:
        return None
    slack = max(_RUN, len(passage) // 3)
    first = max(0, longest.a - longest.b - slack)
    window = text[first : longest.a + len(passage) - longest.b + slack]
    blocks = [
        block
        for block in SequenceMatcher(None, window, passage, autojunk=False).get_matching_blocks()
        if block.size
    ]
    start, end = blocks[0].a, blocks[-1].a + blocks[-1].size
    shared = sum(block.size for block in blocks)
    ratio = 2 * shared / (len(passage) + end - start)
    around = _around(text, first + start, first + end, before, after)
    return Match(first + start, first + end, ratio * (0.8 + 0.2 * around))


def _surely(length: int, around: float) -> float:
    """A long passage is hardly ever there twice; a word is known by its surroundings."""
    alone = 0.5 + 0.35 * min(1.0, length / _TELLING)
    return alone + (1 - alone) * around


def _around(
    text: Sequence[str], start: int, end: int, before: Sequence[str], after: Sequence[str]
) -> float:
    """How much of what is expected around a place stands there, the nearest first."""
    expected = len(before) + len(after)
    if not expected:
        return 0.5
    ahead = zip(reversed(before), reversed(text[max(0, start - len(before)) : start]), strict=False)
    behind = zip(after, text[end : end + len(after)], strict=False)
    return sum(ours == theirs for pairs in (ahead, behind) for ours, theirs in pairs) / expected


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()
