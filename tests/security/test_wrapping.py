"""A document's key under the case's sub-key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.security.cipher import DamagedFile
from casefile.security.wrapping import WRAPPED_BYTES, unwrap_key, wrap_key

OUTER, INNER = bytes(32), bytes(range(32))
KNOWN = bytes.fromhex(
    "8fbe4fa2dc552f33fc79cffd8f633778abf3d706e95b5c123ef2dc397749b0dc82d388a57fe02e808ca9b801"
    "ff2fcc4e6b8ee1b25c8a7a026fc820bd"
)


def test_a_key_wrapped_long_ago_still_opens() -> None:
    assert unwrap_key(OUTER, KNOWN, "0123456789abcdef", "original") == INNER


def test_a_wrapped_key_opens_only_where_it_belongs() -> None:
    wrapped = wrap_key(OUTER, INNER, "a" * 16, "original")
    assert len(wrapped) == WRAPPED_BYTES
    assert unwrap_key(OUTER, wrapped, "a" * 16, "original") == INNER
    for outer, document, role in (
        (INNER, "a" * 16, "original"),
        (OUTER, "b" * 16, "original"),
        (OUTER, "a" * 16, "rendition"),
    ):
        with pytest.raises(DamagedFile):
            unwrap_key(outer, wrapped, document, role)


@given(at=st.integers(0, WRAPPED_BYTES - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_found(at: int, bit: int) -> None:
    wrapped = bytearray(KNOWN)
    wrapped[at] ^= 1 << bit
    with pytest.raises(DamagedFile):
        unwrap_key(OUTER, bytes(wrapped), "0123456789abcdef", "original")


@pytest.mark.parametrize("wrapped", [b"", KNOWN[:-1], KNOWN + b"\0"])
def test_another_length_is_damage(wrapped: bytes) -> None:
    with pytest.raises(DamagedFile):
        unwrap_key(OUTER, wrapped, "0123456789abcdef", "original")


def test_every_wrapping_is_fresh_and_keys_have_32_bytes() -> None:
    assert wrap_key(OUTER, INNER, "a", "original") != wrap_key(OUTER, INNER, "a", "original")
    with pytest.raises(ValueError, match="32 bytes"):
        wrap_key(OUTER, b"short", "a", "original")
