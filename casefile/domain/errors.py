"""The failures that are told to the reporter.

A ``UserError`` carries a code and values; its words live in ``resources/messages``, so that the
window and the command line say the same thing. Any other exception is a bug.
"""

from __future__ import annotations


class UserError(Exception):
    """Something the reporter can understand and act on.

    ``code`` names an entry of the message catalogue; ``values`` fill its placeholders. Values must
    never hold a confidential source's real name or a passphrase.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Cancelled(Exception):
    """The reporter stopped a long job; what was finished stays."""
