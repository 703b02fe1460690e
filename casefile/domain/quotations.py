"""Marked changes in a quotation: ``[…]`` for what is left out, square brackets around whatever is
put in or put instead (``[the company]``, ``[T]he``).

The capture never changes. An edited version is allowed where taking the marks away leaves nothing
but words of the capture, in their order, from its beginning to its end: whoever reads it sees every
place where something was changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

OMISSION = "[…]"
#: Words in brackets may stand for so many captured ones, and not across the end of a sentence:
#: more is an omission, and is told as one.
MOST_REPLACED = 12

_BRACKETS = re.compile(r"(\[[^\[\]]*\])")
_TOKENS = re.compile(r"(\s*)(\[[^\[\]]*\]|\w+(?:['’-]\w+)*|[^\w\s])")
_DOTS = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]")
#: Three dots without brackets, as most people type them.
_BARE_DOTS = re.compile(r"(?<!\[)(?:…|\.\s?\.\s?\.)(?!\])")
_SENTENCE_ENDS = re.compile(r"[.!?][\"')\]]*\s")
#: Quotation marks and blanks that a keyboard does not have are none the less the same.
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'"})
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where an edited version leaves the capture without a mark: its words, and
    what the capture says there. One of them is empty where words were dropped or added at an
    end, ``captured`` also for a ``[…]`` that leaves nothing out."""

    edited: str
    captured: str


def difference(captured: str, edited: str) -> Difference | None:
    """None if ``edited`` follows from ``captured`` by marked changes alone. Capitals, punctuation
    and spelling count; line ends, and straight or curly quotation marks, do not."""
    return _Check(_plain(captured)).run(_pieces(_plain(edited)))


def tidied(edited: str) -> str:
    """An edited version as it is kept: ``[...]`` as ``[…]``, blanks and line ends as they are."""
    return _DOTS.sub(OMISSION, edited).strip()


def marked(captured: str, typed: str) -> str:
    """What was typed over a capture, with every change marked: dropped words become ``[…]``, new
    ones stand in brackets. Brackets that were typed stay. Where nothing was changed, the capture.
    ``difference(captured, marked(captured, typed))`` is None."""
    if difference(captured, typed) is None:
        return tidied(typed)
    captured, typed = (unicodedata.normalize("NFC", text) for text in (captured, typed))
    typed = _DOTS.sub(OMISSION, typed)
    if not _BARE_DOTS.search(captured):
        typed = _BARE_DOTS.sub(OMISSION, typed)
    before, after = _tokens(captured), _tokens(typed)
    out: list[_Token] = []
    matcher = SequenceMatcher(
        None, [token.text for token in before], [token.text for token in after], autojunk=False
    )
    for what, start, end, begin, stop in matcher.get_opcodes():
        if what == "equal":
            out += [
                ours if bool(ours.blank) == bool(theirs.blank) else theirs
                for ours, theirs in zip(after[begin:stop], before[start:end], strict=True)
            ]
        else:
            out += _change(before[start:end], after[begin:stop])
    text = "".join(token.blank + token.text for token in out).strip()
    return re.sub(rf"({re.escape(OMISSION)})(?:\s*{re.escape(OMISSION)})+", r"\1", text)


