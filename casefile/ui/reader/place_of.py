"""How a place in a document is written for the reader: ``p. iv (4 of 412)``."""

from __future__ import annotations

from collections.abc import Sequence

from casefile.services.reading import PageLink, PageShape
from casefile.services.wording import printable


def page_name(shapes: Sequence[PageShape], page: int) -> str:
    """``iv (4 of 412)``, or ``4 of 412`` where the printed number is the physical one."""
    plain = f"{page} of {len(shapes)}"
    label = shapes[page - 1].label
    return plain if label in ("", str(page)) else f"{label} ({plain})"


def pages_name(shapes: Sequence[PageShape], first: int, last: int) -> str:
    """``iv–v (4–5 of 412)``, or ``4–5 of 412``; of one page as ``page_name``."""
    if first == last:
        return page_name(shapes, first)
    plain = f"{first}–{last} of {len(shapes)}"
    labels = [shapes[page - 1].label or str(page) for page in (first, last)]
    return plain if labels == [str(first), str(last)] else f"{'–'.join(labels)} ({plain})"


def short_page_name(shapes: Sequence[PageShape], page: int) -> str:
    """``p. iv``, for lists of one document."""
    return f"p. {shapes[page - 1].label or page}"


def page_called(shapes: Sequence[PageShape], text: str) -> int | None:
    """The page with this label, else this number; ``None`` if there is neither."""
    wanted = text.strip().casefold()
    for shape in shapes:
        if shape.label and shape.label.casefold() == wanted:
            return shape.number
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 0
    return number if 1 <= number <= len(shapes) else None


def link_target(shapes: Sequence[PageShape], link: PageLink, most: int = 200) -> str:
    """Where a link leads, in words: ``p. iv``, or an address of ``most`` characters at most."""
    if link.page is None:
        return f"outside: {shortened(link.address, most)}"
    return short_page_name(shapes, link.page)


def shortened(text: str, most: int) -> str:
    """Words of a document on one line, nothing in them but what can be seen."""
    line = printable(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"
