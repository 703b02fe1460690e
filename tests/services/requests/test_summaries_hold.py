"""Whatever happened to a request, and however long its summary was kept, a list says what the
request itself says on that day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casefile.domain.requests import EventKind
from casefile.security.kdf import CHEAP
from casefile.services import agenda_clocks, deadlines, request_events, request_list, requests
from casefile.services import today as days
from casefile.services.agenda_clocks import Agenda
from casefile.services.case import Case, create_case
from casefile.services.request_rows import rest_of, short_of
from casefile.store import requests as store
from tests.services.conftest import PASSPHRASE, LentWorkers

START = date(2026, 1, 5)
_LAWS = ("us-federal", "us-ny", "us-tx", "uk", "de-federal", "au-federal", "eu")
_KINDS = (
    EventKind.RECEIVED, EventKind.ACKNOWLEDGED, EventKind.CLARIFICATION,
    EventKind.CLARIFICATION_REPLY, EventKind.FEE_ESTIMATE, EventKind.FEE_PAID,
    EventKind.EXTENSION, EventKind.INTERIM_RELEASE, EventKind.DETERMINATION, EventKind.DENIAL,
    EventKind.APPEAL, EventKind.APPEAL_DECISION, EventKind.REVIEW, EventKind.REVIEW_DECISION,
    EventKind.REMINDER, EventKind.STILL_INTERESTED, EventKind.WITHDRAWN,
)  # fmt: skip

day = st.integers(0, 400).map(lambda n: (START + timedelta(days=n)).isoformat())
event = st.fixed_dictionaries(
    {"kind": st.sampled_from(_KINDS), "received": day},
    optional={
        "appeal_offered": st.booleans(),
        "ground": st.sampled_from(("clarification", "fee_notice", "one_information_request")),
        "confirmed": st.booleans(),
        "limit_on": day,
    },
)


@pytest.fixture(scope="module")
def one_case(tmp_path_factory: pytest.TempPathFactory, workers: LentWorkers):
    path: Path = tmp_path_factory.mktemp("held") / "case"
    case: Case = create_case(path, PASSPHRASE, "held", cost=CHEAP, workers=workers)
    yield case
    case.close()


def looked_at_one_by_one(case: Case, today: date) -> Agenda:
    """What the clocks ask, found without the index."""
    rows = request_list.with_clocks(case, today)
    events = store.every_event(case.reader(), agenda_clocks.asking(rows))
    return agenda_clocks.first(agenda_clocks.agenda(rows, events, today))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    law=st.sampled_from(_LAWS),
    events=st.lists(event, min_size=1, max_size=6),
    look=st.lists(st.integers(0, 500), min_size=2, max_size=8).map(sorted),
)
def test_a_list_never_shows_what_no_longer_holds(law, events, look, one_case) -> None:
    request_id = requests.add(one_case, agency="EPA", law=law).ids("request")[0]
    for each in events:
        details = dict(each)
        request_events.log(one_case, request_id, details.pop("kind"), **details)
    for number in look:
        today = START + timedelta(days=number)
        rows = {row.id: row for row in request_list.with_clocks(one_case, today)}
        kept, view = rows[request_id], deadlines.view(one_case, request_id, today)
        assert list(kept._kept) == short_of(view), today
        assert list(kept._rest) == rest_of(view), today
        assert days.clocks(one_case, today) == looked_at_one_by_one(one_case, today), today
    requests.delete(one_case, [request_id])
