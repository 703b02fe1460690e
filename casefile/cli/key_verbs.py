"""Verbs about opening a case: passphrase, recovery, keyring."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import BinaryIO

from casefile.cli import opening, passphrases
from casefile.cli.answers import Answer, safe


def passphrase_verb(arguments: Namespace) -> Answer:
    from casefile.services.keys import change_passphrase

    with opening.writing(arguments) as case:
        new = passphrases.chosen(arguments.new_passphrase_file, "New passphrase")
        change_passphrase(case, new, arguments.tools.cost)
    return Answer({}, ["The passphrase was changed. Older copies of the folder keep the old one."])


def recovery_verb(arguments: Namespace) -> Answer:
    return _new_code(arguments) if arguments.action == "new" else _use_code(arguments)


def _new_code(arguments: Namespace) -> Answer:
    from casefile.services.keys import new_recovery_code
    from casefile.services.leaving import door

    with opening.writing(arguments) as case:
        if arguments.out is None:
            code = new_recovery_code(case)
            return Answer({"code": code}, [code])

        def write(file: BinaryIO) -> None:
            file.write(f"{new_recovery_code(case)}\n".encode())

        departure = door.Departure("recovery_code")
        path = door.leave_file(case, departure, Path(arguments.out), write, force=arguments.force)
    return Answer({"code": None}, [f"The recovery code is in {safe(path)}. Print it, delete it."])


def _use_code(arguments: Namespace) -> Answer:
    from casefile.security.hardening import harden
    from casefile.services.keys import use_recovery_code

    harden()
    code = passphrases.read_text(arguments.code_file)
    new = passphrases.chosen(arguments.new_passphrase_file, "New passphrase")
    use_recovery_code(Path(arguments.case), code, new, arguments.tools.cost)
    return Answer({"case": arguments.case}, ["The new passphrase opens the case."])


def keyring_verb(arguments: Namespace) -> Answer:
    from casefile.services import keys

    with opening.writing(arguments) as case:
        if arguments.switch == "on":
            backend = keys.keyring_on(case)
            lines = [
                f"This computer remembers the case, in {safe(backend)}.",
                "Who takes this computer while you are logged in can open the case.",
            ]
            return Answer({"backend": backend}, lines)
        forgotten = keys.keyring_off(case)
    return Answer({"backend": forgotten}, ["This computer no longer remembers the case."])
