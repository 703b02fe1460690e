"""The verbs and options of the command line, as the handbook lists them.

``--json``, ``--passphrase-file``, ``--new-passphrase-file`` and ``--no-keyring`` stand before or
after the verb. Nothing here imports more than it must: ``casefile --help`` is quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import NoReturn

import casefile
from casefile.cli import law_options, mark_options, request_options
from casefile.cli.value_types import count, page, terms
from casefile.domain.documents import Provenance
from casefile.domain.people import Terms


class WrongUsage(Exception):
    """Exit status 2, with this sentence."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message}. '{self.prog} --help' tells how it is used.")


def build() -> argparse.ArgumentParser:
    """The parser with all verbs."""
    parser = _Parser(
        prog="casefile",
        description="An offline, encrypted case file for investigative reporters. "
        "Without a verb, the window opens.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Casefile {casefile.__version__}")
    _everywhere(parser, top=True)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs", parser_class=_Parser)
    _Verbs(verbs).add_all()
    return parser


def _everywhere(parser: argparse.ArgumentParser, *, top: bool = False) -> None:
    """The options that work before and after the verb."""
    absent = None if top else argparse.SUPPRESS
    off = False if top else argparse.SUPPRESS
    group = parser.add_argument_group("everywhere")
    group.add_argument(
        "--json", action="store_true", default=off, help="print one JSON document, nothing else"
    )
    group.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default=absent,
        help="the passphrase is the first line of FILE (- is standard input)",
    )
    group.add_argument(
        "--new-passphrase-file", metavar="FILE", default=absent, help="the same for a new one"
    )
    group.add_argument(
        "--no-keyring",
        action="store_true",
        default=off,
        help="do not ask this computer's keyring",
    )


