"""People and organisations that give information, and who of them may be named.

A confidential source shows by code name everywhere but in its own record: whatever shows a source
asks ``speaker_label`` (or ``speaker_labels`` for a list). What such a source gave is protected with
everything made from it: ``protected`` says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from casefile.domain.changes import Change
from casefile.domain.errors import UserError
from casefile.domain.people import Source, Terms
from casefile.services import code_names
from casefile.services.keeping import KEEP, Kept, given
from casefile.store import sources, trash
from casefile.store.ids import new_id, now

if TYPE_CHECKING:
    from casefile.services.case import Case
    from casefile.store.database import Queryable
    from casefile.store.transaction import Transaction

#: What stands where a quote or document names no source.
NOBODY = ""


def add(
    case: Case,
    *,
    name: str,
    code_name: str | None = None,
    confidential: bool = False,
    organisation: bool = False,
    terms: Terms | None = None,
    aliases: Iterable[str] = (),
    attribution: str = "",
    contacts: str = "",
    notes: str = "",
) -> Change:
    """Add a source. A confidential one without a code name gets one; its real name may be left
    empty; without ``terms`` it talks on background, others on the record. Raises ``UserError``:
    ``source.name_needed``, ``source.code_name_taken``, ``source.code_name_gives_away``."""
    at = now()
    if terms is None:
        terms = Terms.BACKGROUND if confidential else Terms.ON_RECORD
    source = Source(
        new_id(), name, code_name, confidential, organisation, tuple(aliases), terms,
        attribution, contacts, notes, at, at, None,
    )  # fmt: skip

    def work(tx: Transaction) -> None:
        sources.insert(tx, _checked(tx, source))

    return case.store.edit("source.add", work)


def edit(
    case: Case,
    source_id: str,
    *,
    name: str | Kept = KEEP,
    code_name: str | Kept | None = KEEP,
    confidential: bool | Kept = KEEP,
    organisation: bool | Kept = KEEP,
    terms: Terms | Kept = KEEP,
    aliases: Iterable[str] | Kept = KEEP,
    attribution: str | Kept = KEEP,
    contacts: str | Kept = KEEP,
    notes: str | Kept = KEEP,
) -> Change:
    """Change what is given of a source; quotes taken earlier keep their terms. One that becomes
    confidential no longer talks on the record, unless ``terms`` say so. Raises as ``add``, and
    ``UserError("source.not_found")``."""
    fields = given(
        name=name, code_name=code_name, confidential=confidential, organisation=organisation,
        terms=terms, attribution=attribution, contacts=contacts, notes=notes,
    )  # fmt: skip
    if aliases is not KEEP:
        fields["aliases"] = tuple(aliases)

    def work(tx: Transaction) -> None:
        old = sources.get(tx, source_id)
        # replace() takes what the fields are named after; mypy cannot see through the dictionary.
        changed: Source = replace(old, **fields, modified_at=now())  # type: ignore[arg-type]
        becomes = changed.confidential and not old.confidential
        if becomes and terms is KEEP and old.terms == Terms.ON_RECORD:
            changed = replace(changed, terms=Terms.BACKGROUND)
        sources.update(tx, _checked(tx, changed))

    return case.store.edit("source.edit", work)


def delete(case: Case, ids: Iterable[str]) -> Change:
    """Move sources to the trash. Their quotes stay, and a confidential one stays protected."""
    return case.store.edit("source.delete", lambda tx: trash.delete(tx, "source", ids, now()))


def listing(case: Case) -> list[Source]:
    """Sources outside the trash, by what may be shown of them."""
    return sources.listing(case.reader())


def get(case: Case, source_id: str) -> Source:
    """In the trash or not. Raises ``UserError("source.not_found")``."""
    return sources.get(case.reader(), source_id)


def new_code_name(case: Case) -> str:
    """A neutral code name that is free in this case."""
    return code_names.fresh(_taken(case.reader()))


def speaker_label(case: Case, source_id: str | None) -> str:
    """What may be shown of a source anywhere: the code name of a confidential one. Empty for
    nobody."""
    return NOBODY if source_id is None else sources.get(case.reader(), source_id).label


def speaker_labels(case: Case) -> dict[str, str]:
    """The same for every source, those in the trash too, by id."""
    return {source.id: source.label for source in everyone(case.reader())}


def everyone(db: Queryable) -> list[Source]:
    """All sources, in the trash or not."""
    return sources.listing(db) + sources.listing(db, deleted=True)


def is_confidential(case: Case, source_id: str | None) -> bool:
    """Whether this source must not be named."""
    return source_id is not None and sources.get(case.reader(), source_id).confidential


def protected(case: Case, document_id: str) -> bool:
    """Whether a document came from a confidential source, itself or as an attachment of what did:
    then its title, file name, hash, pages and everything taken from it are protected too."""
    return document_id in protected_documents(case)


def protected_documents(case: Case) -> frozenset[str]:
    """Every document for which ``protected`` holds."""
    from casefile.store import documents

    reader = case.reader()
    confidential = {source.id for source in everyone(reader) if source.confidential}
    found = documents.listing(reader) + documents.listing(reader, deleted=True)
    kept = {document.id for document in found if document.source_id in confidential}
    children: dict[str, list[str]] = {}
    for document in found:
        if document.parent_id is not None:
            children.setdefault(document.parent_id, []).append(document.id)
    waiting = list(kept)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in kept:
                kept.add(child)
                waiting.append(child)
    return frozenset(kept)


def _checked(tx: Transaction, source: Source) -> Source:
    """Tidied, with a code name if it needs one."""
    source = replace(
        source,
        name=source.name.strip(),
        code_name=(source.code_name or "").strip() or None,
        aliases=tuple(alias.strip() for alias in source.aliases if alias.strip()),
    )
    real_names = (source.name, *source.aliases) if source.name else source.aliases
    if not source.confidential:
        if not source.name:
            raise UserError("source.name_needed")
        return source
    if source.code_name is None:
        return replace(source, code_name=code_names.fresh(_taken(tx), real_names))
    if code_names.gives_away(source.code_name, real_names):
        raise UserError("source.code_name_gives_away")
    return source


def _taken(db: Queryable) -> list[str]:
    return [source.code_name for source in everyone(db) if source.code_name]
