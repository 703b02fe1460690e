"""How the worker says no: a code the other side knows, never a traceback."""

from __future__ import annotations


class Refused(Exception):
    """Sent as the answer to a request; ``code`` must be one that ``pdf/answers.py`` accepts."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
