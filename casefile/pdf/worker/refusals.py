"""How the worker says no: a code the other side knows, never a traceback."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator


class Refused(Exception):
    """Sent as the answer to a request; ``code`` must be one that ``pdf/answers.py`` accepts."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def out_of_memory(error: Exception) -> bool:
    """MuPDF says so in words, Python with an exception of its own."""
    words = str(error).lower()
    return isinstance(error, MemoryError) or "malloc" in words or "cannot allocate" in words


def unforeseen(error: Exception) -> Refused:
    """What is said for an exception that MuPDF or Python raised over a broken file."""
    return Refused("page.undrawable", reason="memory" if out_of_memory(error) else "damaged")


@contextlib.contextmanager
def refusing(code: str, **values: object) -> Iterator[None]:
    """Whatever goes wrong inside is that refusal; a want of memory stays what it is."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        if out_of_memory(error):
            raise unforeseen(error) from error
        raise Refused(code, **values) from error
