"""The demo: build the sample case, find the sentence in it, export the bundle, check both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from casefile.domain.errors import UserError
from casefile.domain.progress import JobContext
from casefile.services.sample_case.build import PASSPHRASE, build_sample

if TYPE_CHECKING:
    from casefile.security.kdf import KdfCost
    from casefile.services.case import Case

CASE_NAME: Final = "Sample case"
BUNDLE_NAME: Final = "Sample bundle"
SENTENCE: Final = '"nobody in the line has to know"'


@dataclass(frozen=True, slots=True)
class DemoReport:
    """Where the case and the bundle lie, and what the job came to. ``found`` is the title and page
    of the sentence that the story hangs on."""

    case: Path
    bundle: Path
    documents: int
    pages: int
    marks: int
    quotes: int
    found: tuple[str, int]
    left_out: int
    fingerprint: str


def run_demo(
    folder: Path, *, cost: KdfCost | None = None, context: JobContext | None = None
) -> DemoReport:
    """Do the whole job in ``folder`` (made if absent). A case from an earlier demo is used again;
    its bundle is written anew.

    Raises ``UserError``: ``sample.foreign`` when something else stands in the case's place,
    ``sample.broken`` when a step does not come out as it must.
    """
    from casefile.services.case import Passphrase, open_case

    context = context or JobContext()
    folder = folder.absolute()
    _make(folder)
    path = folder / CASE_NAME
    if not path.exists():
        build_sample(path, cost=cost, context=context)
    try:
        case = open_case(path, Passphrase(PASSPHRASE))
    except UserError as error:
        if error.code in {"case.not_found", "passphrase.wrong"}:
            raise UserError("sample.foreign", folder=CASE_NAME) from error
        raise
    with case:
        return _walk(case, folder / BUNDLE_NAME, context)


def _walk(case: Case, out: Path, context: JobContext) -> DemoReport:
    from casefile.services import today
    from casefile.services.checking import check_case
    from casefile.services.leaving.bundle import export_bundle
    from casefile.services.leaving.verifying import verify_bundle
    from casefile.services.searching import search_case

    hits = search_case(case, SENTENCE, kinds=["page"]).hits
    report = export_bundle(case, out, force=True, context=context)
    if not hits or not hits[0].page:
        raise UserError("sample.broken", step="search")
    if report.failed or not verify_bundle(out, context).ok:
        raise UserError("sample.broken", step="export")
    if not check_case(case, context).ok:
        raise UserError("sample.broken", step="check")
    counts = today.counts(case)
    return DemoReport(
        case.path,
        report.path,
        counts.documents,
        counts.pages,
        counts.annotations,
        counts.quotes,
        (hits[0].title, hits[0].page),
        sum(each.count for each in report.left_out),
        report.fingerprint,
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("leaving.not_written", path=folder, reason=error.strerror or "") from error
