"""Is everything in the case as it was written?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casefile.domain.progress import JobContext
from casefile.services.wording import explain
from casefile.store import checking

if TYPE_CHECKING:
    from casefile.services.case import Case


@dataclass(frozen=True, slots=True)
class Problem:
    """``what`` says in a sentence what is wrong; ``document_id`` names the document if one alone
    is concerned."""

    code: str
    what: str
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How much was looked at, and what was found."""

    documents: int
    pages: int
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


def check_case(case: Case, context: JobContext | None = None) -> CheckReport:
    """Check the database, its indexes, every document file against its hash, and the custody log.
    Changes nothing; may run while the case is worked on. Raises ``Cancelled``."""
    found = checking.check_store(case.store, case.vault, context)
    problems = [
        Problem(problem.code, explain(problem.error()).what, problem.document_id)
        for problem in found.problems
    ]
    return CheckReport(found.documents, found.pages, problems)
