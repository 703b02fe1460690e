"""Overwrites secrets in memory, as far as Python allows.

A ``bytearray`` is one block that stays where it is while its length does not change, so writing
zeros over it removes that copy. ``bytes`` and ``str`` (a typed passphrase, what Argon2 returns)
cannot be overwritten: they are kept as short as possible and freed, not wiped.
"""

from __future__ import annotations


def wipe(*secrets: bytearray) -> None:
    """Fill every given buffer with zeros in place."""
    for secret in secrets:
        secret[:] = bytes(len(secret))
