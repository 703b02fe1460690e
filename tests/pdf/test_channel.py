"""Workers that hang, crash, eat memory and lie: the rest stays usable."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.domain.documents import PageState
from casefile.domain.errors import Cancelled, UserError
from casefile.pdf.asking import Limits
from casefile.pdf.channel import Channel
from casefile.pdf.session import DocumentSession
from casefile.pdf.values import PlainFile, WorkerFailed
from casefile.pdf.workers import PdfWorkers
from tests.pdf import making, tricky

PAGES = 60


@pytest.fixture(scope="module")
def tricky_workers() -> Iterator[PdfWorkers]:
    limits = Limits(page=1.0, whole=20.0)
    with PdfWorkers(command=tricky.command(), forking=True, limits=limits) as made:
        yield made


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "sixty.pdf"
    path.write_bytes(making.pages([f"This is page {n}" for n in range(1, PAGES + 1)]))
    return path


@pytest.fixture
def session(tricky_workers: PdfWorkers, document: Path) -> Iterator[DocumentSession]:
    with tricky_workers.open(PlainFile(document)) as opened:
        yield opened


@pytest.mark.parametrize(("page", "reason"), [(2, "crash"), (3, "timeout"), (4, "memory")])
def test_a_deadly_page_costs_only_itself(session: DocumentSession, page: int, reason: str) -> None:
    assert session.render(1, 0.2).width > 0
    with pytest.raises(WorkerFailed) as failure:
        session.render(page, 0.2)
    assert failure.value.reason == reason
    assert failure.value.values == {"reason": reason, "page": page}
    assert session.render(1, 0.2).width > 0
    assert session.text(page).text == f"This is page {page}"


def test_a_page_that_killed_a_worker_is_not_tried_again(session: DocumentSession) -> None:
    with pytest.raises(WorkerFailed):
        session.render(2, 0.2)
    session.text(1)
    worker = session._asker._channel
    with pytest.raises(WorkerFailed) as again:
        session.render(2, 0.5)
    assert again.value.reason == "crash"
    assert session._asker._channel is worker


def test_extraction_goes_on_behind_deadly_pages(session: DocumentSession) -> None:
    found = list(session.extract(1, PAGES))
    assert [page.facts.number for page in found] == list(range(1, PAGES + 1))
    states = {page.facts.number: page.state for page in found}
    assert [n for n, state in states.items() if state is PageState.UNDRAWABLE] == [2, 3, 4]
    assert all(
        page.text == f"This is page {page.facts.number}"
        for page in found
        if page.state is PageState.TEXT
    )


@pytest.mark.parametrize("page", sorted(tricky.LIES))
def test_lies_are_not_believed(session: DocumentSession, page: int) -> None:
    with pytest.raises(WorkerFailed) as failure:
        session.render(page, 0.2)
    assert failure.value.reason == "protocol"
    assert session.render(1, 0.2).width > 0


def test_those_waiting_behind_a_deadly_page_are_served(session: DocumentSession) -> None:
    """Several threads ask at once; one of them asks for the page that kills the worker."""
    outcomes: dict[int, object] = {}

    def draw(page: int) -> None:
        try:
            outcomes[page] = session.render(page, 0.2).width
        except WorkerFailed as failure:
            outcomes[page] = failure.reason

    threads = [threading.Thread(target=draw, args=(page,)) for page in (2, 5, 6, 7, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.pop(2) == "crash"
    assert set(outcomes) == {5, 6, 7, 8}
    assert all(isinstance(width, int) for width in outcomes.values())


def test_cancel_ends_what_is_under_way(tricky_workers: PdfWorkers, document: Path) -> None:
    patient = Limits(page=60, whole=60)
    with tricky_workers.open(PlainFile(document), limits=patient) as session:
        caught: list[BaseException] = []
        asked = threading.Event()

        def hang() -> None:
            asked.set()
            try:
                session.render(3, 0.2)
            except Cancelled as error:
                caught.append(error)

        thread = threading.Thread(target=hang)
        thread.start()
        asked.wait()
        while thread.is_alive():
            session.cancel()
            thread.join(0.05)
        assert len(caught) == 1
        assert session.render(1, 0.2).width > 0


def test_cancel_ends_an_opening(tricky_workers: PdfWorkers, document: Path) -> None:
    with pytest.raises(Cancelled):
        tricky_workers.open(PlainFile(document), announce=cancel_at_the_start)


def cancel_at_the_start(session: DocumentSession) -> None:
    """Cancel as soon as a worker is being started for the session."""
    start = session._asker._start

    def started() -> Channel:
        session.cancel()
        return start()

    session._asker._start = started  # type: ignore[method-assign]


def test_cancel_ends_an_extraction(session: DocumentSession) -> None:
    pages = session.extract(5, PAGES)
    next(pages)
    session.cancel()
    with pytest.raises(Cancelled):
        list(pages)
    assert len(list(session.extract(5, 10))) == 6


def test_other_requests_may_come_between_pages(session: DocumentSession) -> None:
    seen = []
    for page in session.extract(5, PAGES):
        seen.append(page.facts.number)
        if page.facts.number % 10 == 0:
            assert session.text(1).text == "This is page 1"
    assert seen == list(range(5, PAGES + 1))


def test_an_abandoned_extraction_stops_nothing(session: DocumentSession) -> None:
    pages = session.extract(5, PAGES)
    next(pages)
    assert session.render(1, 0.2).width > 0
    del pages
    assert session.text(9).text == "This is page 9"


def test_a_dead_template_is_started_again(document: Path) -> None:
    with PdfWorkers(forking=True) as workers:
        with workers.open(PlainFile(document)) as session:
            template = workers._source._template  # type: ignore[union-attr]
            template.kill()
            template.wait()
            # Its children end with it; the next request starts a template and a worker.
            assert session.render(1, 0.2).width > 0
        with workers.open(PlainFile(document)) as session:
            assert session.text(1).text == "This is page 1"


def test_a_closed_session_refuses(session: DocumentSession) -> None:
    session.close()
    with pytest.raises(Cancelled):
        session.render(1, 0.2)


def test_absent_pages(session: DocumentSession) -> None:
    for call in (
        lambda: session.render(PAGES + 1, 1.0),
        lambda: session.text(0),
        lambda: session.pages(1, PAGES + 1),
        lambda: list(session.extract(0, 1)),
        lambda: session.file_marks(10**9),
    ):
        with pytest.raises(UserError) as refused:
            call()
        assert refused.value.code == "page.absent"


def test_absurd_pictures_are_refused(session: DocumentSession) -> None:
    for scale in (60.0, 1e9, 0.0, -1.0, float("nan")):
        with pytest.raises(WorkerFailed):
            session.render(1, scale)
    assert session.render(1, 0.2).width > 0
