"""The sample case tells its story with everything a case can hold."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pymupdf
import pytest

from casefile import shipped
from casefile.domain.documents import PageState, Provenance
from casefile.domain.errors import Cancelled, UserError
from casefile.domain.people import Terms
from casefile.domain.progress import JobContext
from casefile.domain.quotes import QuoteState
from casefile.security.kdf import CHEAP
from casefile.services import (
    annotating,
    documents,
    followups,
    quoting,
    reading,
    requests,
    sources,
    tags,
)
from casefile.services.case import Passphrase, create_case, open_case
from casefile.services.sample_case import build_sample
from casefile.services.sample_case.demo import CASE_NAME, run_demo
from tests.sample_case import DAY, opened, sample_folder

PAPERS = shipped.path("sample")
RELEASE = PAPERS / "BER-2025-00817 release 1.pdf"


def test_the_release_looks_like_one() -> None:
    with pymupdf.open(RELEASE) as pdf:
        texts = [page.get_text() for page in pdf]
        assert len(texts) == 30
        labels = [page.get_label() for page in pdf]
        assert labels[0] == "BER-000001"
        assert labels[23:25] == ["BER-000024", "BER-000027"]  # two pages were not delivered
        scans = [number for number, text in enumerate(texts, 1) if not text.strip()]
        assert len(scans) == 2
        for code in ("(b)(4)", "(b)(5)", "(b)(6)", "(b)(7)(C)", "(b)(7)(E)"):
            assert any(code in text for text in texts)
        assert sum("PAGE WITHHELD IN FULL" in text for text in texts) == 1
        assert {page.rotation for page in pdf} == {0, 90}
        assert "Split it in three orders" in " ".join(texts[22].split())  # under the black
        drawn = pdf[22].get_pixmap(clip=pdf[22].search_for("Split it in three")[0] + (9, 3, -9, -3))
        assert drawn.color_count() <= 3
    assert sum(path.stat().st_size for path in PAPERS.glob("*.pdf")) < 1_500_000


def test_no_paper_holds_the_name_of_the_confidential_source() -> None:
    for path in PAPERS.glob("*.pdf"):
        with pymupdf.open(path) as pdf:
            whole = " ".join(page.get_text() for page in pdf) + repr(pdf.metadata)
        assert "Brandt" not in whole
        assert "Adela" not in whole


def test_the_case_holds_everything(tmp_path_factory: pytest.TempPathFactory) -> None:
    with opened(sample_folder(tmp_path_factory), writing=False) as case:
        request, harbor = requests.listing(case)
        assert harbor.law == "us-ny"
        assert request.tracking_number == "BER-2025-00817"
        papers = {row.document.title: row.document for row in documents.listing(case)}
        release = papers["BER release 1"]
        assert release.request_id == request.id
        assert release.sha256 == hashlib.sha256(RELEASE.read_bytes()).hexdigest()
        assert release.pages_awaiting_ocr == 2
        states = Counter(page.state for page in reading.pages(case, release.id))
        assert states == {PageState.TEXT: 28, PageState.AWAITING_OCR: 2}
        assert papers["Draft assessment"].provenance is Provenance.GIVEN
        assert sources.protected(case, papers["Draft assessment"].id)
        people = sources.listing(case)
        (heron,) = [source for source in people if source.confidential]
        assert (heron.code_name, heron.terms) == ("HERON", Terms.BACKGROUND)
        marks = annotating.listing(case)
        assert {mark.colour for mark in marks} >= {"yellow", "orange", "pink", "violet", "blue"}
        assert {mark.kind.value for mark in marks} >= {"highlight", "underline", "box"}
        quotes = quoting.listing(case)
        assert {quote.state for quote in quotes} >= {QuoteState.VERIFIED, QuoteState.UNVERIFIED}
        assert Terms.OFF_RECORD in {quote.terms for quote in quotes}
        todo = followups.listing(case)
        assert any(each.due and each.due < DAY.isoformat() and not each.done_at for each in todo)
        assert any(each.done_at for each in todo)
        assert "Port Callory" in tags.names(case)


def test_it_is_built_whole_or_not_at_all(tmp_path: Path) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 3:
            context.cancel()

    context = JobContext(stop)
    with pytest.raises(Cancelled):
        build_sample(tmp_path / "case", cost=CHEAP, today=DAY, context=context)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "case").mkdir()
    with pytest.raises(UserError, match=r"case\.exists"):
        build_sample(tmp_path / "case", cost=CHEAP)


def test_the_demo_touches_no_case_but_its_own(tmp_path: Path) -> None:
    with create_case(tmp_path / CASE_NAME, "mine", "Mine", CHEAP):
        pass
    with pytest.raises(UserError, match=r"sample\.foreign"):
        run_demo(tmp_path, cost=CHEAP)
    with open_case(tmp_path / CASE_NAME, Passphrase("mine")) as case:
        assert case.name == "Mine"
    with pytest.raises(UserError, match=r"leaving\.not_written"):
        run_demo(tmp_path / CASE_NAME / "case.casefile" / "x", cost=CHEAP)
