"""The case key and the keys drawn from it.

The case key is 32 random bytes, made once and never used to encrypt anything itself. Each purpose
gets its own key by HKDF-SHA256 (RFC 5869): input key = case key, salt = empty (the case key is
uniformly random), info = ``casefile/1/`` + purpose in ASCII, length = 32 bytes.
"""

from __future__ import annotations

import secrets
from typing import Final, TypeAlias

from casefile.security.wiping import wipe

KEY_BYTES: Final = 32
"""Every symmetric key of a case: 256 bits."""

PURPOSES: Final = (b"database", b"documents", b"custody")
"""``database``: the raw key of SQLCipher; ``documents``: wraps each document's own key;
``custody``: the HMAC key of the custody log."""

KeyBytes: TypeAlias = bytes | bytearray


def hkdf(secret: KeyBytes, salt: bytes, info: bytes) -> bytearray:
    """HKDF-SHA256 to 32 bytes, written into a buffer that the caller can wipe."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = bytearray(KEY_BYTES)
    HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive_into(secret, derived)
    return derived


def new_key() -> bytearray:
    """32 bytes from the operating system's generator: a document's own key."""
    return bytearray(secrets.token_bytes(KEY_BYTES))


class CaseKey:
    """Holds the case key while the case is open; ``wipe()`` overwrites it.

    It shows nothing of itself when printed and cannot be copied or pickled. After ``wipe()`` every
    use raises ``ValueError``: a key of zeros must never encrypt anything.
    """

    __slots__ = ("_material", "_wiped")

    def __init__(self, material: bytearray) -> None:
        """Takes ``material`` (32 bytes) over without copying it."""
        if len(material) != KEY_BYTES:
            raise ValueError("a case key has 32 bytes")
        self._material = material
        self._wiped = False

    @classmethod
    def generate(cls) -> CaseKey:
        return cls(new_key())

    @property
    def material(self) -> bytearray:
        """The key itself, not a copy: only for wrapping it into a slot."""
        if self._wiped:
            raise ValueError("this case key has been wiped")
        return self._material

    @property
    def wiped(self) -> bool:
        return self._wiped

    def subkey(self, purpose: bytes) -> bytearray:
        """The 32-byte key for one of ``PURPOSES``, in a buffer that the caller wipes."""
        if purpose not in PURPOSES:
            raise ValueError(f"no such purpose: {purpose!r}")
        return hkdf(self.material, b"", b"casefile/1/" + purpose)

    def wipe(self) -> None:
        """Overwrite the key; harmless when done twice."""
        self._wiped = True
        wipe(self._material)

    def __repr__(self) -> str:
        return "<CaseKey, wiped>" if self._wiped else "<CaseKey>"

    def __reduce__(self) -> str:
        raise TypeError("a case key is never pickled or copied")
