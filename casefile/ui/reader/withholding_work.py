"""Joins the form for withholdings to the page and to the services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from casefile.domain.annotations import Annotation, AnnotationKind, Extent
from casefile.domain.changes import Change
from casefile.domain.geometry import Box, bounds, is_coordinate
from casefile.ui.reader.selection import Passage
from casefile.ui.reader.withholding_form import (
    Knowledge,
    Place,
    WithholdingForm,
    WithholdingWish,
)

if TYPE_CHECKING:
    from casefile.ui.reader.inspecting import Inspecting
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.reader.verbs import Verbs
    from casefile.ui.session import CaseSession


class WithholdingWork(QObject):
    """Opens the form on what is selected or placed, and records what it asks for."""

    def __init__(
        self, session: CaseSession, view: PageView, verbs: Verbs, inspecting: Inspecting
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._verbs = verbs
        self._inspecting = inspecting
        inspecting.inspector.when_made(WithholdingForm, lambda form: form.saved.connect(self._save))

    @property
    def form(self) -> WithholdingForm:
        return self._inspecting.inspector.withholding

    def on_selection(self) -> bool:
        """About the selected words, or the selected mark; False where nothing is selected."""
        if self._view.selection.ends is not None:
            self._verbs.with_selection(self._on_passages)
            return True
        mark = self._verbs.chosen
        if mark is None:
            return False
        if mark.kind is AnnotationKind.WITHHOLDING:
            self.change(mark)
            return True
        if mark.quads:
            self.on_area(mark.page, bounds(mark.quads))
        return bool(mark.quads)

    def on_area(self, page: int, box: Box) -> None:
        self._open(WithholdingWish(self._place(page, box), Extent.AREA))

    def on_page(self, extent: Extent = Extent.PAGE) -> None:
        """About the page that is being read, or (``RANGE``) the pages missing after it."""
        self._open(WithholdingWish(self._place(self._view.page, None), extent))

    def change(self, mark: Annotation) -> None:
        """About a withholding that was recorded before."""
        box = bounds(mark.quads) if mark.quads else None
        place = Place(mark.page, self._inspecting.where(mark.page), box, mark.id)
        self._open(WithholdingWish(
            place, mark.extent or Extent.AREA, mark.codes, mark.vocabulary, mark.missing_count,
            mark.missing_first, mark.missing_last, mark.comment,
        ))  # fmt: skip

    def unfinished(self) -> dict[str, object]:
        """What is open and not saved yet, as plain values."""
        form = self._inspecting.inspector.form
        wish = form.wish() if isinstance(form, WithholdingForm) else None
        if wish is None:
            return {}
        box = wish.place.box
        return {
            "form": "withholding",
            "page": wish.place.page,
            "box": [box.x0, box.y0, box.x1, box.y1] if box is not None else [],
            "mark": wish.place.mark_id,
            "extent": str(wish.extent),
            "codes": list(wish.codes),
            "vocabulary": wish.vocabulary,
            "count": wish.count,
            "first": wish.first,
            "last": wish.last,
            "comment": wish.comment,
        }

    def take_up(self, stored: Mapping[str, object]) -> None:
        """Go on with what ``unfinished`` told; what does not read as such is passed over."""
        page, box, codes, count = (stored.get(key) for key in ("page", "box", "codes", "count"))
        if not isinstance(page, int) or not 1 <= page <= self._view.document.pages:
            return
        try:
            extent = Extent(str(stored.get("extent")))
        except ValueError:
            return
        area = None
        if isinstance(box, list) and len(box) == 4 and all(map(is_coordinate, box)):
            area = Box.spanning(*box)
        if extent is Extent.AREA and area is None:
            return
        words = {
            name: str(stored.get(name) or "")
            for name in ("mark", "vocabulary", "first", "last", "comment")
        }
        self._open(WithholdingWish(
            Place(page, self._inspecting.where(page), area, words["mark"]),
            extent,
            tuple(str(code) for code in codes) if isinstance(codes, list) else (),
            words["vocabulary"],
            count if isinstance(count, int) else None,
            words["first"], words["last"], words["comment"],
        ))  # fmt: skip

    def _on_passages(self, passages: list[Passage]) -> None:
        if passages:
            self.on_area(passages[0].page, bounds(passages[0].quads))
            self._view.selection.clear()

    def _place(self, page: int, box: Box | None) -> Place:
        return Place(page, self._inspecting.where(page), box)

    def _open(self, wish: WithholdingWish) -> None:
        case, document_id, place = self._session.case, self._view.document.id, wish.place
        form = self.form
        form.begin(wish)
        self._inspecting.inspector.open(form, "Withholding")
        quads = (place.box.quad(),) if place.box is not None else ()
        self._inspecting.keep_in_sight(place.page, quads)
        form.enter()

        def fetch() -> Knowledge:
            from casefile.services import exemptions, withholding

            likely = wish.vocabulary or withholding.default_vocabulary(case, document_id)
            printed: tuple[str, ...] = ()
            if place.box is not None and not place.mark_id:
                printed = withholding.printed_codes(
                    case, document_id, place.page, place.box, likely
                )
            return Knowledge(
                exemptions.vocabularies(),
                likely,
                withholding.used_codes(case),
                printed,
                withholding.gap_after(case, document_id, place.page),
            )

        self._session.tasks.run(fetch, form.know, owner=form)

    def _save(self, wish: WithholdingWish) -> None:
        from casefile.services import withholding

        case, document_id, colour = (
            self._session.case, self._view.document.id, self._verbs.last_colour
        )  # fmt: skip
        place = wish.place

        def save() -> Change:
            if place.mark_id:
                return withholding.edit(
                    case, place.mark_id, extent=wish.extent, codes=wish.codes, count=wish.count,
                    first=wish.first, last=wish.last, vocabulary=wish.vocabulary,
                    comment=wish.comment,
                )  # fmt: skip
            return withholding.add(
                case, document_id, place.page,
                box=place.box if wish.extent is Extent.AREA else None,
                extent=wish.extent, codes=wish.codes, count=wish.count, first=wish.first,
                last=wish.last, comment=wish.comment, colour=colour, vocabulary=wish.vocabulary,
            )  # fmt: skip

        said = " ".join(("Withholding recorded", ", ".join(wish.codes))).strip()
        failed: Callable[..., None] = self.form.notice.show_error
        self._inspecting.save(save, said, failed)
