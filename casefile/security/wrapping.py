"""A document's own key, wrapped under the case's ``documents`` sub-key, as the store keeps it.

60 bytes: nonce (12, random), ciphertext (32), tag (16), by AES-256-GCM. Associated data: the
canonical JSON (RFC 8785) of ``{"document": id, "format_version": 1, "role": role}``, so that a
wrapped key moved to another row does not open there. Random nonces under one key are safe for far
more wrappings (2^32, NIST SP 800-38D 8.3) than a case has documents.
"""

from __future__ import annotations

import secrets
from typing import Final

from casefile.security.cipher import DamagedFile
from casefile.security.keys import KEY_BYTES, KeyBytes

NONCE_BYTES: Final = 12
WRAPPED_BYTES: Final = NONCE_BYTES + KEY_BYTES + 16


def _bound_to(document_id: str, role: str) -> bytes:
    import rfc8785

    return rfc8785.dumps({"document": document_id, "format_version": 1, "role": role})


def wrap_key(wrapping_key: KeyBytes, document_key: KeyBytes, document_id: str, role: str) -> bytes:
    """``document_key`` (32 bytes) sealed for one document and role (original, rendition)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(document_key) != KEY_BYTES:
        raise ValueError("a document key has 32 bytes")
    nonce = secrets.token_bytes(NONCE_BYTES)
    bound = _bound_to(document_id, role)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, document_key, bound)


def unwrap_key(wrapping_key: KeyBytes, wrapped: bytes, document_id: str, role: str) -> bytearray:
    """The document's key, in a buffer that the caller wipes.

    Raises ``DamagedFile("altered")`` when it was wrapped for another document, role or case, or is
    not as it was written.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(wrapped) != WRAPPED_BYTES:
        raise DamagedFile("altered")
    key = bytearray(KEY_BYTES)
    bound = _bound_to(document_id, role)
    try:
        AESGCM(wrapping_key).decrypt_into(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound, key)
    except InvalidTag:
        raise DamagedFile("altered") from None
    return key