def insertions(edited: str) -> str:
    """The words in brackets, which are the reporter's own."""
    return " ".join(found[1:-1] for found in _BRACKETS.findall(_DOTS.sub("", edited)))


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, a mark or a sign, with the blank before it."""

    blank: str
    text: str


def _tokens(text: str) -> list[_Token]:
    return [_Token(*found) for found in _TOKENS.findall(text)]


def _change(dropped: Sequence[_Token], put: Sequence[_Token]) -> list[_Token]:
    blank = (*dropped, *put)[0].blank
    if not put:
        return [_Token(blank, OMISSION)]
    if len(put) == len(dropped) == 1 and (capital := _capital(dropped[0].text, put[0].text)):
        return [_Token(blank, capital)]
    ours = "".join(
        token.blank + token.text.strip("[]") for token in put if token.text != OMISSION
    ).strip()
    omits = any(token.text == OMISSION for token in put)
    if _DOTS.fullmatch(f"[{ours}]"):  # dots without brackets mean the same
        ours, omits = "", True
    said = [_Token(blank, f"[{ours}]")] if ours else []
    lost = _plain("".join(token.blank + token.text for token in dropped))
    hidden = len(lost.split()) > MOST_REPLACED or _SENTENCE_ENDS.search(lost) is not None
    if dropped and (hidden or omits or not ours):
        return [*said, _Token(" " if said else blank, OMISSION)]
    return said


def _capital(old: str, new: str) -> str:
    """``[T]he`` for ``the``; empty where more than the first letter's case differs."""
    if old[0] != new[0] and old[0].casefold() == new[0].casefold() and old[1:] == new[1:]:
        return f"[{new[0]}]{new[1:]}"
    return ""


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_SAME).split())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of plain words, with whether a blank parts it from the mark before and behind; or
    a mark, as typed."""

    text: str
    is_mark: bool
    blank_before: bool = False
    blank_behind: bool = False

    @property
    def is_omission(self) -> bool:
        return self.is_mark and _DOTS.fullmatch(self.text) is not None


def _pieces(edited: str) -> list[_Piece]:
    found = []
    parts = _BRACKETS.split(edited)
    for at, part in enumerate(parts):
        if at % 2:
            found.append(_Piece(part, is_mark=True))
        elif words := part.strip():
            found.append(
                _Piece(
                    words, is_mark=False, blank_before=part[0] == " ", blank_behind=part[-1] == " "
                )
            )
    return found


class _Check:
    """Follows an edited version through the capture, keeping every place where it may be: a mark
    can stand for more or fewer of the captured words."""

    def __init__(self, captured: str) -> None:
        self._captured = captured
        self._end = len(captured)

    def run(self, pieces: Sequence[_Piece]) -> Difference | None:
        places = {0}
        for at, piece in enumerate(pieces):
            after_mark = at > 0 and pieces[at - 1].is_mark
            before_mark = at + 1 < len(pieces)
            following = self._after(places, piece, after_mark=after_mark, before_mark=before_mark)
            if not following:
                return self._told(places, piece)
            places = following
        if any(self._captured[place:].strip() == "" for place in places):
            return None
        rest = self._captured[max(places) :].split()
        return Difference("", " ".join(rest[:_SHOWN]))

    def _after(
        self, places: set[int], piece: _Piece, *, after_mark: bool, before_mark: bool
    ) -> set[int]:
        if not piece.is_mark:
            return {
                place + len(piece.text)
                for place in places
                if self._captured.startswith(piece.text, place)
                and not (after_mark and piece.blank_before and not self._parts_words(place))
                and not (before_mark and piece.blank_behind
                         and not self._parts_words(place + len(piece.text)))
            }  # fmt: skip
        literal = self._literal(places, piece)
        if piece.is_omission:
            first = min(self._word_at(place) for place in places)
            return literal | set(range(first + 1, self._end + 1))
        if len(places) > self._end - min(places):  # behind an omission it may be anywhere already
            return literal | places
        return literal | {end for place in places for end in self._replaced(place)}

    def _literal(self, places: Iterable[int], piece: _Piece) -> set[int]:
        """Behind brackets that the page itself has; and behind the blank that follows them."""
        found = set()
        for place in places:
            for start in {place, self._word_at(place)}:
                if self._captured.startswith(piece.text, start):
                    end = start + len(piece.text)
                    found |= {end, self._word_at(end)}
        return found

    def _replaced(self, place: int) -> set[int]:
        """Where the words that a bracket stands for may end: at ``place`` itself (it only puts
        something in), or further on."""
        found = {place, self._word_at(place)}
        words = 0
        for end in range(place + 1, self._end + 1):
            skipped = self._captured[place:end]
            if not skipped.strip():
                continue
            if end == self._end or self._captured[end] == " ":
                words += 1
            if words > MOST_REPLACED or _SENTENCE_ENDS.search(skipped.lstrip()):
                break
            found.add(end)
        # The blank behind the last of them belongs to what follows.
        return found | {self._word_at(end) for end in found}

    def _word_at(self, place: int) -> int:
        return place + 1 if self._captured[place : place + 1] == " " else place

    def _parts_words(self, place: int) -> bool:
        """Whether no word of the capture runs over this place."""
        around = self._captured[max(0, place - 1) : place + 1]
        return not (0 < place < self._end and around[0].isalnum() and around[1].isalnum())

    def _told(self, places: set[int], piece: _Piece) -> Difference:
        if piece.is_mark:
            return Difference(piece.text, "")
        best, shared = max(
            ((place, self._shared(piece.text, place)) for place in places),
            key=lambda found: (found[1], -found[0]),
        )
        start = piece.text.rfind(" ", 0, shared) + 1
        here = self._captured.rfind(" ", 0, best + start + 1) + 1
        return Difference(
            " ".join(piece.text[start:].split()[:_SHOWN]),
            " ".join(self._captured[here:].split()[:_SHOWN]),
        )

    def _shared(self, text: str, place: int) -> int:
        count = 0
        for ours, theirs in zip(text, self._captured[place:], strict=False):
            if ours != theirs:
                break
            count += 1
        return count
