"""What agencies kept back, as a table: in the index page of a bundle, and as CSV."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from casefile.domain.annotations import Annotation, AnnotationKind, Extent
from casefile.services import exemptions
from casefile.services.leaving.contents import BundleDocument
from casefile.services.leaving.quotes_csv import harmless

COLUMNS = (
    "title", "page", "page_label", "withheld", "pages", "first", "last", "codes", "exemptions",
    "comment", "file", "sha256",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Withheld:
    """One place where something was kept back. ``pages`` counts whole pages: 0 for an area or an
    answer, None where nobody knows. ``exemptions`` says what each code means, as far as known."""

    document: BundleDocument
    mark: Annotation
    pages: int | None
    exemptions: tuple[str, ...]

    @property
    def extent(self) -> Extent:
        return self.mark.extent or Extent.AREA


def withheld_in(documents: Iterable[BundleDocument]) -> list[Withheld]:
    """Every withholding of a bundle, by document and page."""
    return [
        Withheld(document, mark, mark.pages_withheld, _meanings(mark))
        for document in documents
        for mark in document.marks
        if mark.kind is AnnotationKind.WITHHOLDING
    ]


def _meanings(mark: Annotation) -> tuple[str, ...]:
    known = (exemptions.lookup(code, mark.vocabulary) for code in mark.codes)
    return tuple(code.description for code in known if code is not None)


def withheld_csv(found: Sequence[Withheld]) -> bytes:
    """One line a withholding, a header line first (RFC 4180, UTF-8)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in found:
        mark, document = each.mark, each.document
        writer.writerow(
            harmless(value)
            for value in (
                document.title,
                str(mark.page),
                document.labels.get(mark.page, ""),
                each.extent.value,
                "" if each.pages is None else str(each.pages),
                mark.missing_first,
                mark.missing_last,
                ", ".join(mark.codes),
                "; ".join(each.exemptions),
                mark.comment,
                document.path,
                document.sha256,
            )
        )
    return out.getvalue().encode("utf-8")


def section(
    found: Sequence[Withheld],
    text: Callable[[str], str],
    link: Callable[[BundleDocument, int], str],
) -> Iterator[str]:
    """The section of the index page. ``text`` escapes words, ``link`` leads to a page."""
    if not found:
        return
    yield '<section id="withheld" aria-labelledby="withheld-title">'
    yield '<h2 id="withheld-title">Withheld</h2>'
    yield f"<p>{summary(found)}</p>"
    yield "<table><thead><tr>"
    yield "".join(
        f'<th scope="col">{head}</th>' for head in ("Place", "Kept back", "Exemptions", "Note")
    )
    yield "</tr></thead><tbody>"
    for each in found:
        meanings = f'<br><span class="muted">{text("; ".join(each.exemptions))}</span>'
        yield (
            f"<tr><td>{text(each.document.title)}, {link(each.document, each.mark.page)}</td>"
            f"<td>{html.escape(what(each))}{text(_ends(each.mark))}</td>"
            f"<td>{text(', '.join(each.mark.codes))}{meanings if each.exemptions else ''}</td>"
            f"<td>{text(each.mark.comment)}</td></tr>"
        )
    yield "</tbody></table>"
    yield "</section>"


def what(each: Withheld) -> str:
    """``An area``, ``The whole page``, ``12 pages after this one, never delivered``."""
    if each.extent is Extent.RANGE:
        if each.pages is None:
            return "Pages after this one, never delivered"
        count = "1 page" if each.pages == 1 else f"{each.pages:,} pages"
        return f"{count} after this one, never delivered"
    return {
        Extent.AREA: "An area",
        Extent.PAGE: "The whole page",
        Extent.ANSWER: "The whole answer",
    }[each.extent]


def _ends(mark: Annotation) -> str:
    ends = "–".join(end for end in (mark.missing_first, mark.missing_last) if end)
    return f": {ends}" if ends else ""


def summary(found: Sequence[Withheld]) -> str:
    """How much of what was kept back, in one sentence."""
    delivered = sum(each.extent is Extent.PAGE for each in found)
    missing = sum(each.pages or 0 for each in found if each.extent is Extent.RANGE)
    areas = sum(each.extent is Extent.AREA for each in found)
    unknown = sum(each.pages is None for each in found)
    parts = [
        f"{count:,} {word if count == 1 else word + 's'}{rest}"
        for count, word, rest in (
            (areas, "area", ""),
            (delivered, "whole page", ""),
            (missing, "page", " never delivered"),
            (unknown, "gap", " of unknown length"),
        )
        if count
    ]
    return ", ".join(parts).capitalize() + "." if parts else "The whole answer."
