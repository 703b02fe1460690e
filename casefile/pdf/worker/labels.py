"""Page labels (ISO 32000-2, 12.4.2): what is printed on the page, as the PDF says it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import pymupdf

MAX_LABEL = 64
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class PageLabels:
    """The rules of a document's number tree, read once."""

    def __init__(self, document: pymupdf.Document) -> None:
        rules: list[dict[str, Any]] = []
        if document.is_pdf:
            try:
                rules = document.get_page_labels()
            except Exception:  # noqa: BLE001 - broken labels are no labels
                rules = []
        rules = [r for r in rules if isinstance(r.get("startpage"), int)]
        self._rules = sorted(rules, key=lambda rule: int(rule["startpage"]))
        self._starts = [int(rule["startpage"]) for rule in self._rules]

    def of(self, number: int) -> str:
        """The label of a page counted from 1; its number where the file has none."""
        at = bisect_right(self._starts, number - 1) - 1
        if at < 0:
            return str(number)
        rule = self._rules[at]
        count = number - 1 - self._starts[at] + int(rule.get("firstpagenum") or 1)
        label = str(rule.get("prefix") or "") + styled(count, str(rule.get("style") or ""))
        clean = "".join(c for c in label if c.isprintable())[:MAX_LABEL]
        return clean or str(number)


def styled(count: int, style: str) -> str:
    """A number in one of PDF's styles: D, R, r, A, a; nothing for no style."""
    if style == "D":
        return str(count)
    if count < 1 or count > 100_000:
        return str(count) if style else ""
    if style in {"A", "a"}:
        letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, MAX_LABEL)
        return letters.upper() if style == "A" else letters
    if style in {"R", "r"}:
        letters = roman(count)
        return letters.upper() if style == "R" else letters
    return ""


def roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        text += letters * times
    return text
