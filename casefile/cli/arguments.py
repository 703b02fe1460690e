"""Reads what was typed. The verbs and options themselves are in ``options``."""

from __future__ import annotations

import argparse

from casefile.cli.mark_options import PLACELESS
from casefile.cli.options import WrongUsage, build
from casefile.cli.value_types import LITERAL

__all__ = ["FILE_OPTIONS", "NOT_YET", "WrongUsage", "build", "parse"]

#: Verbs and actions of later versions: known by name, so that the refusal is a plain sentence.
NOT_YET = {
    "draft": "checking a draft",
    "inspect": "looking for bad redactions",
    "compare": "comparing two releases",
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


def parse(argv: list[str]) -> argparse.Namespace:
    """The arguments as a namespace with ``verb``, ``action`` (or None) and the options.

    Raises ``WrongUsage``; ``SystemExit(0)`` for ``--help`` and ``--version``.
    """
    _refuse_later_verbs(argv)
    parser = build()
    taken, plain = _options_of(parser)
    arguments = parser.parse_args(_with_literals(argv, taken, plain))
    _strip_literals(arguments)
    _check_place(arguments)
    dashes = [name for name in FILE_OPTIONS if getattr(arguments, name, None) == "-"]
    if len(dashes) > 1:
        names = " and ".join("--" + name.replace("_", "-") for name in dashes)
        raise WrongUsage(f"Only one file can be read from standard input, not {names}.")
    return arguments


def _check_place(arguments: argparse.Namespace) -> None:
    if arguments.verb != "annotate" or arguments.kind in PLACELESS:
        return
    if arguments.find is None and arguments.box is None:
        raise WrongUsage(f"Say with --find or --box where the {arguments.kind} goes.")


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
        out.append(LITERAL + each if dashed and not known and (value or search) else each)
        value = not value and each in taken
    return out


def _strip_literals(arguments: argparse.Namespace) -> None:
    for name, value in vars(arguments).items():
        if isinstance(value, list):
            setattr(arguments, name, [_plain(each) for each in value])
        else:
            setattr(arguments, name, _plain(value))


def _plain(value: object) -> object:
    if isinstance(value, str) and value.startswith(LITERAL):
        return value.removeprefix(LITERAL)
    return value
