"""Only one process writes a case at a time: an exclusive lock of the operating system.

The lock dies with the process that holds it, so the file ``case.lock`` itself means nothing: one
left over from a killed process is in nobody's way.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from casefile.domain.errors import UserError
from casefile.store.database import write_failure

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        # flock, not lockf: a POSIX record lock is lost as soon as any other descriptor of the file
        # is closed in this process.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Holds the writer's lock from construction until ``release``.

    Raises ``UserError("case.open_elsewhere")`` if another process (or another opening in this one)
    holds it, ``case.read_only`` and so on if the lock file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        try:
            self._descriptor: int | None = os.open(path, flags, 0o600)
        except OSError as error:
            raise write_failure(error) from error
        try:
            _take(self._descriptor)
        except OSError:
            self.release()
            raise UserError("case.open_elsewhere") from None

    def release(self) -> None:
        """Give the lock back; harmless when done twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
