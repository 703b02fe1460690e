"""The verbs and options about marks, withholdings and quotes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Protocol

from casefile.cli.value_types import count, day, page, share, shift, terms
from casefile.domain.annotations import COLOURS, AnnotationKind, Extent
from casefile.domain.people import Terms

#: Strokes of a pen are made with a pen.
KINDS = tuple(kind.value for kind in AnnotationKind if kind is not AnnotationKind.INK)
#: Kinds that need no place on the page.
PLACELESS = frozenset({"bookmark", "withholding"})


class Verb(Protocol):
    """Makes a verb; with ``case`` it takes one."""

    def __call__(self, name: str, words: str, *, case: bool = True) -> argparse.ArgumentParser: ...


Actions = Callable[[str, str, tuple[tuple[str, str], ...]], Mapping[str, argparse.ArgumentParser]]


def add(verb: Verb, actions: Actions) -> None:
    """Add these verbs; ``verb`` and ``actions`` make one that takes a case."""
    _annotate(verb("annotate", "mark a page"))
    annotations = verb("annotations", "list the marks")
    annotations.add_argument("document", metavar="DOC", nargs="?")
    _annotation(actions("annotation", "what is done to marks", (
        ("edit", "change marks"), ("move", "put marks elsewhere on their page"),
        ("delete", "move marks to the trash"),
        ("in-file", "list the marks that came with a file"),
        ("adopt", "make marks of a file the case's own"),
    )))  # fmt: skip
    withholdings = verb("withholdings", "what agencies kept back, by exemption code")
    withholdings.add_argument("document", metavar="DOC", nargs="?")
    withholdings.add_argument("--request", metavar="ID", help="only what came for a request")
    known = verb("exemptions", "the codes of the laws, for a few letters of one", case=False)
    known.add_argument("typed", metavar="TEXT", nargs="?", help="b7c, s40, privacy ...")
    known.add_argument("--law", metavar="ID", help="a jurisdiction or a list, as us-federal")
    known.add_argument("--limit", type=count, metavar="N", default=20)
    carry = verb("carry", "carry marks over to another release of the same record")
    carry.add_argument("document", metavar="FROM")
    carry.add_argument("to", metavar="TO")
    carry.add_argument(
        "--least", type=share, metavar="N", help="how sure a place must be, from 0 to 1"
    )
    carry.add_argument("--dry-run", action="store_true", help="only say what would be done")
    _quote(actions("quote", "verbatim words with a speaker and a place", (
        ("add", "add a quote"), ("edit", "change what is known of a quote"),
        ("list", "list the quotes"), ("verify", "compare quotes with what their pages say"),
    )))  # fmt: skip


def _annotate(annotate: argparse.ArgumentParser) -> None:
    annotate.add_argument("document", metavar="DOC")
    annotate.add_argument("--page", type=page, metavar="N", required=True)
    where = annotate.add_mutually_exclusive_group()
    where.add_argument("--find", metavar="TEXT", help="every place where TEXT stands")
    where.add_argument("--box", metavar="X0,Y0,X1,Y1", help="an area, in points")
    annotate.add_argument("--nth", type=count, metavar="N", help="only the Nth of --find")
    annotate.add_argument("--kind", choices=KINDS, required=True)
    annotate.add_argument("--colour", choices=list(COLOURS), default="yellow")
    annotate.add_argument("--comment", metavar="TEXT", default="")
    annotate.add_argument("--codes", metavar="LIST", default="", help="exemption codes")
    annotate.add_argument("--tag", metavar="TAG", action="append", default=[])
    _of_a_withholding(annotate)


def _of_a_withholding(parser: argparse.ArgumentParser) -> None:
    held = parser.add_argument_group("of a withholding")
    held.add_argument("--extent", choices=[each.value for each in Extent])
    held.add_argument("--missing-count", type=count, metavar="N", help="pages never delivered")
    held.add_argument("--missing-first", metavar="NUMBER", help="the first of them")
    held.add_argument("--missing-last", metavar="NUMBER", help="the last of them")
    held.add_argument("--vocabulary", metavar="ID", help="the law whose codes are meant")


def _annotation(does: Mapping[str, argparse.ArgumentParser]) -> None:
    edit = does["edit"]
    for action in ("edit", "move", "delete"):
        does[action].add_argument("annotations", metavar="ID", nargs="+")
    where = does["move"].add_mutually_exclusive_group(required=True)
    where.add_argument("--by", type=shift, metavar="RIGHT,DOWN", help="in points")
    where.add_argument("--box", metavar="X0,Y0,X1,Y1", help="of one mark")
    where.add_argument("--find", metavar="TEXT", help="of one mark: the words it is to stand on")
    does["move"].add_argument("--nth", type=count, metavar="N", default=1, help="of --find")
    edit.add_argument("--kind", choices=KINDS)
    edit.add_argument("--colour", choices=list(COLOURS))
    edit.add_argument("--comment", metavar="TEXT")
    edit.add_argument("--codes", metavar="LIST", help="exemption codes")
    edit.add_argument("--tag", metavar="TAG", action="append", default=[], help="give them a tag")
    edit.add_argument(
        "--untag", metavar="TAG", action="append", default=[], help="take a tag from them"
    )
    _of_a_withholding(edit)
    for action in ("in-file", "adopt"):
        does[action].add_argument("document", metavar="DOC")
    does["adopt"].add_argument("keys", metavar="KEY", nargs="*", help="all without one")


def _quote(does: Mapping[str, argparse.ArgumentParser]) -> None:
    made = does["add"]
    made.add_argument("--annotation", metavar="ID", help="the words under a mark")
    made.add_argument("--document", metavar="DOC")
    made.add_argument("--page", type=page, metavar="N")
    made.add_argument("--find", metavar="TEXT")
    made.add_argument("--box", metavar="X0,Y0,X1,Y1", help="a part of the page, as a picture")
    made.add_argument("--nth", type=count, metavar="N")
    made.add_argument("--text", metavar="TEXT", help="words from a conversation")
    made.add_argument("--text-file", metavar="FILE", help="the same, read from a file")
    made.add_argument("--spoken-on", type=day, metavar="DATE")
    does["verify"].add_argument("quotes", metavar="ID", nargs="*", help="all without one")
    does["edit"].add_argument("quote", metavar="ID")
    does["edit"].add_argument(
        "--edited", metavar="TEXT", help="quote it with marked changes, […] and [words]"
    )
    for action in ("add", "edit"):
        does[action].add_argument("--source", metavar="ID", help="the speaker")
        does[action].add_argument("--terms", type=terms, metavar="TERMS", help=", ".join(Terms))
        does[action].add_argument(
            "--embargo-until", metavar="TIME", help="an ISO date, or date and hour"
        )
        does[action].add_argument("--note", metavar="TEXT")
