"""A worker of its own (where processes cannot be forked): one document over standard streams."""

from __future__ import annotations

import os
import sys

from casefile.pdf import protocol, sandbox
from casefile.pdf.worker import serving


def main() -> int:
    """Serve one document. Standard input and output become the two pipes; what MuPDF or Python
    might print goes nowhere."""
    sandbox.harden_process()
    sandbox.warm()
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(answers, os.O_BINARY)
    serving.warm()
    try:
        serving.Worker(requests, answers).serve()
    except (protocol.ProtocolError, protocol.Closed):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
