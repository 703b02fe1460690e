"""Spoils good files in the ways in which files get spoiled, the same way every time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

#: Larger files are not spoiled: the small ones hold every kind of structure.
LARGEST = 60_000


def _cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(1, len(data))]


def _flip(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.choice((1, 8, 64))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _drop(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 16, len(data) // 3))]
    return data


def _repeat(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    part = data[start : start + 4096]
    return data[:start] + part * chance.choice((2, 30)) + data[start:]


def _blank(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    size = min(len(data) - start, chance.choice((4, 512, 8192)))
    data[start : start + size] = bytes(size)
    return data


def _noise(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    data[start:start] = chance.randbytes(chance.choice((3, 300)))
    return data


def _numbers(data: bytearray, chance: random.Random) -> bytearray:
    """Counts, offsets and sizes that no file can have."""
    wild = (b"-1", b"0", b"4294967296", b"99999999999999999999", b"2147483647", b"1e308")

    def other(found: re.Match[bytes]) -> bytes:
        return chance.choice(wild) if chance.random() < 0.1 else found[0]

    return bytearray(re.sub(rb"\d{2,10}", other, bytes(data)))


def _loops(data: bytearray, chance: random.Random) -> bytearray:
    """References that lead back to where they come from."""

    def other(found: re.Match[bytes]) -> bytes:
        return b"1 0 R" if chance.random() < 0.3 else found[0]

    return bytearray(re.sub(rb"\d+ 0 R", other, bytes(data)))


WAYS: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (
    _cut, _flip, _drop, _repeat, _blank, _noise, _numbers, _loops,
)  # fmt: skip


def spoil(good: list[Path], folder: Path, count: int) -> list[Path]:
    """``count`` spoiled copies of ``good`` files in ``folder``, under the names of their kind."""
    folder.mkdir()
    small = [path for path in good if 0 < path.stat().st_size <= LARGEST]
    made = []
    for number in range(count):
        chance = random.Random(number)
        source = small[number % len(small)]
        data = bytearray(source.read_bytes())
        for way in chance.sample(WAYS, chance.choice((1, 1, 2))):
            data = way(data, chance) or bytearray(b"%PDF-1.7\n")
        made.append(folder / f"{number:02} {source.stem[:20]}{source.suffix}")
        made[-1].write_bytes(data)
    return made
