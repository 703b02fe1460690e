"""Marks that look like one become one.

A new highlight, underline or strike-out that overlaps an older one of the same kind and colour, or
meets it without a gap, is added to that one: the older mark keeps its id, so that what points to it
(quotes, follow-ups) stays right, and grows. Another colour says another thing: a reporter who gives
each colour a meaning marks a sentence twice on purpose, so both marks are kept whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.geometry import Quad, sort_key
from casefile.domain.line_marks import marks_touch, united
from casefile.pdf.values import PageText, WorkerFailed
from casefile.services import reading
from casefile.services.running_text import Captured, capture
from casefile.store import annotations as marks
from casefile.store import followups, quotes, tags, trash
from casefile.store.ids import now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.transaction import Transaction

_MERGED = frozenset({
    AnnotationKind.HIGHLIGHT, AnnotationKind.UNDERLINE, AnnotationKind.STRIKEOUT
})  # fmt: skip


_FEW = 50


class _Part(Protocol):
    @property
    def page(self) -> int: ...

    @property
    def quads(self) -> tuple[Quad, ...]: ...


class Merger:
    """Merges the marks of one edit. Made before the edit: it reads the pages' words, which may
    take a moment, where there is something to merge with."""

    def __init__(
        self,
        case: Case,
        document_id: str,
        kind: AnnotationKind,
        colour: str,
        parts: Iterable[_Part],
    ) -> None:
        self._merges = kind in _MERGED
        self._texts: dict[int, PageText] = {}
        if not self._merges:
            return
        on_page: dict[int, list[tuple[Quad, ...]]] = {}
        for part in parts:
            on_page.setdefault(part.page, []).append(part.quads)
        for page, places in on_page.items():
            there = marks.listing(case.reader(), document_id, page=page)
            if _touch_each_other(places) or any(
                _alike(mark, kind, colour, quads) for mark in there for quads in places
            ):
                try:
                    self._texts[page] = reading.text(case, document_id, page)
                except WorkerFailed:
                    self._texts[page] = PageText(())

    def merged(self, tx: Transaction, new: Annotation) -> Annotation | None:
        """Add a mark that is not written yet to the oldest one it touches, with whatever else it
        touches; None where it touches nothing, and nothing was written."""
        near = self._near(tx, new)
        if not near:
            return None
        oldest = min(near, key=lambda mark: (mark.adopted_key is None, mark.created_at))
        return self._united(tx, oldest, near, [new])

    def taken_in(self, tx: Transaction, mark: Annotation) -> Annotation:
        """Let a mark that is there already (it was drawn longer) take in what it touches now."""
        near = self._near(tx, mark)
        return self._united(tx, mark, near, []) if near else mark

    def _near(self, tx: Transaction, mark: Annotation) -> list[Annotation]:
        if not self._merges:
            return []
        return [
            each
            for each in marks.listing(tx, mark.document_id, page=mark.page)
            if each.id != mark.id and _alike(each, mark.kind, mark.colour, mark.quads)
        ]

    def _united(
        self,
        tx: Transaction,
        stays: Annotation,
        near: Sequence[Annotation],
        unwritten: Sequence[Annotation],
    ) -> Annotation:
        # Two marks of the file stay two: each is known by its own key.
        others = [mark for mark in near if mark is not stays and mark.adopted_key is None]
        grown = self._grown(stays, [*others, *unwritten])
        marks.update(tx, grown)
        for other in others:
            _hand_over(tx, other, grown)
        return grown

    def _grown(self, stays: Annotation, others: Sequence[Annotation]) -> Annotation:
        together = [stays, *others]
        quads = united([quad for mark in together for quad in mark.quads])
        quads = tuple(sorted(quads, key=lambda quad: (quad.box.y0, quad.box.x0)))
        words = capture(self._texts.get(stays.page, PageText(())), quads)
        if not words.text:
            words = _joined(together)
        return replace(
            stays,
            quads=quads,
            text=words.text,
            prefix=words.prefix,
            suffix=words.suffix,
            comment="\n".join(dict.fromkeys(mark.comment for mark in together if mark.comment)),
            codes=tuple(dict.fromkeys(code for mark in together for code in mark.codes)),
            modified_at=now(),
        )


def _touch_each_other(places: Sequence[Sequence[Quad]]) -> bool:
    """Whether marks of one edit may become one; of very many it is not asked, but supposed."""
    return len(places) > _FEW or any(
        marks_touch(one, other) for at, one in enumerate(places) for other in places[:at]
    )


def _alike(mark: Annotation, kind: AnnotationKind, colour: str, quads: Sequence[Quad]) -> bool:
    return mark.kind is kind and mark.colour == colour and marks_touch(mark.quads, quads)


def _hand_over(tx: Transaction, old: Annotation, to: Annotation) -> None:
    """Let everything that belongs to ``old`` belong to ``to``, and move ``old`` to the trash."""
    for name in tags.on(tx, "annotation", old.id):
        tags.add(tx, name, "annotation", [to.id])
    for deleted in (False, True):
        for quote in quotes.listing(tx, deleted=deleted):
            if quote.annotation_id == old.id:
                quotes.update(tx, replace(quote, annotation_id=to.id))
        for followup in followups.listing(tx, deleted=deleted):
            if (followup.linked_kind, followup.linked_id) == ("annotation", old.id):
                followups.update(tx, replace(followup, linked_id=to.id))
    trash.delete(tx, "annotation", [old.id], now())


def _joined(parts: Sequence[Annotation]) -> Captured:
    """The words of marks on a page that has none of its own any more (or was never read): in the
    order of their places, what two share only once."""
    ordered = sorted(parts, key=lambda mark: sort_key(mark.page, mark.quads[:1]))
    text = ordered[0].text
    for mark in ordered[1:]:
        text = _overlapped(text, mark.text)
    return Captured(text, ordered[0].prefix, ordered[-1].suffix)


def _overlapped(first: str, second: str) -> str:
    if second in first:
        return first
    if first in second:
        return second
    for shared in range(min(len(first), len(second)) - 1, 0, -1):
        if first.endswith(second[:shared]):
            return first + second[shared:]
    return f"{first} {second}"
