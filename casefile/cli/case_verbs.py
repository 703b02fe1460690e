"""Verbs about a whole case: new, info, check, backup, restore."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from casefile.cli import opening, passphrases
from casefile.cli.answers import DONE, REFUSED, Answer, counted, job, safe, told


def new_verb(arguments: Namespace) -> Answer:
    from casefile.security.hardening import harden
    from casefile.services import case as cases
    from casefile.services.keys import strength
    from casefile.services.wording import catalogue

    harden()
    path = Path(arguments.case)
    passphrase = passphrases.chosen(arguments.passphrase_file, "Passphrase for the new case")
    notes = [
        catalogue().get(code, {}).get("what", code) for code in cases.folder_warnings(path.parent)
    ]
    if passphrases.can_ask() and strength(passphrase, (path.name,)).weak:
        notes.append("This passphrase would not withstand a determined search for long.")
    with cases.create_case(path, passphrase, arguments.name, arguments.tools.cost) as case:
        values = {"case": str(case.path), "name": case.name}
    return Answer(
        values,
        [f"Made a case in {safe(case.path)}.", "No one can recover a lost passphrase."],
        notes=notes,
    )


def info_verb(arguments: Namespace) -> Answer:
    from casefile.services import today
    from casefile.services.case import peek

    with opening.reading(arguments) as case:
        counts = today.counts(case)
        values = {
            "name": case.name,
            "documents": counts.documents,
            "pages": counts.pages,
            "pages_awaiting_ocr": counts.pages_awaiting_ocr,
            "annotations": counts.annotations,
            "sources": counts.sources,
            "quotes": counts.quotes,
            "followups": counts.followups,
            "requests": counts.requests,
            "bytes": _size(case.path),
            "format_version": peek(case.path).format_version,
        }
    lines = [safe(values["name"])]
    lines += [f"  {name.replace('_', ' ')}: {value:,}" for name, value in list(values.items())[1:]]
    return Answer(values, lines)


def check_verb(arguments: Namespace) -> Answer:
    from casefile.services.checking import check_case

    with opening.reading(arguments) as case, job() as context:
        report = check_case(case, context)
    problems = [
        {"code": each.code, "problem": each.what, "document": each.document_id}
        for each in report.problems
    ]
    values = {
        "ok": report.ok,
        "documents": report.documents,
        "pages": report.pages,
        "problems": problems,
    }
    checked = f"{counted(report.documents, 'document')}, {counted(report.pages, 'page')} checked"
    lines = [f"{checked}: {'no problems' if report.ok else counted(len(problems), 'problem')}."]
    lines += [f"  {safe(each.what)}" for each in report.problems]
    if report.ok:
        return Answer(values, lines, DONE)
    return Answer(values, lines, REFUSED, told("check.problems"))


def backup_verb(arguments: Namespace) -> Answer:
    from casefile.services.backing_up import backup

    with opening.reading(arguments) as case, job() as context:
        report = backup(case, Path(arguments.dest), context)
    return _backed_up(report.path, report.documents, "Backed up to")


def restore_verb(arguments: Namespace) -> Answer:
    from casefile.security.hardening import harden
    from casefile.services.backing_up import restore

    harden()
    source = passphrases.key_source(arguments, arguments.backup)
    with job() as context:
        report = restore(Path(arguments.backup), Path(arguments.case), source, context)
    return _backed_up(report.path, report.documents, "Restored to")


def _backed_up(path: Path, documents: int, words: str) -> Answer:
    return Answer(
        {"path": str(path), "documents": documents},
        [f"{words} {safe(path)}: {counted(documents, 'document')}."],
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
