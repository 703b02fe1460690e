"""What the process does against being read, seen from outside it."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from casefile.security import hardening

HARDENED = """
import resource
from casefile.security.hardening import harden
print([(p.name, p.on, p.note) for p in harden()], resource.getrlimit(resource.RLIMIT_CORE))
"""

READ_BY_ANOTHER = """
import ctypes, os, sys
from casefile.security.hardening import harden
if os.geteuid() == 0:  # root may read everything: go on as an ordinary user
    os.setgid(65534)
    os.setuid(65534)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # dumpable, as every program is that did not harden itself
if sys.argv[1] == "hardened":
    harden()
other = os.fork()
if other == 0:
    try:
        open(f"/proc/{os.getppid()}/environ").close()
    except PermissionError:
        os._exit(1)
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(other, 0)[1]))
"""

linux_only = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="prctl and /proc are Linux's"
)


@linux_only
def test_both_protections_are_on() -> None:
    said = subprocess.run([sys.executable, "-c", HARDENED], capture_output=True, text=True)
    assert said.stdout.strip() == (
        "[('not readable by other processes', True, ''), ('no core files', True, '')] (0, 0)"
    )


@linux_only
@pytest.mark.parametrize(("how", "refused"), [("as it is", 0), ("hardened", 1)])
def test_a_process_of_the_same_user_cannot_look_into_a_hardened_one(how: str, refused: int) -> None:
    tried = subprocess.run([sys.executable, "-c", READ_BY_ANOTHER, how])
    assert tried.returncode == refused


def test_where_the_system_offers_nothing_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casefile.security.hardening.sys.platform", "darwin")
    assert hardening._refuse_inspection() == hardening.Protection(
        "not readable by other processes", on=False, note="only Linux offers this"
    )
    monkeypatch.setitem(sys.modules, "resource", None)
    assert not hardening._refuse_core_files().on


def test_refusals_of_the_system_are_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise ValueError("not allowed")

    monkeypatch.setattr(resource, "setrlimit", refused)
    assert hardening._refuse_core_files().note == "not allowed"

    class NoPrctl:
        def __init__(self, *_: object, **__: object) -> None:
            """A C library without prctl."""

    monkeypatch.setattr("ctypes.CDLL", NoPrctl)
    assert "no prctl" in hardening._refuse_inspection().note

    class FailingPrctl(NoPrctl):
        def prctl(self, *_: object) -> int:
            return -1

    monkeypatch.setattr("ctypes.CDLL", FailingPrctl)
    assert not hardening._refuse_inspection().on
