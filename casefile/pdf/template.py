"""The template process (Linux): imports MuPDF once, then forks a worker for each document.

It reads lines from standard input, each the path of a folder that holds two FIFOs, ``requests``
and ``answers``, and maybe an ``easel``, and forks a child for each. It never sees a key or a
document, has one thread, and ends when standard input closes; its children end with it. Started
as ``python -I -m casefile.pdf.template`` with an empty environment.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

from casefile.pdf import protocol, sandbox
from casefile.pdf.easel import Easel
from casefile.pdf.worker import serving


def main() -> int:
    """Serve until standard input closes."""
    sandbox.harden_process()
    sandbox.warm()
    serving.warm()
    # What is there now stays: a child that looked for garbage in it would copy it page by page.
    gc.collect()
    gc.freeze()
    if hasattr(signal, "SIGCHLD"):
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    for line in iter(sys.stdin.readline, ""):
        folder = line.rstrip("\n")
        if os.fork() == 0:
            status = 1
            try:
                _child(folder)
                status = 0
            finally:
                # Neither this module's caller nor any exit handler may run in the child.
                os._exit(status)
    return 0


def _child(folder: str) -> None:
    sandbox.die_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    requests = os.open(os.path.join(folder, "requests"), os.O_RDONLY)  # noqa: PTH118 - no new imports here
    answers = os.open(os.path.join(folder, "answers"), os.O_WRONLY)  # noqa: PTH118
    easel = Easel.join(os.path.join(folder, "easel"))  # noqa: PTH118
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    kept = sorted((requests, answers))
    os.closerange(3, kept[0])
    os.closerange(kept[0] + 1, kept[1])
    os.closerange(kept[1] + 1, os.sysconf("SC_OPEN_MAX"))
    protocol.widen(requests)
    protocol.widen(answers)
    try:
        serving.Worker(requests, answers, easel).serve()
    except (protocol.ProtocolError, protocol.Closed):
        return


if __name__ == "__main__":
    sys.exit(main())
