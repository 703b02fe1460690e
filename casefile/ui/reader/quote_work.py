"""Joins the form for quotes to the page and to the services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage

from casefile.domain.annotations import Annotation, AnnotationKind
from casefile.domain.changes import Change
from casefile.domain.geometry import Box, bounds
from casefile.domain.people import Source
from casefile.ui.announce import announce
from casefile.ui.reader.mark_form import MarkForm
from casefile.ui.reader.page_thread import as_image
from casefile.ui.reader.place_of import short_page_name
from casefile.ui.reader.quote_form import PICTURE, Capture, QuoteForm, QuoteWish
from casefile.ui.reader.selection import Passage, TextMap
from casefile.ui.reader.unfinished import quote_as_dict, quote_from_dict

if TYPE_CHECKING:
    from casefile.ui.reader.inspecting import Inspecting
    from casefile.ui.reader.page_view import PageView
    from casefile.ui.reader.verbs import Verbs
    from casefile.ui.session import CaseSession

#: The largest scale of a region's picture, in pixels a point, whatever the screen can show.
SHARPEST = 6.0


class QuoteWork(QObject):
    """Quotes what is selected on the page, and leads to what was quoted."""

    def __init__(
        self, session: CaseSession, view: PageView, verbs: Verbs, inspecting: Inspecting
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._verbs = verbs
        self._inspecting = inspecting
        inspector = inspecting.inspector
        inspector.when_made(QuoteForm, lambda form: form.saved.connect(self._save))
        inspector.when_made(MarkForm, lambda form: form.quoted.connect(self.quote_mark))

    @property
    def form(self) -> QuoteForm:
        return self._inspecting.inspector.quote

    def quote(self) -> None:
        """Quote what is selected, or the selected mark's words, or what was just marked."""
        if self._view.selection.ends is not None:
            self._verbs.with_selection(self._quote_passages)
        elif self._verbs.chosen is not None:
            self.quote_mark(self._verbs.chosen)
        elif (marked := self._verbs.just_marked) is not None:
            self._quote_passages(marked.passages, marked.mark_id)

    def quote_mark(self, mark: Annotation) -> None:
        """Quote the words under a mark; of a region its picture."""
        is_region = mark.kind is AnnotationKind.REGION
        if mark.quads and (is_region or mark.text.strip()):
            where = self._inspecting.where(mark.page)
            self._open(Capture(
                mark.page, mark.text, mark.quads, mark.prefix, mark.suffix, where, mark.id,
                is_region,
            ))  # fmt: skip

    def quote_region(self, page: int, box: Box) -> None:
        """Quote a part of a page as a picture, with whatever words stand in it."""
        document, where = self._view.document, self._inspecting.where(page)

        def open_it(words: str) -> None:
            self._open(Capture(page, words, (box.quad(),), "", "", where, is_region=True))

        text = document.text(page)
        if text is not None:
            open_it(text.words_in(box))
            return
        document.thread_.ask(
            lambda: TextMap(page, document.source.text(page)).words_in(box),
            lambda words: open_it(str(words)),
            lambda _error: open_it(""),
            urgent=True,
        )

    def open_quote(self, quote_id: str) -> None:
        """Show a quote where all quotes are."""
        self._session.open_record("quote", quote_id)

    def open_nearest(self) -> None:
        """Show the quote of the selected mark's words, else the first on the page."""
        quoted, mark = self._view.document.quotes, self._verbs.chosen
        found = quoted.get(self._view.page if mark is None else mark.page, [])
        if mark is not None:
            found = [q for q in found if q.annotation_id == mark.id or q.quads == mark.quads]
        if found:
            self.open_quote(found[0].id)
        else:
            announce("Nothing is quoted here", self._view)

    def unfinished(self) -> dict[str, object]:
        """What is open and not saved yet, as plain values."""
        form = self._inspecting.inspector.form
        wish = form.wish() if isinstance(form, QuoteForm) else None
        return quote_as_dict(wish) if wish is not None else {}

    def take_up(self, stored: Mapping[str, object]) -> None:
        """Go on with what ``unfinished`` told."""
        wish = quote_from_dict(stored, self._view.document.pages)
        if wish is not None:
            self._open(wish.capture, wish)

    def _quote_passages(self, passages: list[Passage], mark_id: str = "") -> None:
        if not passages:
            return
        first, last = passages[0], passages[-1]
        where = self._inspecting.where(first.page, last.page)
        shapes = self._view.document.shapes
        if last is not first:
            where = f"{where}\nThe quote leads to {short_page_name(shapes, first.page)}."
        text = " ".join(passage.text for passage in passages)
        self._open(
            Capture(first.page, text, first.quads, first.prefix, last.suffix, where, mark_id)
        )

    def _open(self, capture: Capture, unfinished: QuoteWish | None = None) -> None:
        from casefile.services import ocr, quoting, sources

        case, form, document_id = self._session.case, self.form, self._view.document.id
        form.begin(capture)
        self._inspecting.inspector.open(form, "Picture quote" if capture.is_region else "Quote")
        self._inspecting.keep_in_sight(capture.page, capture.quads)
        if capture.is_region:
            self._fetch_picture(capture)

        def fetch() -> tuple[list[Source], str | None, float | None]:
            sure = ocr.confidence(case, document_id, capture.page)
            return sources.listing(case), quoting.last_speaker(case), sure

        def ready(got: tuple[list[Source], str | None, float | None]) -> None:
            known, last, sure = got
            form.show_ocr(sure)
            form.set_speakers(known, last)
            if unfinished is not None:
                form.take_up(unfinished)

        self._session.tasks.run(fetch, ready, owner=form)
        form.speaker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fetch_picture(self, capture: Capture) -> None:
        """The region as it is printed, whatever is marked on it."""
        box, document = bounds(capture.quads), self._view.document
        ratio = self._view.devicePixelRatioF()
        scale = min(SHARPEST, ratio * min(
            PICTURE[0] / max(box.width, 1.0), PICTURE[1] / max(box.height, 1.0)
        ))  # fmt: skip

        def draw() -> QImage:
            image = as_image(document.source.render(capture.page, scale, box, night=False)).copy()
            image.setDevicePixelRatio(ratio)
            return image

        def drawn(image: object) -> None:
            if isinstance(image, QImage):
                self.form.show_picture(capture, image)

        document.thread_.ask(draw, drawn, lambda _error: None, urgent=True)

    def _save(self, wish: QuoteWish) -> None:
        from casefile.services import quoting

        case, document_id, capture = self._session.case, self._view.document.id, wish.capture
        annotation_id = capture.annotation_id or None

        def save() -> Change:
            if capture.is_region:
                return quoting.add_from_region(
                    case, document_id, capture.page, bounds(capture.quads),
                    source_id=wish.source_id, terms=wish.terms, note=wish.note,
                    annotation_id=annotation_id, edited=wish.edited,
                )  # fmt: skip
            return quoting.add_from_selection(
                case, document_id, capture.page, quads=capture.quads, text=capture.text,
                prefix=capture.prefix, suffix=capture.suffix, source_id=wish.source_id,
                terms=wish.terms, note=wish.note, annotation_id=annotation_id, edited=wish.edited,
            )  # fmt: skip

        self._inspecting.save(save, "Quote saved as unverified", self.form.notice.show_error)
        self._view.selection.clear()
