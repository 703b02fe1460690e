"""The sealed document file: round trips, known bytes, and every way to tamper with it."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.domain.errors import UserError
from casefile.security import cipher
from casefile.security.cipher import (
    LONGEST,
    MAGIC,
    SEGMENT_BYTES,
    DamagedFile,
    Opener,
    Sealed,
    open_sealed,
    padded_length,
    seal,
    sealed_length,
)

KEY = bytes(range(32))
DOCUMENT = "0123456789abcdef"
PREFIX = 40
FULL = SEGMENT_BYTES + 16
MULTI = 3 * SEGMENT_BYTES + 12_345
"""Bytes of a document whose file has several segments."""


def content(length: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(length)


def sealed(plain: bytes, key: bytes = KEY, document: str = DOCUMENT) -> bytes:
    out = io.BytesIO()
    seal(io.BytesIO(plain), len(plain), key, document, out)
    return out.getvalue()


def opened(data: bytes, key: bytes = KEY, document: str = DOCUMENT) -> bytes:
    return b"".join(open_sealed(io.BytesIO(data), key, document))


def reason(data: bytes, key: bytes = KEY, document: str = DOCUMENT) -> str:
    """Why ``data`` does not open; what came out before must be the document's own beginning."""
    with pytest.raises(DamagedFile) as error:
        opened(data, key, document)
    assert error.value.code == "document.damaged"
    return error.value.reason


@pytest.fixture(scope="module")
def multi() -> bytes:
    return sealed(content(MULTI))


# Lengths at which something changes: a rung, a segment, the length field.
EDGES = sorted(
    {
        0,
        1,
        65536 - 8,
        65536 - 7,
        65536,
        81920 - 8,
        SEGMENT_BYTES - 8,
        SEGMENT_BYTES - 7,
        SEGMENT_BYTES,
        SEGMENT_BYTES + 1,
        2 * SEGMENT_BYTES - 8,
        2 * SEGMENT_BYTES,
        MULTI,
        5 * SEGMENT_BYTES + 1,
    }
)


@pytest.mark.parametrize("length", EDGES)
def test_what_is_sealed_opens_and_has_the_length_foretold(length: int) -> None:
    data = sealed(content(length))
    assert opened(data) == content(length)
    assert len(data) == sealed_length(length)


@settings(max_examples=30, deadline=None)
@given(length=st.integers(0, 3_000_000), cuts=st.lists(st.integers(1, 700_000), max_size=12))
def test_however_the_bytes_arrive_the_document_comes_out(length: int, cuts: list[int]) -> None:
    plain = content(length)
    data, opener, at, out = sealed(plain), Opener(KEY, DOCUMENT), 0, []
    for size in (*cuts, len(data)):
        out.append(opener.feed(data[at : at + size]))
        at = min(len(data), at + size)
    out.append(opener.finish())
    assert b"".join(out) == plain
    assert opener.true_length == length


def test_one_byte_at_a_time() -> None:
    data, opener = sealed(b"short"), Opener(KEY, DOCUMENT)
    out = b"".join(opener.feed(data[at : at + 1]) for at in range(len(data)))
    assert out == b""  # the only segment is the last one, and only the end says so
    assert opener.finish() == b"short"


def test_pieces_of_any_size_are_taken_from_an_iterable() -> None:
    plain = content(MULTI)
    pieces: Iterator[bytes] = iter(
        (plain[:3], b"", plain[3 : 2 * SEGMENT_BYTES], plain[2 * SEGMENT_BYTES :])
    )
    out = io.BytesIO()
    seal(pieces, len(plain), KEY, DOCUMENT, out)
    assert opened(out.getvalue()) == plain


class Trickle(io.RawIOBase):
    """An unbuffered file that takes at most 1000 bytes at a time."""

    def __init__(self) -> None:
        self.taken = bytearray()

    def write(self, data: object) -> int:  # type: ignore[override]
        piece = bytes(memoryview(data))[:1000]  # type: ignore[arg-type]
        self.taken += piece
        return len(piece)


def test_an_unbuffered_file_gets_every_byte() -> None:
    out = Trickle()
    seal(io.BytesIO(b"document"), 8, KEY, DOCUMENT, out)  # type: ignore[arg-type]
    assert opened(bytes(out.taken)) == b"document"


