"""Opens cases for the verbs: for reading beside a window that holds it, or for writing."""

from __future__ import annotations

import contextlib
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.cli import passphrases
from casefile.cli.answers import say
from casefile.domain.errors import UserError

if TYPE_CHECKING:
    from casefile.services.case import Case, KeySource


@contextlib.contextmanager
def reading(arguments: Namespace, *, parsing: bool = False) -> Iterator[Case]:
    """The case of ``arguments.case``, query-only. ``parsing`` says that documents will be opened:
    then the process that parses them starts while the key is derived."""
    with _open(arguments, writing=False, parsing=parsing) as case:
        yield case


@contextlib.contextmanager
def writing(arguments: Namespace, *, parsing: bool = False) -> Iterator[Case]:
    """The case for writing. Raises ``UserError("case.open_elsewhere" | "case.read_only")``."""
    with _open(arguments, writing=True, parsing=parsing) as case:
        if case.read_only:
            raise UserError("case.read_only")
        yield case


def _open(arguments: Namespace, *, writing: bool, parsing: bool) -> Case:
    from casefile.security.hardening import harden
    from casefile.services.case import OsKeyring, Passphrase

    harden()
    where = Path(arguments.case)
    source = passphrases.key_source(arguments, arguments.case)
    try:
        return _opened(where, source, writing=writing, parsing=parsing)
    except UserError as error:
        keyring_failed = isinstance(source, OsKeyring) and error.code.startswith("keyring.")
        if not (keyring_failed and passphrases.can_ask()):
            raise
        from casefile.services.wording import explain

        say(explain(error).what)
    source = Passphrase(passphrases.asked())
    return _opened(where, source, writing=writing, parsing=parsing)


def _opened(where: Path, source: KeySource, *, writing: bool, parsing: bool) -> Case:
    from casefile.services.case import open_case

    if not parsing:
        return open_case(where, source, writing)
    from casefile.pdf.workers import PdfWorkers

    workers = PdfWorkers()
    try:
        return open_case(where, source, writing, workers)
    except BaseException:
        workers.close()
        raise


def source_id(case: Case, wanted: str | None) -> str | None:
    """The id of a source that is given by id or by code name. Raises
    ``UserError("source.not_found")``."""
    from casefile.services import sources

    if wanted is None:
        return None
    for source in sources.listing(case):
        if source.code_name and source.code_name.casefold() == wanted.casefold():
            return source.id
    return sources.get(case, wanted).id
