"""What an appeal says: against each withholding of a request, and beyond the pages."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from casefile import shipped
from casefile.domain.annotations import Extent
from casefile.domain.exemptions import runs
from casefile.domain.letters import Section, WithheldGround, folders
from casefile.services import appeal_grounds, sources, withholding
from casefile.services.appeal_grounds import NO_CODE, Ground
from casefile.services.withholding import Entry

if TYPE_CHECKING:
    from casefile.services.case import Case

_ANY = "*"
#: The item of the checklist that is about neither confirming nor denying.
_NCND = "ncnd"
_NOTHING_FOUND = frozenset({"NO-RECORDS", "s.17", "reg.12(4)(a)", "s 24A"})


@dataclass(frozen=True, slots=True)
class Item:
    """A ground of appeal that belongs to no page, to be ticked. ``hint`` says when it fits."""

    id: str
    title: str
    hint: str
    text: str


def withheld(
    case: Case, request_id: str, law_id: str, left_out: Collection[str] = ()
) -> tuple[WithheldGround, ...]:
    """Every withholding of what was released for a request, by code, with page and
    counter-argument; ``left_out`` are codes that are not contested. What the reporter noted beside
    a withholding stays in the case. Raises ``UserError("request.not_found")``."""
    return tuple(
        WithheldGround(
            ground.code,
            _heading(ground),
            tuple(
                f"{entry.document_title}, {appeal_grounds.place(entry)}" for entry in ground.entries
            ),
            argument(law_id, ground.code, ground.known.parent if ground.known else ""),
        )
        for ground in appeal_grounds.grounds(_entries(case, request_id))
        if ground.code not in left_out
    )


def argument(law_id: str, code: str, parent: str = "") -> str:
    """What speaks against a code: the words for it, for the code it begins with, for the one it
    belongs under, else for any. None of them gives a code up: whether it applies can always be
    asked."""
    for folder in folders(law_id):
        words = _table(folder, "arguments")
        found = _of_code(words, code) or (_of_code(words, parent) if parent else "")
        if found or (code and _ANY in words):
            return found or str(words[_ANY])
    return ""


def checklist(law_id: str) -> tuple[Item, ...]:
    """The grounds that belong to no page under a law; each code with which it lets a body neither
    confirm nor deny is one of its own."""
    items: dict[str, Mapping[str, str]] = {}
    for folder in reversed(folders(law_id)):
        items |= _table(folder, "checklist")
    found = [Item(key, each["title"], each["hint"], each["text"])
             for key, each in items.items() if each["text"]]  # fmt: skip
    general = next((each for each in found if each.id == _NCND), None)
    if general is not None:
        found += [
            Item(
                f"{_NCND} {code}",
                f"Neither confirm nor deny under {code}",
                f"{code}: {description}",
                f"You rely on {code} ({description.rstrip('.')}). {general.text}",
            )
            for code, description in limbs(law_id)
        ]
    return tuple(found)


def sections(law_id: str, checked: Collection[str]) -> tuple[Section, ...]:
    """The ticked items, in the checklist's order."""
    return tuple(Section(item.title, item.text) for item in checklist(law_id) if item.id in checked)


def suggested(case: Case, request_id: str, law_id: str) -> frozenset[str]:
    """Which items the withholdings of a request speak for. Raises
    ``UserError("request.not_found")``."""
    entries = _entries(case, request_id)
    extents = {entry.mark.extent for entry in entries}
    cited = {code for entry in entries for code, _ in entry.codes}
    wanted = {f"{_NCND} {code}" for code, _ in limbs(law_id) if code in cited}
    if entries:
        wanted |= {"foreseeable_harm", "public_interest"}
    if extents & {Extent.PAGE, Extent.RANGE}:
        wanted.add("partial")
    if "GLOMAR" in cited or (Extent.ANSWER in extents and not cited & _NOTHING_FOUND):
        wanted.add(_NCND)
    if cited & _NOTHING_FOUND:
        wanted.add("search")
    return frozenset(wanted & {item.id for item in checklist(law_id)})


@cache
def limbs(law_id: str) -> tuple[tuple[str, str], ...]:
    """The codes with which a law lets a body neither confirm nor deny, each with its
    description."""
    read = tomllib.loads(shipped.path("laws", "exemptions.toml").read_text("utf-8"))
    return tuple(
        (code["code"], code["description"])
        for vocabulary in read["vocabulary"]
        if vocabulary["jurisdiction"] == law_id
        for code in vocabulary["code"]
        if code.get("limb") == _NCND
    )


def _entries(case: Case, request_id: str) -> Sequence[Entry]:
    """Nothing of a document that a confidential source gave goes into a letter."""
    protected = sources.protected_documents(case)
    found = withholding.index(case, request_id=request_id)
    return [entry for entry in found if entry.mark.document_id not in protected]


def _heading(ground: Ground) -> str:
    summary = appeal_grounds.summary(ground)
    if ground.code == NO_CODE:
        return f"Withheld without a stated ground: {summary}"
    about = f" ({ground.known.description.rstrip('.')})" if ground.known else ""
    return f"Withheld under {ground.code}{about}: {summary}"


def _of_code(words: Mapping[str, Any], code: str) -> str:
    """The words for the longest code that this one begins with."""
    if not code:
        return str(words.get(NO_CODE, ""))
    wanted = runs(code)
    fitting = [
        (len(spelt), key) for key in words if (spelt := runs(key)) and wanted[: len(spelt)] == spelt
    ]
    return str(words[max(fitting)[1]]) if fitting else ""


@cache
def _table(folder: str, name: str) -> Mapping[str, Any]:
    file = shipped.path("letters", folder, f"{name}.toml")
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
