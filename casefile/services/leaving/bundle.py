"""Makes a bundle: a BagIt folder or ZIP with annotated copies, an index, the quotes and hashes.

The case is not changed, but for a line in its custody log. Copies are made in the sandboxed worker
and streamed; the unaltered originals are not part of a bundle.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import casefile
from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.services.leaving import door
from casefile.services.leaving.bagit_manifest import (
    DECLARATION,
    MANIFEST,
    TAG_MANIFEST,
    Bag,
    sha256_of,
)
from casefile.services.leaving.bundle_sinks import FolderSink, Sink, ZipSink
from casefile.services.leaving.choosing import choose
from casefile.services.leaving.contents import (
    BundleContents,
    BundleDocument,
    LeftOut,
    Recipient,
)
from casefile.services.leaving.index_page import index_page
from casefile.services.leaving.marks_out import is_in_the_file, to_write
from casefile.services.leaving.picture_out import region_picture
from casefile.services.leaving.quotes_csv import quotes_csv
from casefile.services.leaving.withheld_index import withheld_csv, withheld_in

if TYPE_CHECKING:
    from casefile.services.case import Case

LEAK_CHECK: Final = "not run"


@dataclass(frozen=True, slots=True)
class FailedCopy:
    """A document that could not be copied into the bundle."""

    document_id: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class BundleReport:
    """``files`` counts everything in the bundle. ``left_out`` is for the reporter alone: the
    bundle does not say what it lacks."""

    path: Path
    documents: int
    files: int
    left_out: tuple[LeftOut, ...]
    failed: tuple[FailedCopy, ...]
    fingerprint: str
    leak_check: str = LEAK_CHECK


@dataclass(frozen=True, slots=True)
class BundlePreview:
    """What a bundle would hold."""

    documents: int
    pages: int
    marks: int
    quotes: int
    left_out: tuple[LeftOut, ...]
    leak_check: str = LEAK_CHECK


def preview(
    case: Case,
    document_ids: Sequence[str] | None,
    recipient: Recipient,
    now: datetime | None = None,
) -> BundlePreview:
    """What ``export_bundle`` with these choices would write; the same ``UserError`` as there."""
    contents = choose(case, document_ids, recipient, now)
    return BundlePreview(
        len(contents.documents),
        sum(document.pages for document in contents.documents),
        sum(len(document.marks) for document in contents.documents),
        len(contents.quotes),
        contents.left_out,
    )


def export_bundle(
    case: Case,
    out: Path,
    *,
    document_ids: Sequence[str] | None = None,
    recipient: Recipient = Recipient.EDITOR,
    zipped: bool = False,
    force: bool = False,
    author: str = "",
    context: JobContext | None = None,
    now: datetime | None = None,
) -> BundleReport:
    """Write a bundle of these documents (ids or hashes; None for all) to ``out``.

    Marks carry no author unless ``author`` gives one. Raises ``UserError``: ``export.refused``,
    ``export.nothing``, ``export.unknown_document``, ``leaving.*``; ``Cancelled`` leaves nothing.
    """
    maker = _Maker(
        case, choose(case, document_ids, recipient, now), author, context or JobContext()
    )
    departure = door.Departure(
        "bundle",
        tuple(document.id for document in maker.contents.documents),
        recipient.value,
    )
    if zipped:

        def write(file: BinaryIO) -> None:
            with zipfile.ZipFile(file, "w") as archive:
                maker.fill(ZipSink(archive, out.stem))

        path = door.leave_file(case, departure, out, write, force=force)
    else:
        path = door.leave_folder(
            case, departure, out, lambda root: maker.fill(FolderSink(root)), force=force
        )
    return BundleReport(
        path,
        len(maker.contents.documents),
        maker.files,
        maker.contents.left_out,
        tuple(maker.failed),
        maker.fingerprint,
    )


class _Maker:
    """Fills the folder of one bundle."""

    def __init__(
        self, case: Case, contents: BundleContents, author: str, context: JobContext
    ) -> None:
        self.case = case
        self.contents = contents
        self.author = author
        self.context = context
        self.failed: list[FailedCopy] = []
        self.files = 0
        self.fingerprint = ""
        self._bag = Bag()

    def fill(self, sink: Sink) -> None:
        self._copies(sink)
        lost = {each.document_id for each in self.failed}
        if lost:
            self._without(lost)
        self._pictures(sink)
        self._put(sink, "data/quotes.csv", [quotes_csv(self.contents.quotes)])
        withheld = withheld_in(self.contents.documents)
        if withheld:
            self._put(sink, "data/withheld.csv", [withheld_csv(withheld)])
        self._put(sink, "index.html", [index_page(self.contents)])
        self._put(sink, "bagit.txt", [DECLARATION])
        agent = f"Casefile {casefile.__version__}"
        note = "Documents and quotes. The leak check was not run. Begin with index.html."
        self._put(sink, "bag-info.txt", [self._bag.info(self.contents.made_on, agent, note)])
        self._put(sink, MANIFEST, [self._bag.manifest()])
        tags = self._bag.tag_manifest()
        self.fingerprint = sha256_of([tags])[0]
        self._put(sink, TAG_MANIFEST, [tags])

    def _copies(self, sink: Sink) -> None:
        total = len(self.contents.documents)
        for done, document in enumerate(self.contents.documents):
            self.context.report(done, total, document.title)
            try:
                self._copy(sink, document)
            except UserError as error:
                if error.code.startswith(("leaving.", "case.")) or not sink.discard(document.path):
                    raise
                from casefile.services.wording import explain

                reason = explain(error).what
                self.failed.append(FailedCopy(document.id, error.code, reason))
        if self.failed and len(self.failed) == total and not self.contents.quotes:
            first = self.failed[0]
            raise UserError("export.all_failed", reason=first.reason)
        self.context.report(total, total)

    def _copy(self, sink: Sink, document: BundleDocument) -> None:
        session = self.case.session(document.id)
        self.context.on_cancel(session.cancel)
        marks = [
            to_write(mark, self.author, tags, document.page_name(mark.page))
            for mark in document.marks
            if not is_in_the_file(mark, tags := document.tags.get(mark.id, ()))
        ]
        copy = iter(session.annotated(marks, self.author))
        first = next(copy, b"")  # what fails, fails before a file is begun
        self._put(sink, document.path, chain([first], copy))

    def _pictures(self, sink: Sink) -> None:
        """The quoted parts of pages, each as a picture; one that cannot be drawn is told by its
        page and box alone."""
        quotes = []
        for number, each in enumerate(self.contents.quotes, 1):
            picture = ""
            if each.quote.is_region and each.document is not None:
                drawn = region_picture(self.case, each.quote)
                if drawn:
                    picture = f"data/quotes/{number:03d}.png"
                    self._put(sink, picture, [drawn])
            quotes.append(replace(each, picture=picture))
        self.contents = replace(self.contents, quotes=tuple(quotes))

    def _without(self, lost: set[str]) -> None:
        self.contents = replace(
            self.contents,
            documents=tuple(d for d in self.contents.documents if d.id not in lost),
            quotes=tuple(
                replace(q, document=None) if q.document and q.document.id in lost else q
                for q in self.contents.quotes
            ),
        )

    def _put(self, sink: Sink, name: str, chunks: Iterable[bytes]) -> None:
        self._bag.add(name, *sink.put(name, self._checked(chunks)))
        self.files += 1

    def _checked(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.context.check()
            yield chunk
