"""Runs one verb: parses, dispatches, and turns every failure into one message and an exit status.

0 done, 1 refused or failed, 2 wrong usage, 3 part of the work failed. A bug prints where it
happened, never what the case holds.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from casefile.cli.answers import REFUSED, WRONG_USAGE, Answer, say
from casefile.cli.arguments import WrongUsage, parse
from casefile.domain.errors import Cancelled, UserError
from casefile.security.hardening import harden

if TYPE_CHECKING:
    from casefile.security.kdf import KdfCost

#: Takes a picture of the window on a case: case folder, passphrase, PNG to write.
Screenshot: TypeAlias = Callable[[Path, str, Path], None]


@dataclass(frozen=True)
class Tools:
    """What a verb may need besides what was typed, as ``arguments.tools``. ``cost`` is for tests:
    the price of a key."""

    screenshot: Screenshot | None = None
    cost: KdfCost | None = None


#: Where each verb lives; a module is imported when its verb is used. The function is called
#: after the verb, with ``_verb`` added.
_MODULES = {
    "casefile.cli.case_verbs": ("new", "info", "check", "backup", "restore"),
    "casefile.cli.key_verbs": ("passphrase", "recovery", "keyring"),
    "casefile.cli.document_verbs": ("import", "documents", "text", "original", "render", "search"),
    "casefile.cli.ocr_verb": ("ocr",),
    "casefile.cli.mark_verbs": ("annotate", "annotations", "annotation", "carry"),
    "casefile.cli.withholding_verbs": ("withholdings", "exemptions"),
    "casefile.cli.quote_verbs": ("quote",),
    "casefile.cli.people_verbs": ("source", "followup"),
    "casefile.cli.request_verbs": ("request",),
    "casefile.cli.agency_verb": ("agency",),
    "casefile.cli.deadlines_verb": ("deadlines",),
    "casefile.cli.leaving_verbs": ("export", "verify"),
    "casefile.cli.law_verbs": ("deadline", "laws"),
    "casefile.cli.demo_verb": ("demo",),
}


def run(
    argv: list[str], screenshot: Screenshot | None = None, *, cost: KdfCost | None = None
) -> int:
    """Run the command line; returns the exit status and never raises."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return _run(argv, Tools(screenshot, cost))
    except WrongUsage as error:
        say(f"casefile: {error}")
        return WRONG_USAGE
    except UserError as error:
        from casefile.services.wording import explain

        say(explain(error).sentence())
        return REFUSED
    except (Cancelled, KeyboardInterrupt):
        say("Stopped. What was finished before is kept; nothing half-done is.")
        return REFUSED
    except BrokenPipeError:  # whoever read us has gone
        _no_more_output()
        return REFUSED
    except OSError as error:
        from casefile.services.wording import explain

        say(explain(UserError("system.refused", reason=error.strerror or "")).sentence())
        _no_more_output()
        return REFUSED
    except BaseException as error:  # noqa: BLE001 - no bug may show a traceback
        say(bug_report(error))
        return REFUSED


def _no_more_output() -> None:
    """What could not be written must not be tried again when Python flushes at exit."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: list[str], tools: Tools) -> int:
    try:
        arguments = parse(argv)
    except SystemExit as leave:  # --help and --version
        sys.stdout.flush()
        return leave.code if isinstance(leave.code, int) else 0
    if arguments.verb is None:
        raise WrongUsage("Name a verb. 'casefile --help' lists them; without options the window"
                         " opens.")  # fmt: skip
    arguments.tools = tools
    harden()
    answer = verb_function(arguments.verb)(arguments)
    return answer.show(as_json=arguments.json)


def verb_function(verb: str) -> Callable[[Namespace], Answer]:
    """The function of a verb."""
    for module, verbs in _MODULES.items():
        if verb in verbs:
            found: Callable[[Namespace], Answer] = getattr(
                importlib.import_module(module), f"{verb}_verb"
            )
            return found
    raise LookupError(verb)


def bug_report(error: BaseException) -> str:
    """Where a bug happened, without a word of the case: messages of exceptions may hold some."""
    import platform

    import casefile

    steps = [
        f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-8:]
    ]
    return "\n".join([
        "Casefile met a bug and stopped. What was saved before is safe.",
        "Please report these lines; they hold nothing of the case.",
        f"  Casefile {casefile.__version__}, Python {platform.python_version()}, {sys.platform}",
        *steps,
        f"  {type(error).__name__}",
    ])  # fmt: skip
