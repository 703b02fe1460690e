"""Builds the sample case through the same services a reporter's work goes through."""

from __future__ import annotations

import os
import secrets
import shutil
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casefile import shipped
from casefile.domain.annotations import AnnotationKind
from casefile.domain.documents import Provenance
from casefile.domain.errors import UserError
from casefile.domain.geometry import Box
from casefile.domain.people import Terms
from casefile.domain.progress import JobContext
from casefile.domain.quotes import QuoteState

if TYPE_CHECKING:
    from casefile.domain.changes import Change
    from casefile.security.kdf import KdfCost
    from casefile.services.case import Case

#: Published: the sample case holds nothing that is secret.
PASSPHRASE: Final = "casefile-sample"  # noqa: S105 - published on purpose

_Table = Mapping[str, Any]


def build_sample(
    path: Path,
    *,
    cost: KdfCost | None = None,
    today: date | None = None,
    context: JobContext | None = None,
) -> None:
    """Make the sample case at ``path``, which must be absent. It is built beside it and renamed
    when it is complete: an interrupted build leaves no half-made case there.

    Raises ``UserError``: ``case.exists``, ``sample.incomplete`` and those of making a case.
    """
    from casefile.services.case import create_case

    if path.exists():
        raise UserError("case.exists", folder=path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    script = tomllib.loads(shipped.path("sample", "case.toml").read_text("utf-8"))
    try:
        with create_case(temporary, PASSPHRASE, script["name"], cost) as case:
            _Builder(case, script, today or date.today(), context or JobContext()).run()  # noqa: DTZ011 - the reporter's own day
        os.rename(temporary, path)  # noqa: PTH104 - replace() would overwrite
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


class _Builder:
    """Follows the script: people, papers, marks, quotes, what is still to be done."""

    def __init__(self, case: Case, script: _Table, today: date, context: JobContext) -> None:
        self.case = case
        self.script = script
        self.today = today
        self.context = context
        self.ids: dict[str, tuple[str, str]] = {}

    def run(self) -> None:
        steps = (
            self._requests, self._sources, self._documents, self._events, self._marks, self._said,
            self._todo,
        )  # fmt: skip
        for done, step in enumerate(steps):
            self.context.report(done, len(steps))
            step()

    def _id(self, key: str | None) -> str | None:
        return self.ids[key][1] if key else None

    def _requests(self) -> None:
        from casefile.services import requests

        for entry in self.script["request"]:
            fields = {k: v for k, v in entry.items() if k not in {"key", "office"}}
            request_id = requests.add(self.case, **fields).ids("request")[0]
            self.ids[entry["key"]] = ("request", request_id)
            office = requests.agency_of(self.case, requests.get(self.case, request_id))
            requests.edit_agency(self.case, office.id, **entry["office"])

    def _events(self) -> None:
        from casefile.domain.requests import Bucket, EventKind
        from casefile.services import page_ledger, request_events

        for entry in self.script["event"]:
            fields = {self._day_name(k): self._day(k, v) for k, v in entry.items()}
            request_id = self.ids[fields.pop("request")][1]
            fields["documents"] = tuple(self.ids[key][1] for key in fields.get("documents", ()))
            request_events.log(self.case, request_id, EventKind(fields.pop("kind")), **fields)
        for entry in self.script["pages"]:
            fields = dict(entry)
            request_id = self.ids[fields.pop("request")][1]
            fields["document_id"] = self._id(fields.pop("document", None))
            bucket = Bucket(fields.pop("bucket"))
            page_ledger.add(self.case, request_id, bucket, fields.pop("pages"), **fields)

    @staticmethod
    def _day_name(name: str) -> str:
        return name.removesuffix("_in")

    def _day(self, name: str, value: Any) -> Any:
        """A day of an event that counts from today; no letter is dated on a weekend."""
        if not name.endswith("_in"):
            return value
        day = self.today + timedelta(days=value)
        return (day - timedelta(days=max(0, day.weekday() - 4))).isoformat()

    def _sources(self) -> None:
        from casefile.services import sources

        for entry in self.script["source"]:
            fields = {name: value for name, value in entry.items() if name != "key"}
            fields["terms"] = Terms(fields["terms"])
            change = sources.add(self.case, **fields)
            self.ids[entry["key"]] = ("source", change.ids("source")[0])

    def _documents(self) -> None:
        from casefile.services import documents, tags
        from casefile.services.import_values import ImportChoices
        from casefile.services.importing import import_paths

        for entry in self.script["document"]:
            choices = ImportChoices(
                provenance=Provenance(entry["provenance"]),
                source_id=self._id(entry.get("source")),
                request_id=self._id("request") if entry.get("request") else None,
            )
            path = shipped.path("sample", entry["file"])
            report = import_paths(self.case, [path], choices, self.context)
            if not report.imported:
                raise UserError("sample.incomplete", file=entry["file"])
            document = report.imported[0].document
            self.ids[entry["key"]] = ("document", document.id)
            documents.rename(self.case, document.id, entry["title"])
            documents.set_pages_read(self.case, document.id, range(1, entry.get("read", 0) + 1))
            for tag in entry.get("tags", ()):
                tags.add(self.case, tag, "document", [document.id])

    def _marks(self) -> None:
        for entry in self.script["mark"]:
            document_id = self.ids[entry["document"]][1]
            change = self._mark(document_id, entry)
            mark_id = change.ids("annotation")[0]
            if "quote" in entry:
                self._quote(entry, mark_id)

    def _mark(self, document_id: str, entry: _Table) -> Change:
        from casefile.services import annotating, withholding

        page = entry["page"]
        said: dict[str, Any] = {
            "colour": entry["colour"],
            "comment": entry.get("comment", ""),
            "codes": entry.get("codes", ()),
            "tags": entry.get("tags", ()),
        }
        box = Box(*map(float, entry["box"])) if "box" in entry else None
        kind = AnnotationKind(entry.get("kind", "highlight"))
        if kind is AnnotationKind.WITHHOLDING:
            return withholding.add(self.case, document_id, page, box=box, **said)
        if box is not None:
            return annotating.mark_box(self.case, document_id, page, box, kind=kind, **said)
        return annotating.find_and_mark(
            self.case, document_id, page, entry["find"], kind=kind, nth=1, **said
        )

    def _quote(self, entry: _Table, mark_id: str) -> None:
        from casefile.services import quoting

        change = quoting.add_from_annotation(self.case, mark_id, source_id=self._id(entry["quote"]))
        self._checked(change.ids("quote")[0], entry)

    def _said(self) -> None:
        from casefile.services import quoting

        for entry in self.script["conversation"]:
            change = quoting.add_from_conversation(
                self.case,
                entry["text"],
                source_id=self._id(entry["source"]),
                spoken_on=entry["spoken_on"],
                terms=Terms(entry["terms"]) if "terms" in entry else None,
            )
            self._checked(change.ids("quote")[0], entry)

    def _checked(self, quote_id: str, entry: _Table) -> None:
        from casefile.services import quoting

        if "verified" in entry:
            quoting.set_state(
                self.case, [quote_id], QuoteState.VERIFIED, entry["verified"], self.today
            )
        elif "state" in entry:
            quoting.set_state(self.case, [quote_id], QuoteState(entry["state"]))

    def _todo(self) -> None:
        from casefile.services import followups

        for entry in self.script["followup"]:
            kind, about = self.ids[entry["about"]]
            due = self.today + timedelta(days=entry["due_in"]) if "due_in" in entry else None
            change = followups.add(
                self.case,
                entry["text"],
                due=due,
                linked_kind=kind,
                linked_id=about,
                linked_page=entry.get("page"),
            )
            if entry.get("done"):
                followups.set_done(self.case, change.ids("followup"), done=True)
