"""The letters' templates: found, checked and filled in.

A template is Jinja, and may come from anybody (a colleague's, one from the web), so only a small
part of the language is let through: names, conditions, loops over what the letter is filled in
with, a handful of filters. Nothing can be called, set, included or reckoned with, loops are
counted, and the text may not grow beyond what a letter is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casefile import shipped
from casefile.domain.errors import UserError
from casefile.domain.letters import LetterFacts, LetterKind, folders

#: Characters of a template, of a letter, and rounds of all its loops together.
MOST_TEMPLATE, MOST_TEXT, MOST_ROUNDS = 60_000, 1_000_000, 20_000
#: How deep phrases may name phrases, and how deep a template's parts may lie in each other.
_MOST_NESTED, _DEEPEST = 5, 40

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name,
    nodes.Getattr, nodes.Const, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat,
)  # fmt: skip
_PHRASE = re.compile(r"\[\[([a-z_]+)\]\]")
#: A condition or loop that has a line for itself leaves no empty line behind.
_LINE_OF_ITS_OWN = re.compile(r"^[ \t]*(\{%[^%\n]*%\})[ \t]*\n", re.MULTILINE)
_COUNTED = "counted"


def source(law_id: str, kind: LetterKind) -> str:
    """Our template of a kind of letter for a law, its phrases in their places."""
    text = next(
        file.read_text("utf-8")
        for folder in folders(law_id)
        if (file := shipped.path("letters", folder, f"{kind}.txt.j2")).is_file()
    )
    return _with_phrases(text, phrases(law_id))


@cache
def phrases(law_id: str) -> Mapping[str, str]:
    """The sentences for a law; its own before its family's before those for any law."""
    found: dict[str, str] = {}
    for folder in reversed(folders(law_id)):
        file = shipped.path("letters", folder, "phrases.toml")
        if file.is_file():
            found |= tomllib.loads(file.read_text("utf-8"))
    return found


def render(template: str, facts: LetterFacts) -> str:
    """The letter. Raises ``UserError``: ``letter.template`` (with the reason), ``letter.too_long``
    (the template, or what comes of it)."""
    if len(template) > MOST_TEMPLATE:
        raise UserError("letter.too_long")
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    try:
        parts = _Environment().from_string(template).generate(values)
        return _tidy(_limited(parts))
    except TemplateError as error:
        reason = (error.message or type(error).__name__).rstrip(".")
        raise UserError("letter.template", reason=reason) from error
    except (RecursionError, MemoryError, SyntaxError, TypeError, ValueError) as error:
        raise UserError("letter.template", reason=type(error).__name__) from error


def check(template: str) -> None:
    """Whether a template can be filled in at all. Raises as ``render``."""
    render(template, LetterFacts())


class _Environment(ImmutableSandboxedEnvironment):
    """Without any way to other templates, to globals or to calls."""

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined, autoescape=False, loader=None, cache_size=0,
            finalize=_plain,
        )  # fmt: skip
        self._rounds = 0
        self.globals.clear()
        self.tests = {"none": _is_none, "defined": self.tests["defined"]}
        self.filters = {
            "listed": _listed, "length": len, "lower": _lower, "upper": _upper,
            "capitalize": _capitalize, "trim": _trim, _COUNTED: self._counted,
        }  # fmt: skip

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(_LINE_OF_ITS_OWN.sub(r"\1", source), name, filename)
        _refuse(parsed, 0)
        for loop in parsed.find_all(nodes.For):
            loop.iter = nodes.Filter(
                loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno, environment=self
            )
        return parsed

    def call(self, *_: Any, **__: Any) -> Any:
        raise SecurityError("nothing can be called in a letter")

    def _counted(self, values: object) -> Iterator[object]:
        """Each of a list, until all loops together have gone round too often."""
        if not isinstance(values, tuple | list):
            raise SecurityError("only lists can be gone through")
        for value in values:
            self._rounds += 1
            if self._rounds > MOST_ROUNDS:
                raise SecurityError("the loops go round too often")
            yield value


def _refuse(node: nodes.Node, depth: int) -> None:
    """Raises ``SecurityError`` for whatever a letter has no need of."""
    if not isinstance(node, _ALLOWED) or depth > _DEEPEST:
        raise SecurityError(f"“{type(node).__name__}” cannot be used in a letter")
    if isinstance(node, nodes.Filter) and node.name == _COUNTED:
        raise SecurityError("there is no such filter")
    if isinstance(node, nodes.For) and node.recursive:
        raise SecurityError("a loop cannot call itself")
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name.startswith("_"):
        raise SecurityError("there is no such name")
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise SecurityError("there is no such name")
    for child in node.iter_child_nodes():
        _refuse(child, depth + 1)


def _limited(parts: Iterator[str]) -> str:
    kept, length = [], 0
    for part in parts:
        length += len(part)
        if length > MOST_TEXT:
            raise UserError("letter.too_long")
        kept.append(part)
    return "".join(kept)


def _with_phrases(text: str, known: Mapping[str, str]) -> str:
    for _ in range(_MOST_NESTED):
        text = _PHRASE.sub(lambda found: known[found[1]].strip("\n"), text)
    return text


def _tidy(text: str) -> str:
    """No blanks at line ends, one empty line between paragraphs, none at either end."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _plain(value: object) -> object:
    """What may stand in a letter: words and numbers, never the look of an object."""
    if isinstance(value, str | int):
        return value
    if isinstance(value, StrictUndefined):
        return str(value)  # raises, and says which name is not known
    raise SecurityError("only words can stand in a letter")


def _listed(values: Sequence[str]) -> str:
    if isinstance(values, str):
        return values
    if not all(isinstance(value, str) for value in values):
        raise SecurityError("only words can stand in a letter")
    return ", ".join(values)


def _lower(value: object) -> str:
    return _word(value).lower()


def _upper(value: object) -> str:
    return _word(value).upper()


def _capitalize(value: object) -> str:
    return _word(value).capitalize()


def _trim(value: object) -> str:
    return _word(value).strip()


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise SecurityError("only words can be written so")
    return value


def _is_none(value: object) -> bool:
    return value is None