class _Verbs:
    """Adds every verb to the parser."""

    def __init__(self, verbs: argparse._SubParsersAction[_Parser]) -> None:
        self._verbs = verbs

    def add_all(self) -> None:
        self._case_verbs()
        self._document_verbs()
        mark_options.add(self._verb, self._actions)
        self._people_verbs()
        law_options.add(self._verb)
        request_options.add(self._verb, self._actions)
        self._leaving_verbs()
        self._key_verbs()

    def _verb(self, name: str, words: str, *, case: bool = True) -> _Parser:
        parser = self._verbs.add_parser(
            name, help=words, description=_sentence(words), allow_abbrev=False
        )
        _everywhere(parser)
        if case:
            parser.add_argument("case", metavar="CASE", help="the case folder")
        return parser

    def _actions(
        self, name: str, words: str, actions: Iterable[tuple[str, str]]
    ) -> dict[str, _Parser]:
        verb = self._verb(name, words)
        made = verb.add_subparsers(
            dest="action", metavar="ACTION", required=True, parser_class=_Parser
        )
        found = {}
        for action, help_words in actions:
            found[action] = made.add_parser(
                action, help=help_words, description=_sentence(help_words), allow_abbrev=False
            )
            _everywhere(found[action])
        return found

    def _case_verbs(self) -> None:
        new = self._verb("new", "make an encrypted case")
        new.add_argument("--name", metavar="TEXT", help="its name; kept inside the case only")
        self._verb("info", "counts, sizes, format version")
        self._verb("check", "check the whole case: database, documents, hashes, custody log")
        backup = self._verb("backup", "copy a case safely while it is in use")
        backup.add_argument("dest", metavar="DEST")
        restore = self._verb("restore", "bring a backup back as a case", case=False)
        restore.add_argument("backup", metavar="BACKUP")
        restore.add_argument("case", metavar="CASE")
        demo = self._verb("demo", "build the sample case and walk the whole job", case=False)
        demo.add_argument("dir", metavar="DIR")

    def _document_verbs(self) -> None:
        bring = self._verb("import", "bring files and folders into the case")
        bring.add_argument("paths", metavar="PATH", nargs="+")
        bring.add_argument("--request", metavar="ID", help="the request they answer")
        bring.add_argument("--source", metavar="ID", help="the source who gave them")
        bring.add_argument("--provenance", choices=[each.value for each in Provenance])
        bring.add_argument(
            "--ocr",
            choices=("auto", "off", "all"),
            default="auto",
            help="which pages wait for 'casefile ocr' or the window to read their words: those"
            " without text, none, or all",
        )
        bring.add_argument(
            "--document-passwords",
            metavar="FILE",
            help="passwords to try on protected files, one a line (- is standard input)",
        )
        ocr = self._verb("ocr", "read the words of pages that are pictures; goes on where it was")
        ocr.add_argument("documents", metavar="DOC", nargs="*", help="these alone")
        ocr.add_argument("--languages", metavar="LIST", help="codes such as eng,deu, kept for DOC")
        ocr.add_argument("--again", action="store_true", help="also the pages that failed before")
        self._verb("documents", "list the documents")
        text = self._verb("text", "a document's text")
        text.add_argument("document", metavar="DOC")
        text.add_argument("--page", type=page, metavar="N")
        original = self._verb("original", "write a document's original bytes back")
        original.add_argument("document", metavar="DOC")
        original.add_argument("out", metavar="OUT")
        _force(original)
        render = self._verb("render", "write a page as a picture (PNG)")
        render.add_argument("document", metavar="DOC")
        render.add_argument("--page", type=page, metavar="N", required=True)
        render.add_argument("--dpi", type=count, metavar="N", default=150)
        render.add_argument("out", metavar="OUT.png")
        _force(render)
        search = self._verb("search", "search everything in the case")
        search.add_argument("query", metavar="QUERY", nargs="+")
        search.add_argument("--limit", type=count, metavar="N", default=50)
        search.add_argument("--in", dest="kinds", metavar="KINDS", help="pages,quotes,sources …")
        search.add_argument("--count", action="store_true", help="count every hit")

    def _people_verbs(self) -> None:
        source = self._actions("source", "the people and organisations who talk", (
            ("add", "add a source"), ("edit", "change a source"), ("list", "list the sources"),
        ))  # fmt: skip
        source["edit"].add_argument("source", metavar="ID")
        for action in ("add", "edit"):
            _about_a_source(source[action], required=action == "add")
        source["list"].add_argument(
            "--reveal", action="store_true", help="show the names of confidential sources"
        )
        followup = self._actions("followup", "what still has to be done", (
            ("add", "add a follow-up"), ("list", "list the follow-ups"),
            ("done", "mark follow-ups done"),
        ))  # fmt: skip
        add = followup["add"]
        add.add_argument("words", metavar="TEXT", nargs="*")
        add.add_argument("--text", metavar="TEXT")
        add.add_argument("--due", metavar="DATE", help="an ISO date, or a word such as fri")
        for kind in ("document", "annotation", "quote", "source", "request"):
            add.add_argument(f"--{kind}", metavar="ID", help=f"the {kind} it is about")
        add.add_argument("--page", type=page, metavar="N")
        followup["done"].add_argument("followups", metavar="ID", nargs="+")
        followup["done"].add_argument("--undo", action="store_true", help="they are not done")

    def _leaving_verbs(self) -> None:
        export = self._verb("export", "write an annotated bundle")
        export.add_argument("out", metavar="OUT")
        export.add_argument("--documents", metavar="LIST", default="all", help="ids, or all")
        export.add_argument(
            "--for",
            dest="recipient",
            choices=("editor", "checker", "lawyer", "court", "other-side", "publication"),
            default="editor",
        )
        export.add_argument("--zip", action="store_true", help="as one ZIP file")
        export.add_argument("--author", metavar="NAME", default="", help="sign the marks")
        _force(export)
        verify = self._verb("verify", "check a bundle without its case", case=False)
        verify.add_argument("bundle", metavar="BUNDLE")

    def _key_verbs(self) -> None:
        self._verb("passphrase", "change the passphrase")
        recovery = self._actions("recovery", "the recovery code", (
            ("new", "make a recovery code; a former one no longer works"),
            ("use", "give the case a new passphrase by its recovery code"),
        ))  # fmt: skip
        recovery["new"].add_argument("--out", metavar="FILE", help="write it there, print nothing")
        _force(recovery["new"])
        recovery["use"].add_argument("--code-file", metavar="FILE", required=True)
        keyring = self._verb("keyring", "remember the case on this computer, or no longer")
        keyring.add_argument("switch", choices=("on", "off"))


def _about_a_source(parser: argparse.ArgumentParser, *, required: bool) -> None:
    name = parser.add_mutually_exclusive_group(required=required)
    name.add_argument("--name", metavar="TEXT", help="not for a confidential source")
    name.add_argument("--name-file", metavar="FILE", help="the name is the first line of FILE")
    parser.add_argument("--confidential", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument("--organisation", action=argparse.BooleanOptionalAction, default=None)
    parser.add_argument("--code-name", metavar="NAME")
    parser.add_argument("--terms", type=terms, metavar="TERMS", help=", ".join(Terms))
    parser.add_argument("--attribution", metavar="TEXT", help="how they may be named")
    for field, words in (
        ("aliases", "other names, one a line"),
        ("contacts", "how to reach them"),
        ("notes", "anything else"),
    ):
        parser.add_argument(f"--{field}-file", metavar="FILE", help=words)


def _force(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace what is there")


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."
