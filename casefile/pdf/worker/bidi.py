"""Lines of Arabic and Hebrew in the order of their meaning.

The reverse of the Unicode bidirectional algorithm (UAX #9) for one line: from where the letters
stand to the order in which they are read. MuPDF turns such lines round by itself, but numbers,
ligatures and brackets with them, and leaves the parts of a mixed line as lines of their own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from casefile.pdf.worker.pieces import (
    Numbers,
    Piece,
    part,
    put_together,
    reach,
    reach_of,
    same_line,
)

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BRACKETS = "()[]{}<>«»‹›"
_MIRRORED = str.maketrans(_BRACKETS, ")(][}{><»«›‹")


def right_to_left(pieces: list[Piece]) -> list[Piece]:
    made: list[Piece] = []
    group: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is not None and group and same_line(put_together(group), piece):
            group.append(piece)
            continue
        if group:
            whole = put_together(group)
            rtl = RIGHT_TO_LEFT.search(whole.text()) is not None
            made += [_logical(whole, spaced=len(group) > 1)] if rtl else group
        group = [] if piece is None else [piece]
    return made


@dataclass(slots=True)
class _Cluster:
    """What moves as one: a letter with its marks, or the letters of a ligature."""

    texts: list[str]
    quads: list[Numbers]
    kind: str
    """R or L for letters, N for digits, S for what stands inside numbers, T for what stands at
    their ends, else a blank."""

    def share_with(self, text: str) -> None:
        """Take in the next letter of a ligature, which has no place of its own."""
        first, last = self.quads[0], self.quads[-1]
        whole = (*last[0:2], *first[2:4], *last[4:6], *first[6:8])
        self.texts.append(text)
        self.quads = _shares(whole, len(self.texts))


def _logical(piece: Piece, *, spaced: bool) -> Piece:
    """The line in the order of its meaning. ``spaced`` puts blanks where its parts leave gaps."""
    cosine, sine = piece.direction
    clusters = _clusters(piece)
    clusters.sort(key=lambda cluster: sum(reach(cluster.quads[:1], cosine, sine)))
    if spaced:
        clusters = _with_blanks(clusters, piece)
    kinds = [cluster.kind for cluster in clusters]
    turned: list[_Cluster] = []
    out: list[_Cluster] = []
    if kinds.count("R") >= kinds.count("L"):
        out = _turned(clusters, turned)
    else:
        at = 0
        while at < len(clusters):
            end = _last_of_run(kinds, at)
            out += _turned(clusters[at:end], turned) if end > at else [clusters[at]]
            at = max(end, at + 1)
    _mirror(turned)
    return replace(
        piece,
        texts=[text for cluster in out for text in cluster.texts],
        quads=[quad for cluster in out for quad in cluster.quads],
    )


def _last_of_run(kinds: list[str], start: int) -> int:
    """The end of the right-to-left run that begins at ``start``; ``start`` where none does."""
    end = start
    if kinds[start] == "R":
        for at in range(start, len(kinds)):
            if kinds[at] == "L":
                break
            if kinds[at] == "R":
                end = at + 1
    return end


def _turned(clusters: list[_Cluster], turned: list[_Cluster]) -> list[_Cluster]:
    """Clusters from left to right, turned round, but for numbers and words that run to the right.
    Adds to ``turned`` what changed its direction, in its new order."""
    kinds = "".join(cluster.kind for cluster in clusters)
    parts: list[list[_Cluster]] = []
    at = 0
    for kept in _TO_THE_RIGHT.finditer(kinds):
        parts += [[cluster] for cluster in clusters[at : kept.start()]]
        parts.append(clusters[kept.start() : kept.end()])
        at = kept.end()
    parts += [[cluster] for cluster in clusters[at:]]
    parts.reverse()
    turned += [part[0] for part in parts if len(part) == 1]
    return [cluster for part in parts for cluster in part]


def _mirror(turned: list[_Cluster]) -> None:
    """Some files say which bracket is drawn, others which is meant: a line whose brackets close
    before they open is of the first kind."""
    brackets = [cluster for cluster in turned if cluster.texts[0] in _BRACKETS]
    if brackets and _BRACKETS.index(brackets[0].texts[0]) % 2 == 1:
        for cluster in brackets:
            cluster.texts = [text.translate(_MIRRORED) for text in cluster.texts]


def _clusters(piece: Piece) -> list[_Cluster]:
    made: list[_Cluster] = []
    waiting: list[str] = []  # letters of a ligature that MuPDF turned round with the line
    for text, quad in zip(piece.texts, piece.quads, strict=True):
        character = text[:1] or " "
        flat = reach_of(quad, piece.direction) < 1e-3
        if flat and unicodedata.combining(character) and made:
            made[-1].texts.append(text)
            made[-1].quads.append(quad)
        elif flat and RIGHT_TO_LEFT.match(character) and _ends_at(made, quad, piece):
            made[-1].share_with(text)
        elif flat and RIGHT_TO_LEFT.match(character):
            waiting.append(text)
        else:
            letters = [text, *reversed(waiting)]
            waiting = []
            quads = [quad] if len(letters) == 1 else _shares(quad, len(letters))
            made.append(_Cluster(letters, quads, _kind(character)))
    if waiting:
        letters = waiting[::-1]
        made.append(_Cluster(letters, [piece.quads[-1]] * len(letters), "R"))
    return made


def _ends_at(made: list[_Cluster], quad: Numbers, piece: Piece) -> bool:
    """Whether a letter without a width belongs to the one before it: that one begins there when
    the next one is what it belongs to."""
    if not made:
        return False
    place = reach([quad], *piece.direction)[0]
    return abs(place - reach(made[-1].quads, *piece.direction)[1]) < 1e-2


def _shares(quad: Numbers, count: int) -> list[Numbers]:
    """The parts of a ligature's place, from the right."""
    return [part(quad, at / count, (at + 1) / count) for at in range(count - 1, -1, -1)]


_KINDS = {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "N", "ES": "S", "CS": "S", "ET": "T"}
#: Words with their blanks and numbers; a number with its signs.
_TO_THE_RIGHT = re.compile(
    "(?:L|N[NST ]*L)(?:[LNST ]*[LN])?"  # from the first word or a number before it to the last
    "|T*N(?:[NST]*N)?T*"
)


def _kind(character: str) -> str:
    return _KINDS.get(unicodedata.bidirectional(character), " ")


def _with_blanks(clusters: list[_Cluster], piece: Piece) -> list[_Cluster]:
    made: list[_Cluster] = []
    top, bottom = piece.across()
    for cluster in clusters:
        if made and not made[-1].texts[0].isspace() and not cluster.texts[0].isspace():
            before, after = made[-1].quads[0], cluster.quads[0]
            gap = reach([after], *piece.direction)[0] - reach(made[-1].quads, *piece.direction)[1]
            if gap > 0.15 * (bottom - top):
                blank = (*before[2:4], *after[0:2], *before[6:8], *after[4:6])
                made.append(_Cluster([" "], [blank], " "))
        made.append(cluster)
    return made
