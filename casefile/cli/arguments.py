"""What can be typed: verbs and options of the command line, as the handbook lists them.

``--json``, ``--passphrase-file``, ``--new-passphrase-file`` and ``--no-keyring`` stand before or
after the verb. Nothing here imports more than it must: ``casefile --help`` is quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from typing import NoReturn

import casefile
from casefile.domain.annotations import COLOURS
from casefile.domain.documents import Provenance
from casefile.domain.people import Terms

#: Verbs and actions of later versions: known by name, so that the refusal is a plain sentence.
NOT_YET = {
    "ocr": "reading scanned pages",
    "draft": "checking a draft",
    "deadlines": "deadlines",
    "deadline": "the deadline calculator",
    "laws": "the table of laws",
    "inspect": "looking for bad redactions",
    "compare": "comparing two releases",
    "quote verify": "verifying quotes",
    "request event": "the events of a request",
    "request show": "the clocks of a request",
}

#: Options that name a file; at most one of them may be ``-``.
FILE_OPTIONS = (
    "passphrase_file",
    "new_passphrase_file",
    "name_file",
    "aliases_file",
    "contacts_file",
    "notes_file",
    "text_file",
    "document_passwords",
    "code_file",
)

_KINDS = ("highlight", "underline", "strikeout", "note", "box", "redaction", "withholding")

#: Stands before a word that only looks like an option; a private character no shell produces.
_LITERAL = "\ue0f0"


class WrongUsage(Exception):
    """Exit status 2, with this sentence."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message}. '{self.prog} --help' tells how it is used.")


def parse(argv: list[str]) -> argparse.Namespace:
    """The arguments as a namespace with ``verb``, ``action`` (or None) and the options.

    Raises ``WrongUsage``; ``SystemExit(0)`` for ``--help`` and ``--version``.
    """
    _refuse_later_verbs(argv)
    parser = build()
    taken, plain = _options_of(parser)
    arguments = parser.parse_args(_with_literals(argv, taken, plain))
    _strip_literals(arguments)
    dashes = [name for name in FILE_OPTIONS if getattr(arguments, name, None) == "-"]
    if len(dashes) > 1:
        names = " and ".join("--" + name.replace("_", "-") for name in dashes)
        raise WrongUsage(f"Only one file can be read from standard input, not {names}.")
    return arguments


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
        self._mark_verbs()
        self._people_verbs()
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
        bring.add_argument("--ocr", choices=("auto", "off", "all"), default="auto")
        bring.add_argument(
            "--document-passwords",
            metavar="FILE",
            help="passwords to try on protected files, one a line (- is standard input)",
        )
        self._verb("documents", "list the documents")
        text = self._verb("text", "a document's text")
        text.add_argument("document", metavar="DOC")
        text.add_argument("--page", type=_page, metavar="N")
        original = self._verb("original", "write a document's original bytes back")
        original.add_argument("document", metavar="DOC")
        original.add_argument("out", metavar="OUT")
        _force(original)
        render = self._verb("render", "write a page as a picture (PNG)")
        render.add_argument("document", metavar="DOC")
        render.add_argument("--page", type=_page, metavar="N", required=True)
        render.add_argument("--dpi", type=_count, metavar="N", default=150)
        render.add_argument("out", metavar="OUT.png")
        _force(render)
        search = self._verb("search", "search everything in the case")
        search.add_argument("query", metavar="QUERY", nargs="+")
        search.add_argument("--limit", type=_count, metavar="N", default=50)
        search.add_argument("--in", dest="kinds", metavar="KINDS", help="pages,quotes,sources …")
        search.add_argument("--count", action="store_true", help="count every hit")

    def _mark_verbs(self) -> None:
        annotate = self._verb("annotate", "mark a page")
        annotate.add_argument("document", metavar="DOC")
        annotate.add_argument("--page", type=_page, metavar="N", required=True)
        where = annotate.add_mutually_exclusive_group(required=True)
        where.add_argument("--find", metavar="TEXT", help="every place where TEXT stands")
        where.add_argument("--box", metavar="X0,Y0,X1,Y1", help="an area, in points")
        annotate.add_argument("--nth", type=_count, metavar="N", help="only the Nth of --find")
        annotate.add_argument("--kind", choices=_KINDS, required=True)
        annotate.add_argument("--colour", choices=list(COLOURS), default="yellow")
        annotate.add_argument("--comment", metavar="TEXT", default="")
        annotate.add_argument("--codes", metavar="LIST", default="", help="exemption codes")
        annotations = self._verb("annotations", "list the marks")
        annotations.add_argument("document", metavar="DOC", nargs="?")

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
        quote = self._actions("quote", "verbatim words with a speaker and a place", (
            ("add", "add a quote"), ("edit", "change what is known of a quote"),
            ("list", "list the quotes"),
        ))  # fmt: skip
        _about_a_quote(quote["add"])
        quote["edit"].add_argument("quote", metavar="ID")
        _terms_of_a_quote(quote["edit"])
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
        add.add_argument("--page", type=_page, metavar="N")
        followup["done"].add_argument("followups", metavar="ID", nargs="+")
        followup["done"].add_argument("--undo", action="store_true", help="they are not done")
        request = self._actions("request", "records requests", (
            ("add", "add a request"), ("list", "list the requests"),
        ))  # fmt: skip
        request["add"].add_argument("--agency", metavar="TEXT", required=True)
        for option in ("law", "subject", "tracking-number"):
            request["add"].add_argument(f"--{option}", metavar="TEXT", default="")
        request["add"].add_argument("--sent", type=_day, metavar="DATE")

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
    parser.add_argument("--terms", type=_terms, metavar="TERMS", help=", ".join(Terms))
    parser.add_argument("--attribution", metavar="TEXT", help="how they may be named")
    for field, words in (
        ("aliases", "other names, one a line"),
        ("contacts", "how to reach them"),
        ("notes", "anything else"),
    ):
        parser.add_argument(f"--{field}-file", metavar="FILE", help=words)


