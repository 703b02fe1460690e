"""Finds words in the lines of a page: whatever the case, the accents, ligatures, and breaks at a
line's end; or only as they are spelled, or by a regular expression.

The page's letters and the needle are folded alike (compatibility decomposition, accents dropped,
case folded); white space matches any white space, a line's end included; between two letters a
hyphen or soft hyphen at a line's end may stand. A needle's own hyphen may be any hyphen.

A regular expression sees the lines joined by line feeds; a blank in it also matches a line's end, a
dot does not; a word broken at a line's end is whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import regex

from casefile.domain.errors import UserError

MAX_NEEDLE = 2_000
#: Occurrences on one page; more are not told.
MAX_HITS = 10_000
#: Seconds a regular expression may take for one page: some take for ever.
PATIENCE = 1.0
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u2011\u2012\u00ad\ufffd"
#: Between two letters: a hyphen and a line's end, or an end without one where scripts have no
#: blanks, or stray soft hyphens.
_BREAK = "(?:[-\u2010\u2011\u00ad]?\n|\u00ad)?"
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "−": "-",
                         "–": "-", "—": "-", "\u2010": "-", "\u2011": "-"})  # fmt: skip
_WHOLE = r"(?<!\w){}(?!\w)"
_NO_LETTERS_IN_ASCII = bytes(c for c in range(128) if not (chr(c).isalnum() or chr(c) == "_"))
_LOWER = bytes(range(256)).lower()
_NOT_LETTERS = regex.compile(r"\W+")
_BEYOND_ASCII = regex.compile(r"[^\x00-\x7f]+")
#: Letters that a hyphen at a line's end divides; and a hyphen that stays, before a number.
_DIVIDED = regex.compile(r"(?<=\p{L})[-\u2010\u00ad]\n(?=\p{Ll})")
_CONTINUED = regex.compile(r"(?<=[-\u2010\u2011/])\n(?=\d)")


@dataclass(frozen=True, slots=True)
class FindOptions:
    """What must agree besides the letters: words from end to end, capital and small letters,
    accents; ``pattern``: the needle is a regular expression."""

    words: bool = False
    case: bool = False
    accents: bool = False
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Characters ``start`` to ``end`` (exclusive) of line ``line``."""

    line: int
    start: int
    end: int


