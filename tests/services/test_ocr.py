"""Words read from pictures: searchable at once, in place, kept over everything that happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from casefile.domain.documents import PageState
from casefile.domain.progress import JobContext
from casefile.pdf import languages
from casefile.pdf.asking import Limits
from casefile.pdf.workers import PdfWorkers
from casefile.services import backing_up, documents, ocr, reading
from casefile.services.case import Case, Passphrase, open_case
from casefile.services.importing import ImportChoices, import_paths
from casefile.services.ocr_run import OcrRun, PageRead, run
from casefile.services.searching import search_case
from casefile.services.undo import undo
from casefile.store import custody
from tests import scans
from tests.services.conftest import PASSPHRASE, BringIn
from tests.services.material import refused

WORDS = ("The vendor pitched face recognition", "Nobody at the agency wrote it down")

Scan = Callable[..., str]


@pytest.fixture
def scanned(case: Case, workers: PdfWorkers, tmp_path: Path) -> Scan:
    """Import a scan with these words on its pages; returns the document's id."""

    def bring(texts: Sequence[str] = WORDS, name: str = "scan.pdf", **choices: str) -> str:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(scans.scan(workers, tmp_path / "typed", texts))
        report = import_paths(case, [path], ImportChoices(**choices))  # type: ignore[arg-type]
        return report.imported[0].document.id

    return bring


def test_a_scan_is_read_and_searchable_at_once(case: Case, scanned: Scan) -> None:
    document = scanned()
    assert ocr.count_waiting(case) == 2
    assert search_case(case, "recognition").total == 0
    seen: list[PageRead] = []
    report = run(case, on_page=seen.append)
    assert (report.done, report.waiting, report.failed) == (2, 0, [])
    assert [(each.page, each.done) for each in seen if each.over][-1][1] == 2
    hit = search_case(case, "recognition").hits[0]
    assert (hit.document_id, hit.page) == (document, 1)
    page = next(iter(documents.page_texts(case, document, 2, 2)))
    assert (page.text, page.ocr, page.state) == (WORDS[1], True, PageState.TEXT)
    found = documents.get(case, document)
    assert (found.pages_with_text, found.pages_awaiting_ocr) == (2, 0)
    entry = custody.listing(case.reader(), event="document.ocr")[0]
    assert entry.detail == {"document": document, "pages": 2}


def test_its_words_have_places_and_a_confidence(case: Case, scanned: Scan) -> None:
    document = scanned(WORDS[:1])
    assert reading.text(case, document, 1).lines == ()
    run(case)
    text = reading.text(case, document, 1)
    assert text.text == WORDS[0]
    assert text.confidence is not None
    assert text.confidence > 80
    line = text.lines[0]
    assert len(line.confidences) == 5
    vendor = line.quads[4].box  # typed at 72, 700 in 12 points: "The " is 24 points wide
    assert abs(vendor.x0 - 96) < 4
    assert 76 < vendor.y0 < vendor.y1 < 100


def test_a_page_without_words_is_blank(case: Case, scanned: Scan) -> None:
    document = scanned([""])
    assert run(case).done == 1
    assert reading.pages(case, document)[0].state is PageState.BLANK
    assert ocr.count_waiting(case) == 0


def test_what_is_finished_stays_when_a_run_is_cancelled(case: Case, scanned: Scan) -> None:
    scanned([*WORDS, *WORDS])
    context = JobContext()

    def cancel_after_one(news: PageRead) -> None:
        if news.over:
            context.cancel()

    report = run(case, context=context, on_page=cancel_after_one)
    assert report.cancelled
    assert 1 <= report.done < 4
    assert report.waiting == 4 - report.done
    assert run(case).done == 4 - report.done


def test_the_queue_survives_a_restart(case: Case, scanned: Scan, workers: PdfWorkers) -> None:
    scanned()
    ocr.set_paused(case, on=True)
    path = case.path
    case.close()
    with open_case(path, Passphrase(PASSPHRASE), workers=workers) as again:
        assert ocr.paused(again)
        assert run(again).done == 2
        assert search_case(again, "recognition").total == 1


def test_the_page_in_view_comes_first(case: Case, scanned: Scan) -> None:
    scanned(list(WORDS) * 4, "first.pdf")
    document = scanned(list(WORDS) * 3, "looked-at.pdf")
    begun: list[tuple[str, int]] = []
    work = OcrRun(case, on_page=lambda news: begun.append((news.document_id, news.page)))
    work.first(document, 5)
    assert work.run().done == 14
    assert (document, 5) in begun[:2]


def test_documents_brought_in_without_ocr_are_read_only_when_named(
    case: Case, scanned: Scan
) -> None:
    document = scanned(ocr="off")
    assert ocr.count_waiting(case) == 0
    assert run(case).done == 0
    assert ocr.count_waiting(case, [document]) == 2
    assert run(case, [document]).done == 2


def test_all_reads_pages_that_have_text_too(case: Case, bring_in: BringIn) -> None:
    kept = bring_in("kept.pdf", ["Typed words stay"])
    document = bring_in("again.pdf", ["Typed words are read again"], ImportChoices(ocr="all"))
    assert run(case).done == 1
    shown = {each: reading.pages(case, each)[0].ocr for each in (kept, document)}
    assert shown == {kept: False, document: True}
    assert reading.text(case, document, 1).text == "Typed words are read again"
    assert ocr.count_waiting(case) == 0


def test_a_page_that_fails_is_listed_and_tried_again(case: Case, scanned: Scan) -> None:
    document = scanned(WORDS[:1])
    case._workers = PdfWorkers(limits=Limits(ocr=0.01))  # every page takes too long
    lent = case._workers
    report = run(case)
    lent.close()
    assert (report.done, report.waiting) == (0, 0)
    assert [(page.document_id, page.page) for page in report.failed] == [(document, 1)]
    assert "too long" in report.failed[0].reason
    case._workers = PdfWorkers()
    assert ocr.try_again(case) == 1
    report = run(case)
    assert (report.done, report.failed) == (1, [])


def test_languages_are_chosen_for_each_document(
    case: Case, scanned: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = scanned(WORDS[:1])
    run(case)
    assert ocr.languages(case, document) == ("eng",)
    with refused("ocr.language_missing"):
        ocr.set_languages(case, [document], ["tlh"])
    there = languages.installed()
    monkeypatch.setattr(languages, "installed", lambda: {**there, "tlh": there["eng"]})
    change = ocr.set_languages(case, [document], ["eng", "tlh"])
    assert ocr.languages(case, document) == ("eng", "tlh")
    assert search_case(case, "recognition").total == 1  # until it is read anew
    report = run(case)  # the worker knows no Klingon
    assert "tlh" in report.failed[0].reason
    undo(case, change)
    assert ocr.languages(case, document) == ("eng",)


def test_after_a_restore_scans_wait_again(
    case: Case, scanned: Scan, workers: PdfWorkers, tmp_path: Path
) -> None:
    document = scanned()
    run(case)
    daily = backing_up.daily(case, date(2026, 11, 28))
    assert daily is not None
    case.close()
    restored = tmp_path / "restored"
    backing_up.restore(daily, restored, Passphrase(PASSPHRASE))
    with open_case(restored, Passphrase(PASSPHRASE), workers=workers) as again:
        assert documents.get(again, document).pages_awaiting_ocr == 2
        assert run(again).done == 2
        assert search_case(again, "recognition").total == 1