def _about_a_quote(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--annotation", metavar="ID", help="the words under a mark")
    parser.add_argument("--document", metavar="DOC")
    parser.add_argument("--page", type=_page, metavar="N")
    parser.add_argument("--find", metavar="TEXT")
    parser.add_argument("--nth", type=_count, metavar="N")
    parser.add_argument("--text", metavar="TEXT", help="words from a conversation")
    parser.add_argument("--text-file", metavar="FILE", help="the same, read from a file")
    parser.add_argument("--spoken-on", type=_day, metavar="DATE")
    _terms_of_a_quote(parser)


def _terms_of_a_quote(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", metavar="ID", help="the speaker")
    parser.add_argument("--terms", type=_terms, metavar="TERMS", help=", ".join(Terms))
    parser.add_argument("--embargo-until", metavar="TIME", help="an ISO date, or date and hour")
    parser.add_argument("--note", metavar="TEXT")


def _force(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace what is there")


def _page(text: str) -> int:
    number = _count(text)
    if number > 10_000_000:
        raise argparse.ArgumentTypeError(f"there is no page {text}")
    return number


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 12 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1")
    return int(text)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-11-22") from None


def _terms(text: str) -> Terms:
    plain = text.strip().lower().replace("-", "_").replace(" ", "_").replace("_the_", "_")
    try:
        return Terms(plain.removeprefix("on_") if plain.endswith("background") else plain)
    except ValueError:
        known = ", ".join(Terms)
        raise argparse.ArgumentTypeError(f"'{text}' is none of {known}") from None


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def _refuse_later_verbs(argv: list[str]) -> None:
    words = _verb_words(argv)
    for name in (words[0] if words else "", " ".join(words[:1] + words[2:3])):
        if name in NOT_YET:
            raise WrongUsage(
                f"'casefile {name}' ({NOT_YET[name]}) is not offered by this version yet."
            )


def _verb_words(argv: list[str]) -> list[str]:
    """The words that are neither one of the options that stand anywhere nor the value of one."""
    words: list[str] = []
    skip = False
    for each in argv:
        if skip:
            skip = False
        elif each in {"--passphrase-file", "--new-passphrase-file"}:
            skip = True
        elif not each.startswith("-"):
            words.append(each)
    return words


def _options_of(parser: argparse.ArgumentParser) -> tuple[set[str], set[str]]:
    """Every option there is: those that take a value, and all."""
    taken: set[str] = set()
    every: set[str] = set()
    for action in parser._actions:
        every.update(action.option_strings)
        if action.nargs is None:
            taken.update(action.option_strings)
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                inner_taken, inner = _options_of(each)
                taken |= inner_taken
                every |= inner
    return taken, every


def _with_literals(argv: list[str], taken: set[str], every: set[str]) -> list[str]:
    """Protect words that only look like options: the value of an option, and in a search query
    everything that is not an option (``-draft`` excludes a word)."""
    search = _verb_words(argv)[:1] == ["search"]
    out: list[str] = []
    value = False
    for at, each in enumerate(argv):
        if each == "--" and not value:
            return out + argv[at:]
        known = each.split("=", 1)[0] in every
        dashed = each.startswith("-") and len(each) > 1
        out.append(_LITERAL + each if dashed and not known and (value or search) else each)
        value = not value and each in taken
    return out


def _strip_literals(arguments: argparse.Namespace) -> None:
    for name, value in vars(arguments).items():
        if isinstance(value, list):
            setattr(arguments, name, [_plain(each) for each in value])
        else:
            setattr(arguments, name, _plain(value))


def _plain(value: object) -> object:
    if isinstance(value, str) and value.startswith(_LITERAL):
        return value.removeprefix(_LITERAL)
    return value
