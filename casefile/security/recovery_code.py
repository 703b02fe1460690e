"""The recovery code: what is printed and put away, to open the case without the passphrase.

30 characters of Crockford's base32 alphabet (digits and capitals without I, L, O, U), shown in 6
groups of 5 with hyphens: 26 random ones (130 bits) and 4 of checksum. The checksum is the first 20
bits of SHA-256 over ``casefile/1/recovery-code:`` and the 26 characters in ASCII: a mistyped code
is told from a wrong one before any key is tried (one slip in a million passes). Reading forgives
lower case, blanks, hyphens of any kind, O for 0, and I or L for 1.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from typing import Final

from casefile.domain.errors import UserError

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM: Final = 26
_CHECK: Final = 4
_GROUP: Final = 5
_LONGEST_INPUT: Final = 1000
_FORGIVEN: Final = str.maketrans("OIL", "011")


def _checksum(symbols: str) -> str:
    digest = hashlib.sha256(b"casefile/1/recovery-code:" + symbols.encode("ascii")).digest()
    bits = int.from_bytes(digest[:3], "big") >> 4
    return "".join(_ALPHABET[bits >> shift & 31] for shift in (15, 10, 5, 0))


def new_code() -> str:
    """A fresh code as it is shown: ``XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX``."""
    symbols = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))
    return shown(symbols + _checksum(symbols))


def shown(canonical: str) -> str:
    """The 30 characters in their groups."""
    return "-".join(canonical[i : i + _GROUP] for i in range(0, len(canonical), _GROUP))


def canonical(code: str) -> str:
    """The 30 characters of a typed code, in the one spelling that goes into the key.

    Raises ``UserError("recovery.malformed")`` when it has another length, other characters, or a
    checksum that does not fit.
    """
    if len(code) > _LONGEST_INPUT:
        raise UserError("recovery.malformed")
    # Z is every blank, C a line end or a byte-order mark, Pd every hyphen, Sm the minus sign.
    kept = "".join(c for c in code if unicodedata.category(c) not in ("Pd", "Sm", "Pc"))
    kept = "".join(c for c in kept if unicodedata.category(c)[0] not in "ZC")
    typed = kept.upper().translate(_FORGIVEN)
    well_formed = len(typed) == _RANDOM + _CHECK and all(c in _ALPHABET for c in typed)
    if not well_formed or _checksum(typed[:_RANDOM]) != typed[_RANDOM:]:
        raise UserError("recovery.malformed")
    return typed