class Matcher:
    """Looks for one needle. Raises ``UserError("find.pattern")`` for what is no regular
    expression."""

    def __init__(self, needle: str, options: FindOptions = FindOptions()) -> None:
        needle = needle[:MAX_NEEDLE]
        self.needle, self.options = needle, options
        self._fold: Callable[[str], str] = partial(
            fold, case=options.case or options.pattern, accents=options.accents
        )
        spelled = needle.strip() and (_flexible(needle) if options.pattern else self._spelled())
        self._pattern = _compiled(spelled, options) if spelled else None
        self._letters = "" if options.pattern else letters(needle)

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return self._pattern is not None

    def may_be_in(self, text: str) -> bool:
        """False if ``find`` would certainly find nothing in a page's text. Much quicker: only bare
        letters are compared, so that no hyphen, accent or line's end can hide a hit."""
        return not self._letters or self._letters in letters(text)

    def find(self, lines: Sequence[str], patience: float | None = None) -> list[tuple[Run, ...]]:
        """Where the needle stands in the lines of a page: for each occurrence its part of each
        line. Raises ``UserError("find.slow")`` when a regular expression takes longer than
        ``patience`` seconds (``PATIENCE`` by default)."""
        if self._pattern is None:
            return []
        text, origins = self._folded(lines)
        found: list[tuple[Run, ...]] = []
        try:
            for match in self._pattern.finditer(text, timeout=patience or PATIENCE):
                runs = _runs(origins, match.start(), match.end())
                if runs:
                    found.append(runs)
                if len(found) >= MAX_HITS:
                    break
        except TimeoutError:
            raise UserError("find.slow") from None
        return found

    def _spelled(self) -> str:
        words = [
            self._fold(word.replace(_SOFT_HYPHEN, ""))
            for word in unicodedata.normalize("NFC", self.needle).split()
        ]
        spelled = r"\s+".join(_BREAK.join(map(_letter, word)) for word in words if word)
        first, last = "".join(words)[:1], "".join(words)[-1:]
        if self.options.words and first.isalnum():
            spelled = rf"(?<!\w){spelled}"
        return rf"{spelled}(?!\w)" if self.options.words and last.isalnum() else spelled

    def _folded(self, lines: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
        """All lines folded and joined by newlines; for every folded character where it came from
        (line and character; character -1 for the newline)."""
        parts: list[str] = []
        origins: list[tuple[int, int]] = []
        for number, line in enumerate(lines):
            if line.isascii():
                parts.append(self._fold(line))
                origins += [(number, at) for at in range(len(line))]
            for at, cluster in () if line.isascii() else _clusters(line):
                folded = self._fold(cluster)
                parts.append(folded)
                origins += [(number, at)] * len(folded)
            parts.append("\n")
            origins.append((number, -1))
        text = "".join(parts)
        return _made_whole(text, origins) if self.options.pattern else (text, origins)


@lru_cache(maxsize=8192)
def fold(text: str, *, case: bool = False, accents: bool = False) -> str:
    """Letters as they are compared; ``case`` and ``accents`` as they are written."""
    if text.isascii():
        return text if case else text.lower()
    text = text.translate(_QUOTES)
    text = text if case else text.casefold()
    if accents:
        return unicodedata.normalize("NFKC", text)
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return bare if case else bare.casefold()


def letters(text: str) -> str:
    """Letters and digits alone, without case, accents and ligatures. Whole documents are folded as
    somebody types, and most of what is in them is ASCII."""
    if not text.isascii():
        text = _BEYOND_ASCII.sub(lambda match: match.group().translate(_LETTERS), text)
    if not text.isascii():
        return text.translate(_LETTERS)
    return text.encode("ascii").translate(_LOWER, _NO_LETTERS_IN_ASCII).decode("ascii")


class _Letters(dict[int, str]):
    """What is left of a character, worked out once each; for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        left: str = _NOT_LETTERS.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
        self[code] = left
        return left


_LETTERS = _Letters()


def _clusters(line: str) -> Iterator[tuple[int, str]]:
    """The characters of a line, accents with the letters they stand on."""
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or not unicodedata.combining(line[at]):
            yield start, line[start:at]
            start = at


def _letter(letter: str) -> str:
    """A hyphen in the needle may end a line in the page."""
    escaped: str = regex.escape(letter, special_only=False)
    return f"[{_HYPHENS}]" if letter == "-" else escaped


def _flexible(pattern: str) -> str:
    """A regular expression whose blanks also match a line's end, and more than one blank; but not
    those within square brackets."""
    out: list[str] = []
    in_class = escaped = False
    for character in pattern:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character in "[]":
            in_class = character == "["
        elif character == " " and not in_class:
            character = r"\s+"  # noqa: PLW2901 - what is added instead
        out.append(character)
    return "".join(out)


def _compiled(spelled: str, options: FindOptions) -> regex.Pattern[str]:
    if not options.pattern:
        return regex.compile(spelled)
    flags = regex.MULTILINE | (0 if options.case else regex.IGNORECASE)
    if options.accents:
        bare = unicodedata.normalize("NFC", spelled)
    else:
        apart = unicodedata.normalize("NFKD", spelled)
        bare = "".join(c for c in apart if not unicodedata.combining(c))
    try:
        return regex.compile(_WHOLE.format(f"(?:{bare})") if options.words else bare, flags)
    except regex.error as error:
        raise UserError("find.pattern", reason=error.msg) from None


def _made_whole(text: str, origins: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Without what breaks words at the ends of lines, and without soft hyphens."""
    gone: set[int] = set()
    for sign in (_DIVIDED, _CONTINUED):
        for match in sign.finditer(text):
            gone.update(range(match.start(), match.end()))
    gone.update(at for at, c in enumerate(text) if c == _SOFT_HYPHEN)
    if not gone:
        return text, origins
    kept = [at for at in range(len(text)) if at not in gone]
    return "".join(text[at] for at in kept), [origins[at] for at in kept]


def _runs(origins: Sequence[tuple[int, int]], start: int, end: int) -> tuple[Run, ...]:
    """The stretch of each line that a match covers, blanks and newlines around it left out."""
    reach: dict[int, tuple[int, int]] = {}
    for line, at in origins[start:end]:
        if at >= 0:
            low, high = reach.get(line, (at, at))
            reach[line] = (min(low, at), max(high, at))
    return tuple(Run(line, low, high + 1) for line, (low, high) in reach.items())
