"""How words typed into a search field find words on a page.

Texts are indexed by SQLite's FTS5 with ``unicode61 remove_diacritics 2``: a word is a run of
letters and digits; case and accents do not matter. Three things would not be found that way and are
therefore indexed a second time, in the form ``findable`` gives them:

- a word broken by a hyphen at a line's end ("contrac-/tor") or holding soft hyphens, joined;
- Chinese and Japanese, which write no spaces: every character becomes a word, and a query's run of
  characters a phrase;
- ligatures and full-width forms, as plain letters (Unicode NFKC).

Joined words keep a few neighbours, so that phrases find them too; a longer phrase is asked for as
overlapping pieces, each of which fits among the neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Words kept on each side of a joined word.
NEIGHBOURS = 6
#: A longer phrase is split into pieces of this many words, each sharing words with the next.
_PIECE = NEIGHBOURS + 1
_STEP = 4
#: What nobody types; keeps hostile queries from growing the parse tree of FTS5.
_MOST_TERMS = 48
_LONGEST_QUERY = 4_000

# Han, kana, bopomofo and their compatibility forms; Hangul is written with spaces.
_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u30ff\u3105-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
#: A space between two of them; the marks around hits in snippets may stand there too.
_SPACED_CJK = re.compile(f"([{_CJK}][\\x02\\x03]?) (?=[\\x02\\x03]?[{_CJK}])")
#: A hyphen that ends a line, between letters: minus, soft hyphen, hyphen, and the not-sign that
#: some programs print for a soft hyphen.
# The letter before is looked at last: a pattern that begins with looking back is tried at every
# character, which doubles what preparing a page for the index costs.
_LINE_END_HYPHEN = re.compile(
    r"[-\u00ad\u2010\u00ac](?<=[^\W\d_].)[ \t]*\r?\n[ \t]*(?=[^\W\d_])", re.DOTALL
)
_SOFT_HYPHEN = "\u00ad"
#: Some keyboards and most programs type these for the plain one.
_QUOTATION_MARKS = str.maketrans("“”„‟«»", '""""""')
_WORD = re.compile(r"\S+")
#: Stands for a removed hyphen while words are cut, so that joined words are recognised.
_SEAM = "\ue0ff"


@dataclass(frozen=True, slots=True)
class Term:
    """One word or quoted phrase of a query; with ``prefix``, its last word may go on."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All of ``wanted`` and none of ``unwanted``."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    @property
    def match(self) -> str | None:
        """The same for FTS5's ``MATCH``, or None if nothing can match it."""
        if not self.wanted:
            return None
        wanted = " AND ".join(_fts(term) for term in self.wanted)
        if not self.unwanted:
            return wanted
        return f"({wanted}) NOT ({' OR '.join(_fts(term) for term in self.unwanted)})"


def parse_query(text: str) -> Query:
    """Read what was typed. Words are ANDed, "quotes" make a phrase (an open quote ends with the
    text), a trailing ``*`` makes a prefix, a leading ``-`` excludes; everything else is literal.
    There is no wrong query: one without any word finds nothing."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    text = _plain(text[:_LONGEST_QUERY])
    at = 0
    while at < len(text) and len(wanted) + len(unwanted) < _MOST_TERMS:
        if text[at].isspace():
            at += 1
            continue
        excludes = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
        at += excludes
        if text[at] == '"':
            end = text.find('"', at + 1)
            end = len(text) if end < 0 else end
            words, at = text[at + 1 : end], end + 1
            prefix = text[at : at + 1] == "*"
            at += prefix
        else:
            end = at
            while end < len(text) and not text[end].isspace() and text[end] != '"':
                end += 1
            words, at = text[at:end], end
            prefix = words.endswith("*")
        if any(map(_in_word, words)):
            (unwanted if excludes else wanted).append(Term(words, prefix))
    return Query(tuple(wanted), tuple(unwanted))


def findable(text: str) -> str:
    """What of ``text`` must be indexed a second time, in which form; mostly nothing."""
    seamed = _LINE_END_HYPHEN.sub(_SEAM, text)
    seamed = seamed.replace(_SOFT_HYPHEN, _SEAM)
    if seamed.isascii():
        return ""
    words = [word for word in _WORD.findall(seamed) if any(map(_in_word, word))]
    needed = [False] * len(words)
    for index, word in enumerate(words):
        if not word.isascii():
            plain = unicodedata.normalize("NFKC", word.replace(_SEAM, ""))
            if _CJK_CHARACTER.search(plain) or _SEAM in word or _reads_otherwise(word, plain):
                first, end = max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1
                needed[first:end] = [True] * len(needed[first:end])
            words[index] = _CJK_CHARACTER.sub(r" \g<0> ", plain)
    pieces: list[str] = []
    gap = False
    for word, keep in zip(words, needed, strict=True):
        if keep:
            if gap and pieces:
                pieces.append(_GAP)
            pieces.append(word)
        gap = not keep
    return " ".join(" ".join(pieces).split())


#: Parts stretches of text that do not follow each other; a private-use character counts as a word.
_GAP = "\ue0fe"


def unspaced(snippet: str) -> str:
    """A piece of ``findable`` text as it is shown: no spaces within Chinese and Japanese, an
    ellipsis at the gaps."""
    return _SPACED_CJK.sub(r"\1", snippet.replace(_GAP, "…"))


def _plain(text: str) -> str:
    """What can be handed to SQLite: no NUL, no lone surrogates, no soft hyphens; NFKC."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    plain = unicodedata.normalize("NFKC", text.replace(_SOFT_HYPHEN, ""))
    return plain.translate(_QUOTATION_MARKS)


def _in_word(character: str) -> bool:
    """Whether FTS5's unicode61 takes the character as part of a word."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"


def _cut(text: str) -> list[str]:
    """``text`` as the words FTS5 cuts it into."""
    return "".join(c if _in_word(c) or unicodedata.combining(c) else " " for c in text).split()


def _reads_otherwise(word: str, plain: str) -> bool:
    """Whether FTS5 sees other words in ``plain``, the NFKC form of ``word``. That accents were
    composed is no difference to it."""
    changed = any(unicodedata.normalize("NFKC", character) != character for character in word)
    return changed and _cut(word) != _cut(plain)


def _fts(term: Term) -> str:
    parts = _cut(_CJK_CHARACTER.sub(r" \g<0> ", term.text))
    if len(parts) <= _PIECE:
        return _phrase(parts, term.prefix)
    last = len(parts) - _PIECE
    starts = [*range(0, last, _STEP), last]
    pieces = [
        _phrase(parts[start : start + _PIECE], term.prefix and start == last) for start in starts
    ]
    return "(" + " AND ".join(pieces) + ")"


def _phrase(parts: list[str], prefix: bool) -> str:
    return '"' + " ".join(parts) + '"' + (" *" if prefix else "")
