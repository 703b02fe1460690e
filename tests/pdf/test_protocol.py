"""Frames: bounded, whole or refused."""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.pdf import protocol


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    for descriptor in (reading, writing):
        try:
            os.close(descriptor)
        except OSError:
            continue


def test_there_and_back(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    protocol.widen(writing)
    body = os.urandom(3_000_000)
    sender = threading.Thread(target=protocol.send, args=(writing, {"a": "ü"}, memoryview(body)))
    sender.start()
    header, received = protocol.receive(reading)
    sender.join()
    assert header == {"a": "ü"}
    assert received == body


def test_no_body(pipe: tuple[int, int]) -> None:
    protocol.send(pipe[1], {})
    assert protocol.receive(pipe[0]) == ({}, bytearray())


@pytest.mark.parametrize(
    "frame",
    [
        struct.pack(">II", protocol.MAX_HEADER + 1, 0),
        struct.pack(">II", 2, protocol.MAX_BODY + 1),
        struct.pack(">II", 2, 0) + b"[]",
        struct.pack(">II", 2, 0) + b"{x",
        struct.pack(">II", 1, 0) + b"\xff",
        struct.pack(">II", 20_000, 0) + b"[" * 20_000,
    ],
)
def test_out_of_bounds(pipe: tuple[int, int], frame: bytes) -> None:
    os.write(pipe[1], frame)
    with pytest.raises(protocol.ProtocolError):
        protocol.receive(pipe[0])


@pytest.mark.parametrize("cut", [0, 3, 8, 9])
def test_the_end_in_the_middle(pipe: tuple[int, int], cut: int) -> None:
    os.write(pipe[1], protocol.encode({"a": 1}, 5)[:cut])
    os.close(pipe[1])
    with pytest.raises(protocol.Closed):
        protocol.receive(pipe[0])


def test_nobody_reads(pipe: tuple[int, int]) -> None:
    os.close(pipe[0])
    for body in (b"", b"x" * 10):
        with pytest.raises(protocol.Closed):
            protocol.send(pipe[1], {}, body)


def test_too_large_to_send() -> None:
    with pytest.raises(protocol.ProtocolError):
        protocol.encode({"a": "x" * protocol.MAX_HEADER})
    with pytest.raises(protocol.ProtocolError):
        protocol.encode({}, protocol.MAX_BODY + 1)


@pytest.mark.parametrize("body", [b"{}", b"x", b"\xff\xfe", b""])
def test_a_body_that_is_no_list(body: bytes) -> None:
    with pytest.raises(protocol.ProtocolError):
        protocol.decode_json(body)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=64))
def test_noise_is_refused_or_read(noise: bytes) -> None:
    reading, writing = os.pipe()
    try:
        os.write(writing, noise)
        os.close(writing)
        for _ in noise:  # each frame takes at least a byte, so this comes to an end
            protocol.receive(reading)
    except (protocol.ProtocolError, protocol.Closed):
        return
    finally:
        os.close(reading)