@pytest.mark.parametrize("told", [99, 101, 0])
def test_a_file_that_changes_while_it_is_read_is_refused(told: int) -> None:
    with pytest.raises(UserError) as error:
        seal(io.BytesIO(bytes(100)), told, KEY, DOCUMENT, io.BytesIO())
    assert error.value.code == "document.changed_while_read"


# The format, pinned: written by hand from the docstring, with none of the module's own code.


def _by_hand(plain: bytes, salt: bytes, padded: int) -> bytes:
    info = b"casefile/1/sealed-document"
    derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(KEY)
    inner = (len(plain).to_bytes(8, "big") + plain).ljust(padded, b"\0")
    out = bytes.fromhex("43465345414c0001") + salt
    starts = range(0, padded, 1_048_576)
    for number, start in enumerate(starts):
        last = number == len(starts) - 1
        nonce = number.to_bytes(11, "big") + bytes([last])
        bound = bytes.fromhex("43465345414c0001") + DOCUMENT.encode()
        out += AESGCM(derived).encrypt(nonce, inner[start : start + 1_048_576], bound)
    return out


@pytest.mark.parametrize(("length", "padded"), [(0, 65536), (65529, 81920), (2_000_000, 2_328_306)])
def test_a_file_written_from_the_description_opens(length: int, padded: int) -> None:
    assert opened(_by_hand(content(length), bytes(32), padded)) == content(length)


def test_the_same_bytes_are_written_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casefile.security.cipher.secrets.token_bytes", bytes)
    data = sealed(content(2_000_000))
    assert data == _by_hand(content(2_000_000), bytes(32), 2_328_306)
    digest = hashlib.sha256(sealed(b"The pages were released on 3 March.")).hexdigest()
    assert digest == "8fe8249920a2301d98d2751066dd8acea5481ef1d492719917271c7b36765729"


def test_the_ladder_is_the_one_described() -> None:
    assert [padded_length(n) for n in (0, 65528, 65529, 81913, 1_000_000)] == [
        65536,
        65536,
        81920,
        102400,
        1192092,
    ]
    rungs = [65536 * 5**step // 4**step for step in range(87)]
    assert rungs[-1] < LONGEST < 2 * rungs[-1]
    for rung in rungs:
        assert padded_length(rung - 8) == rung
        assert rung % SEGMENT_BYTES, (
            "a full last segment could not be told from one before the last"
        )
    for impossible in (-1, LONGEST + 1):
        with pytest.raises(ValueError, match="no document"):
            padded_length(impossible)


def test_lengths_of_one_class_make_files_of_one_size() -> None:
    assert len({sealed_length(length) for length in range(65529, 81913)}) == 1


def test_no_two_files_of_one_document_are_alike() -> None:
    first, second = sealed(b"x"), sealed(b"x")
    assert first[:8] == second[:8] == MAGIC
    assert first[8:40] != second[8:40]
    assert first[40:] != second[40:]
    assert b"x" * 8 not in sealed(b"x" * 1000)


# Tampering.


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0), bit=st.integers(0, 7), length=st.sampled_from([0, 100, 70_000]))
def test_any_flipped_bit_is_found(at: int, bit: int, length: int) -> None:
    data = bytearray(sealed(content(length)))
    data[at % len(data)] ^= 1 << bit
    assert reason(bytes(data)) in ("altered", "not_sealed", "newer_version")


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0), bit=st.integers(0, 7))
def test_any_flipped_bit_in_a_large_file_is_found(multi: bytes, at: int, bit: int) -> None:
    data = bytearray(multi)
    data[at % len(data)] ^= 1 << bit
    assert reason(bytes(data)) in ("altered", "not_sealed", "newer_version")


@pytest.mark.parametrize("at", range(PREFIX))
def test_every_byte_before_the_segments_counts(at: int) -> None:
    data = bytearray(sealed(b"document"))
    data[at] ^= 0xFF
    expected = "not_sealed" if at < 7 else "newer_version" if at == 7 else "altered"
    assert reason(bytes(data)) == expected


def test_format_version_0_is_not_ours() -> None:
    data = bytearray(sealed(b"document"))
    data[7] = 0
    assert reason(bytes(data)) == "not_sealed"


@settings(max_examples=60, deadline=None)
@given(left=st.integers(0))
def test_a_file_cut_anywhere_is_found(multi: bytes, left: int) -> None:
    assert reason(multi[: left % len(multi)]) in ("cut", "altered")


