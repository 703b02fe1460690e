"""The case key, its sub-keys, and wiping."""

from __future__ import annotations

import copy
import pickle

import pytest

from casefile.security.keys import PURPOSES, CaseKey, hkdf, new_key
from casefile.security.wiping import wipe


def test_hkdf_is_rfc_5869() -> None:
    """Appendix A.1 and A.3 (no salt); 32 bytes are the beginning of the 42 given there."""
    first = hkdf(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)))
    assert first.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    third = hkdf(b"\x0b" * 22, b"", b"")
    assert third.hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


def test_the_sub_keys_are_as_ever() -> None:
    key = CaseKey(bytearray(range(32)))
    assert {purpose: key.subkey(purpose).hex() for purpose in PURPOSES} == {
        b"database": "c36b9d38d2f0deacef84d994457736f73099f9aeaa0bf51677624a2395f8d230",
        b"documents": "20d473e42953c31641c69ad42b386a88bcfeb3029db63e89eea76b721043402b",
        b"custody": "6baec78a11aacd2d5f9e878f86b96ae2900ee363a41a31dc2eaa585280091fba",
    }
    with pytest.raises(ValueError, match="no such purpose"):
        key.subkey(b"anything")


def test_a_wiped_key_is_zeros_and_of_no_use() -> None:
    material = bytearray(range(32))
    key = CaseKey(material)
    assert not key.wiped
    key.wipe()
    key.wipe()
    assert key.wiped
    assert material == bytes(32)
    for use in (lambda: key.subkey(b"database"), lambda: key.material):
        with pytest.raises(ValueError, match="wiped"):
            use()
    assert repr(key) == "<CaseKey, wiped>"


def test_a_key_does_not_leak_by_printing_copying_or_pickling() -> None:
    key = CaseKey.generate()
    assert repr(key) == str(key) == "<CaseKey>"
    for leak in (lambda: pickle.dumps(key), lambda: copy.copy(key), lambda: copy.deepcopy(key)):
        with pytest.raises(TypeError):
            leak()


def test_keys_are_32_random_bytes() -> None:
    assert len(new_key()) == 32
    assert new_key() != new_key()
    assert CaseKey.generate().material != CaseKey.generate().material
    with pytest.raises(ValueError, match="32 bytes"):
        CaseKey(bytearray(16))


def test_wiping_overwrites_in_place() -> None:
    first, second = bytearray(b"secret"), bytearray(b"other")
    view = memoryview(first)
    wipe(first, second)
    assert bytes(view) == bytes(6)
    assert second == bytes(5)
