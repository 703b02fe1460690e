"""How bundles are put into words."""

from __future__ import annotations

from collections.abc import Sequence

from casefile.services import wording
from casefile.services.leaving.bundle import BundlePreview
from casefile.services.leaving.contents import LeftOut
from casefile.services.leaving.verifying import BundleProblem
from casefile.ui.models.words import counted, visible

NOT_YET = "Not available yet: this needs the leak check, which is not part of Casefile yet."
NO_LEAK_CHECK = "The leak check is not run yet."
READ_IT = (
    "Code names only; protected documents, off-record and embargoed quotes stay behind. Nobody has"
    " looked for names inside the documents: read the bundle before you hand it on."
)


def goes_in(preview: BundlePreview) -> str:
    """``12 documents (240 pages), 31 marks and 8 quotes go in.``"""
    return (
        f"{counted(preview.documents, 'document')} ({counted(preview.pages, 'page')}), "
        f"{counted(preview.marks, 'mark')} and {counted(preview.quotes, 'quote')} go in."
    )


def left_out_lines(left_out: Sequence[LeftOut]) -> list[str]:
    """One line for each reason, with how many."""
    words = wording.catalogue()
    return [
        f"{each.count} {words.get(f'left_out.{each.reason}', {}).get('what', each.reason)}"
        for each in left_out
        if each.count
    ]


def problem_lines(problems: Sequence[BundleProblem], most: int = 50) -> list[str]:
    """One line for each problem a check found."""
    words = wording.catalogue()
    lines = []
    for problem in problems[:most]:
        what = words.get(f"bundle.{problem.code}", {}).get("what", problem.code)
        lines.append(f"{visible(problem.path)}: {what}" if problem.path else what)
    if len(problems) > most:
        lines.append(f"and {counted(len(problems) - most, 'more problem')}")
    return lines