@pytest.mark.parametrize(
    "left",
    [0, 1, 7, 8, 39, 40, 41, 56, *(PREFIX + n * FULL + d for n in (1, 2, 3) for d in (-1, 0, 1))],
)
def test_a_cut_is_called_a_cut(multi: bytes, left: int) -> None:
    assert reason(multi[:left]) == "cut"
    if left < 65000:
        assert reason(sealed(b"document")[:left]) == "cut"


def test_a_small_file_cut_by_one_byte() -> None:
    assert reason(sealed(b"document")[:-1]) == "cut"
    assert reason(sealed(content(70_000))[: PREFIX + 65536 + 16]) == "altered"  # length of a rung


@pytest.mark.parametrize("more", [1, 16, 65536, FULL])
def test_bytes_after_the_end_are_found(multi: bytes, more: int) -> None:
    assert reason(multi + bytes(more)) == "lengthened"


@pytest.mark.parametrize("more", [1, 16, 1000])
def test_bytes_after_the_end_of_a_small_file_are_found(more: int) -> None:
    assert reason(sealed(b"document") + bytes(more)) == "lengthened"


def test_a_small_file_lengthened_past_a_segment() -> None:
    assert reason(sealed(b"document") + bytes(2 * FULL)) == "altered"


def segments_of(data: bytes) -> list[bytes]:
    return [data[at : at + FULL] for at in range(PREFIX, len(data), FULL)]


def test_segments_in_another_order_are_found(multi: bytes) -> None:
    one, two, three, *rest = segments_of(multi)
    for order in ((two, one, three), (one, three, two), (one, one, three), (one, two, two)):
        assert reason(multi[:PREFIX] + b"".join((*order, *rest))) == "altered"


def test_a_missing_or_repeated_segment_is_found(multi: bytes) -> None:
    one, two, three, *rest = segments_of(multi)
    assert reason(multi[:PREFIX] + b"".join((one, three, *rest))) == "altered"
    assert reason(multi[:PREFIX] + b"".join((one, two, two, three, *rest))) == "altered"


def test_a_last_segment_moved_forward_does_not_end_the_file(multi: bytes) -> None:
    *_, last = segments_of(multi)
    assert reason(multi[:PREFIX] + last) in ("cut", "altered")
    first = segments_of(multi)[0]
    assert reason(multi[:PREFIX] + first + last) in ("cut", "altered")


def test_segments_of_two_files_of_one_document_do_not_mix(multi: bytes) -> None:
    other = sealed(content(MULTI, seed=1))
    mixed = multi[: PREFIX + FULL] + other[PREFIX + FULL :]
    assert reason(mixed) == "altered"


def test_another_key_or_another_document_does_not_open() -> None:
    data = sealed(b"document")
    assert reason(data, key=bytes(32)) == "altered"
    assert reason(data, document="fedcba9876543210") == "altered"


def _forged(inner: bytes, segments: int = 1) -> bytes:
    """A file sealed with the right key around ``inner`` by a writer that breaks the format."""
    salt = bytes(32)
    closing = cipher._Segments(KEY, DOCUMENT, salt)
    out = MAGIC + salt
    for number in range(segments):
        piece = inner[number * SEGMENT_BYTES : (number + 1) * SEGMENT_BYTES]
        out += closing.close(number, memoryview(piece), last=number == segments - 1)
    return out


def test_a_length_that_does_not_fit_the_file_is_refused() -> None:
    for length in (65529, 1 << 40, LONGEST + 1, (1 << 64) - 1):
        assert reason(_forged(length.to_bytes(8, "big") + bytes(65528))) == "altered"
    inner = (10).to_bytes(8, "big") + bytes(2 * SEGMENT_BYTES)
    assert reason(_forged(inner, segments=2)) == "altered"


def test_a_wrong_key_length_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sealed(b"x", key=b"short")


def test_pieces_given_out_before_the_damage_are_authentic(multi: bytes) -> None:
    data = bytearray(multi)
    data[PREFIX + 2 * FULL + 5] ^= 1
    got = bytearray()
    pieces = open_sealed(io.BytesIO(data), KEY, DOCUMENT)
    got += next(pieces) + next(pieces)
    with pytest.raises(DamagedFile):
        next(pieces)
    assert bytes(got) == content(MULTI)[: 2 * SEGMENT_BYTES - 8]


def test_a_key_does_not_show_when_printed() -> None:
    assert "key" not in repr(Sealed(Path("x"), KEY, DOCUMENT))
