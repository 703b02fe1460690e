"""What requests ask of the reporter, found by day: the lines of Today without reading the rest.

For when no summary is ``lacking`` (see ``summaries``). A section's rows stand in its index by day.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from casefile.store.database import Queryable

# A limit is missed when its last day is over; a window for a suit counts only near its end.
_OWN = """
    SELECT request_id, day, until FROM request_ask WHERE section = 'own'
    UNION ALL
    SELECT request_id, day, until FROM request_ask WHERE section = 'window' AND day <= :window
"""
_FIRST = f"""
WITH own AS ({_OWN})
SELECT request_id FROM (
    SELECT request_id FROM own WHERE until < :today ORDER BY until DESC LIMIT :most_missed)
UNION SELECT request_id FROM (
    SELECT request_id FROM own WHERE until >= :today AND day <= :soon
    ORDER BY day LIMIT :most_soon)
UNION SELECT request_id FROM (
    SELECT request_id FROM own WHERE until >= :today AND day > :soon ORDER BY day LIMIT :most)
UNION SELECT request_id FROM (
    SELECT request_id FROM request_ask WHERE section = 'question'
    ORDER BY day LIMIT :most_questions)
UNION SELECT request_id FROM (
    SELECT request_id FROM request_ask WHERE section = 'late' AND until <= :today
    ORDER BY day LIMIT :most)
UNION SELECT request_id FROM (
    SELECT request_id FROM request_ask WHERE section = 'late' AND until > :today
    ORDER BY until LIMIT :most)
UNION SELECT request_id FROM (
    SELECT request_id FROM request_ask JOIN request ON request.id = request_id
    WHERE section = 'fact' ORDER BY created_at, request.id LIMIT :most)
UNION SELECT request_id FROM (
    SELECT request_id, min(day) AS first FROM request_ask
    WHERE section = 'agency' AND day BETWEEN :today AND :horizon
    GROUP BY request_id ORDER BY first LIMIT :most)
"""  # noqa: S608 - nothing in it comes from outside
_TOTALS = f"""
WITH own AS ({_OWN})
SELECT
    coalesce(sum(until < :today), 0) AS missed,
    coalesce(sum(until >= :today AND day <= :soon), 0) AS soon,
    coalesce(sum(until >= :today AND day > :soon), 0) AS later,
    coalesce(sum(day <= :near), 0) AS near,
    (SELECT count(*) FROM request_ask WHERE section = 'question') AS questions,
    (SELECT count(*) FROM request_ask WHERE section = 'late' AND until <= :today) AS late,
    (SELECT count(*) FROM request_ask WHERE section = 'late' AND until > :today) AS put_off,
    (SELECT count(*) FROM request_ask WHERE section = 'fact') AS asked,
    (SELECT count(DISTINCT request_id) FROM request_ask
        WHERE section = 'agency' AND day BETWEEN :today AND :horizon) AS expected
FROM own
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Page:
    """A day (ISO) with the last days of what is near, soon, within the horizon of the agencies'
    dates, and of a window for a suit; and how many lines there is room for."""

    today: str
    near: str
    soon: str
    horizon: str
    window: str
    most_missed: int
    most_soon: int
    most_questions: int
    most: int


def first(db: Queryable, page: Page) -> list[str]:
    """The requests of which the page shows something: no more than it has lines."""
    return [row["request_id"] for row in db.query(_FIRST, asdict(page))]


def totals(db: Queryable, page: Page) -> dict[str, int]:
    """How many lines there are of each section, shown or not."""
    return dict(db.one(_TOTALS, asdict(page)) or {})
