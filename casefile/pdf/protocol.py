"""How the window's process and a worker talk: bounded frames over two pipes.

A frame is two unsigned 32-bit numbers, big-endian (length of the header, length of the body), a
header in JSON (UTF-8, an object) and a body of raw bytes. Both lengths are checked before anything
is read, and nothing is ever unpickled. A request's header holds ``id`` and ``do``; every answer
repeats the ``id``, and the last one of a request says ``"end": true`` and nothing else, unless the
part before it said ``"last": true``. A refusal is
``{"id", "end": true, "error": code, "values": {...}}``.

The request ``open`` is followed, outside any frame, by as many bytes of the document as its
``length`` says: ciphertext, for which the body is the key, or plaintext with an empty body.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Mapping
from typing import Any

Header = dict[str, Any]

#: Largest header; it holds facts and outlines, never page text or quads.
MAX_HEADER = 4 * 1024 * 1024
#: Largest body: a picture of 40 million pixels.
MAX_BODY = 128 * 1024 * 1024
#: A picture never has more pixels than this.
MAX_PIXELS = 40_000_000
#: Bytes asked for at once of a rendition, an attachment, an annotated copy.
CHUNK = 1024 * 1024
#: What Linux lets an ordinary user make of a pipe: fewer turns for pictures and documents.
PIPE_SIZE = 1024 * 1024

_LENGTHS = struct.Struct(">II")


class ProtocolError(Exception):
    """The other side does not keep to the protocol."""


class Closed(Exception):
    """The other side is gone."""


def encode(header: Mapping[str, Any], body_length: int = 0) -> bytes:
    """The lengths and the header, to be followed by the body. Raises ``ProtocolError``."""
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(text) > MAX_HEADER or body_length > MAX_BODY:
        raise ProtocolError("the frame is too large")
    return _LENGTHS.pack(len(text), body_length) + text


def send(fd: int, header: Mapping[str, Any], body: bytes | bytearray | memoryview = b"") -> None:
    """Write one frame. Raises ``Closed`` when nobody reads any more."""
    head = encode(header, len(body))
    if not body or not hasattr(os, "writev"):
        write_all(fd, head)
        write_all(fd, body)
        return
    # In one call: between two, a thread would have to wait until another one stops computing.
    try:
        done = os.writev(fd, [head, body])
    except OSError as error:
        raise Closed from error
    if done < len(head):
        write_all(fd, head[done:])
    write_all(fd, memoryview(body)[max(0, done - len(head)) :])


def write_all(fd: int, data: bytes | bytearray | memoryview) -> None:
    """Write everything, however often the pipe is full. Raises ``Closed``."""
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(fd, view) :]
    except OSError as error:
        raise Closed from error


def receive(fd: int) -> tuple[Header, bytearray]:
    """Read one frame. Raises ``Closed`` at its end, ``ProtocolError`` on anything out of bounds."""
    header_length, body_length = _LENGTHS.unpack(read_exactly(fd, _LENGTHS.size))
    if header_length > MAX_HEADER or body_length > MAX_BODY:
        raise ProtocolError("the frame is too large")
    try:
        header = json.loads(read_exactly(fd, header_length))
    except (ValueError, RecursionError) as error:
        raise ProtocolError("the header is not JSON") from error
    if not isinstance(header, dict):
        raise ProtocolError("the header is not an object")
    return header, read_exactly(fd, body_length)


def read_exactly(fd: int, length: int) -> bytearray:
    """Read ``length`` bytes. Raises ``Closed`` when the pipe ends before."""
    data = bytearray(length)
    view = memoryview(data)
    done = 0
    while done < length:
        try:
            count = read_into(fd, view[done:])
        except OSError as error:
            raise Closed from error
        if count == 0:
            raise Closed
        done += count
    return data


def read_into(fd: int, view: memoryview) -> int:
    """Read at most ``len(view)`` bytes into ``view``; 0 at the end."""
    if hasattr(os, "readv"):
        return os.readv(fd, [view])
    piece = os.read(fd, len(view))
    view[: len(piece)] = piece
    return len(piece)


def decode_json(body: bytes | bytearray) -> list[Any]:
    """A body that is a JSON list. Raises ``ProtocolError``."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("the body is not JSON") from error
    if not isinstance(found, list):
        raise ProtocolError("the body is not a list")
    return found


def widen(fd: int) -> None:
    """Ask for a large pipe, where the system can do that."""
    try:
        import fcntl

        fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, PIPE_SIZE)
    except (ImportError, AttributeError, OSError):
        return  # a smaller pipe is slower, nothing else
