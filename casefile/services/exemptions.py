"""The exemption codes of the laws that Casefile knows: ``resources/laws/exemptions.toml``.

Read when first asked for (some 50 milliseconds: not on the main thread), kept from then on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

from casefile import shipped
from casefile.domain import exemptions
from casefile.domain.exemptions import Code, Vocabulary, runs

__all__ = ["Code", "Vocabulary"]

#: Where neither a request nor an earlier withholding tells the law.
DEFAULT: Final = "us-federal-foia"
#: Ends of ids that are no short form of a law's name.
_ANY_LAW: Final = frozenset({"act", "statutes", "marks"})


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """All of them, in the order of the file."""
    read = tomllib.loads(shipped.path("laws", "exemptions.toml").read_text("utf-8"))
    return tuple(
        Vocabulary(
            each["id"],
            each["law"],
            each["jurisdiction"],
            each["confidence"],
            tuple(
                Code(
                    code["code"],
                    each["id"],
                    code["description"],
                    code["kind"],
                    code.get("discretionary", ""),
                    code.get("test", ""),
                    code.get("parent", ""),
                    code.get("note", ""),
                    tuple(code["printed"]),
                )
                for code in each["code"]
            ),
        )
        for each in read["vocabulary"]
    )


def get(vocabulary_id: str) -> Vocabulary | None:
    """The vocabulary of this id, if there is one."""
    return next((each for each in vocabularies() if each.id == vocabulary_id), None)


def together(vocabulary_id: str) -> tuple[Vocabulary, ...]:
    """A vocabulary and, after it, the others of its jurisdiction: a federal release prints codes of
    the Privacy Act, of the order on secrets and of other statutes beside the Act's. None for an id
    that is not known."""
    first = get(vocabulary_id)
    if first is None:
        return ()
    others = (each for each in vocabularies() if each.jurisdiction == first.jurisdiction)
    return (first, *(each for each in others if each is not first))


def for_law(law: str) -> Vocabulary | None:
    """The vocabulary of a law, given by a jurisdiction (``us-federal``), by the vocabulary's own
    id, by a name or its short form (``FOIL``), as requests name it."""
    wanted = runs(law)
    if not wanted:
        return None
    plain = law.strip().casefold()
    tests: tuple[Callable[[Vocabulary], bool], ...] = (
        lambda each: plain in (each.jurisdiction, each.id),
        lambda each: _holds(runs(each.law), wanted),
        lambda each: runs(each.id)[-1] in wanted and runs(each.id)[-1] not in _ANY_LAW,
    )
    return next((each for test in tests for each in vocabularies() if test(each)), None)


def complete(
    typed: str, vocabulary_id: str, *, used: Sequence[str] = (), limit: int = 8
) -> list[Code]:
    """Codes for what was typed so far, the likeliest first; ``used`` are codes of this case, the
    most used first. See ``casefile.domain.exemptions.complete``."""
    return exemptions.complete(typed, together(vocabulary_id), used, limit)


def lookup(spelling: str, vocabulary_id: str, *, ocr: bool = False) -> Code | None:
    """The code that a spelling means in a vocabulary or one that belongs with it; None where it
    means none. ``ocr`` allows for misread characters."""
    return exemptions.normalise(spelling, together(vocabulary_id), ocr=ocr)


def normalised(codes: Iterable[str], vocabulary_id: str) -> tuple[str, ...]:
    """Codes as the law writes them, each once; one that is not known stays as it was typed."""
    found: dict[str, None] = {}
    for typed in codes:
        words = " ".join(typed.split())
        code = lookup(words, vocabulary_id)
        if words:
            found[code.code if code is not None else words] = None
    return tuple(found)


def unknown(codes: Iterable[str], vocabulary_id: str) -> tuple[str, ...]:
    """Those of the codes that the vocabulary does not know: to be told, never refused, because laws
    change and agencies print what they like."""
    return tuple(code for code in codes if lookup(code, vocabulary_id) is None)


def printed_in(text: str, vocabulary_id: str, *, ocr: bool = False) -> tuple[str, ...]:
    """The codes printed in the text of a withheld area."""
    found = exemptions.found_in(text, together(vocabulary_id), ocr=ocr)
    return tuple(code.code for code in found)


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    count = len(wanted)
    return any(tuple(words[at : at + count]) == tuple(wanted) for at in range(len(words)))
