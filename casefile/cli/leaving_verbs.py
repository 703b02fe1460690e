"""Verbs about what leaves: export, verify."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.cli import opening
from casefile.cli.answers import DONE, PARTLY, REFUSED, Answer, counted, job, safe, told

if TYPE_CHECKING:
    from casefile.services.leaving.bundle import BundleReport


def export_verb(arguments: Namespace) -> Answer:
    from casefile.services.leaving.bundle import export_bundle
    from casefile.services.leaving.contents import Recipient

    listed = [each.strip() for each in arguments.documents.split(",") if each.strip()]
    with opening.writing(arguments, parsing=True) as case, job() as context:
        report = export_bundle(
            case,
            Path(arguments.out),
            document_ids=None if listed == ["all"] else listed,
            recipient=Recipient(arguments.recipient),
            zipped=arguments.zip,
            force=arguments.force,
            author=arguments.author,
            context=context,
        )
    return _exported(report)


def _exported(report: BundleReport) -> Answer:
    from casefile.services.wording import catalogue

    values = {
        "bundle": str(report.path),
        "documents": report.documents,
        "files": report.files,
        "leaks": None,
        "leak_check": report.leak_check,
        "fingerprint": report.fingerprint,
        "left_out": [{"reason": each.reason, "count": each.count} for each in report.left_out],
        "failed": [
            {"document": each.document_id, "reason": each.reason, "code": each.code}
            for each in report.failed
        ],
    }
    held = f"{counted(report.documents, 'document')}, {counted(report.files, 'file')}"
    lines = [
        f"Wrote {safe(report.path)}: {held}, unencrypted.",
        "The leak check was not run: read the bundle before you hand it on.",
    ]
    lines += [
        f"  left out: {each.count:,} {catalogue()[f'left_out.{each.reason}']['what']}"
        for each in report.left_out
    ]
    lines += [f"  not copied: {each.document_id}: {safe(each.reason)}" for each in report.failed]
    if report.failed:
        return Answer(values, lines, PARTLY, told("export.partly"))
    return Answer(values, lines, DONE)


def verify_verb(arguments: Namespace) -> Answer:
    from casefile.services.leaving.verifying import verify_bundle
    from casefile.services.wording import catalogue

    with job() as context:
        report = verify_bundle(Path(arguments.bundle), context)
    problems = [
        {
            "code": each.code,
            "path": each.path,
            "problem": catalogue()[f"bundle.{each.code}"]["what"],
        }
        for each in report.problems
    ]
    values = {
        "ok": report.ok,
        "files": report.files,
        "problems": problems,
        "fingerprint": report.fingerprint,
    }
    words = "complete and unchanged" if report.ok else counted(len(problems), "problem")
    lines = [f"{counted(report.files, 'file')} compared: {words}."]
    lines += [f"  {safe(each['path'])}: {each['problem']}" for each in problems]
    if not report.ok:
        return Answer(values, lines, REFUSED, told("verify.problems"))
    return Answer(values, [*lines, f"Fingerprint {report.fingerprint}"], DONE)
