"""The verb that shows everything on the sample case: demo."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.cli.answers import Answer, counted, job, safe, say
from casefile.domain.errors import UserError

if TYPE_CHECKING:
    from casefile.cli.main import Tools

PICTURE_NAME = "Sample window.png"


def demo_verb(arguments: Namespace) -> Answer:
    from casefile.security.hardening import harden
    from casefile.services.sample_case.demo import run_demo

    harden()
    tools: Tools = arguments.tools
    with job() as context:
        report = run_demo(Path(arguments.dir), cost=tools.cost, context=context)
    picture, why = _picture(tools, report.case, report.bundle.with_name(PICTURE_NAME))
    values = {
        "case": str(report.case),
        "bundle": str(report.bundle),
        "screenshot": str(picture) if picture else None,
    }
    title, page = report.found
    documents, pages = counted(report.documents, "document"), counted(report.pages, "page")
    kept = counted(report.left_out, "thing")
    marks, quotes = counted(report.marks, "mark"), counted(report.quotes, "quote")
    lines = [
        f"The sample case: {documents}, {pages}, {marks}, {quotes}.",
        f"Found “nobody in the line has to know” in {safe(title)}, page {page}.",
        f"Exported a bundle and checked it; {kept} stayed in the case.",
        "",
        f"  case        {safe(report.case)}",
        f"  bundle      {safe(report.bundle / 'index.html')}",
        f"  screenshot  {safe(picture) if picture else why}",
        "",
        "The passphrase of the sample case is casefile-sample.",
    ]
    return Answer(values, lines)


def _picture(tools: Tools, case: Path, out: Path) -> tuple[Path | None, str]:
    """The window on the case as a picture, or None and why there is none."""
    from casefile.services.sample_case.build import PASSPHRASE
    from casefile.services.wording import explain

    if tools.screenshot is None:
        return None, "none: the window is not part of this installation."
    try:
        tools.screenshot(case, PASSPHRASE, out)
    except ImportError as error:
        why = f"none: the window's libraries are missing ({str(error).splitlines()[0]})."
        say(f"No picture of the window: {why}")
        return None, why
    except UserError as error:
        why = f"none: {explain(error).what}"
        say(f"No picture of the window: {why}")
        return None, why
    return out, ""
