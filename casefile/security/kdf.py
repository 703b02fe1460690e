"""Argon2id (RFC 9106): from a passphrase to the key of a slot.

Costs are stored with each slot. ``calibrate`` finds them for this machine: about half a second, by
memory first (up to 1 GiB and a quarter of what the machine has), then by passes, and never below
64 MiB, 3 passes, 4 lanes, the second recommendation of RFC 9106. Costs read from a file are checked
against bounds before a single byte is allocated, so that a made-up header cannot hang the program.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from casefile.domain.errors import UserError
from casefile.security import passphrase as passphrases
from casefile.security.keys import KEY_BYTES
from casefile.security.wiping import wipe

SALT_BYTES: Final = 16

LEAST_MEMORY_KIB: Final = 64 * 1024
_LEAST_TIME: Final = 3
_LANES: Final = 4
_CALIBRATED_MEMORY_KIB: Final = 1024 * 1024

MOST_MEMORY_KIB: Final = 2 * 1024 * 1024
MOST_TIME: Final = 64
MOST_LANES: Final = 16


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """What Argon2id (version 0x13) is run with; ``memory_kib`` in KiB, ``salt`` 16 bytes."""

    memory_kib: int
    time_cost: int
    parallelism: int
    salt: bytes

    def refuse_out_of_bounds(self) -> None:
        """Raise ``UserError("header.refused")`` for costs over 2 GiB, 64 passes or 16 lanes, or
        below what Argon2 is defined for (8 KiB a lane, 1 pass, 1 lane, our 16 bytes of salt)."""
        sound = (
            1 <= self.parallelism <= MOST_LANES
            and 1 <= self.time_cost <= MOST_TIME
            and 8 * self.parallelism <= self.memory_kib <= MOST_MEMORY_KIB
            and len(self.salt) == SALT_BYTES
        )
        if not sound:
            raise UserError(
                "header.refused",
                memory_mib=self.memory_kib // 1024,
                time_cost=self.time_cost,
                parallelism=self.parallelism,
            )


KdfCost: TypeAlias = Callable[[], KdfParameters]
"""Makes parameters with a fresh salt: ``calibrate`` for the reporter, ``CHEAP`` in tests."""


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def fixed(memory_kib: int, time_cost: int, parallelism: int) -> KdfCost:
    """A cost that is always the same, with a fresh salt each time."""

    def cost() -> KdfParameters:
        return KdfParameters(memory_kib, time_cost, parallelism, new_salt())

    return cost


CHEAP: Final = fixed(64, 1, 1)
"""Under a millisecond and worthless as protection: handed in by tests, used nowhere else."""


def derive(passphrase: str, parameters: KdfParameters) -> bytearray:
    """32 bytes of Argon2id over the normalised passphrase.

    Raises ``UserError``: ``header.refused`` for costs out of bounds (before any work),
    ``kdf.memory`` when the machine cannot give the memory, and those of ``passphrase.to_bytes``.
    """
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    parameters.refuse_out_of_bounds()
    secret = passphrases.to_bytes(passphrase)
    try:
        raw = hash_secret_raw(
            bytes(secret),
            parameters.salt,
            parameters.time_cost,
            parameters.memory_kib,
            parameters.parallelism,
            KEY_BYTES,
            Type.ID,
            version=0x13,
        )
    except (HashingError, MemoryError):
        raise UserError("kdf.memory", memory_mib=parameters.memory_kib // 1024) from None
    finally:
        wipe(secret)
    return bytearray(raw)


def _measure(parameters: KdfParameters) -> float:
    """Seconds that one derivation takes here."""
    start = time.perf_counter()
    wipe(derive("a passphrase to measure with", parameters))
    return time.perf_counter() - start


def _memory_ceiling_kib() -> int:
    """A quarter of the machine's memory, so that unlocking never pushes it into swap; at most
    1 GiB, and never under the least cost."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024
    except (AttributeError, ValueError, OSError):
        whole = 4 * _CALIBRATED_MEMORY_KIB
    return max(LEAST_MEMORY_KIB, min(_CALIBRATED_MEMORY_KIB, whole // 4))


def calibrate(
    target_seconds: float = 0.5, measure: Callable[[KdfParameters], float] = _measure
) -> KdfParameters:
    """Parameters that take about ``target_seconds`` on this machine; itself takes about twice that.

    Memory doubles while that keeps under the target, is then scaled to it, and only when memory is
    at its ceiling do passes grow.
    """
    ceiling = _memory_ceiling_kib()
    memory, passes = LEAST_MEMORY_KIB, _LEAST_TIME
    seconds = max(measure(KdfParameters(memory, passes, _LANES, new_salt())), 0.001)
    while memory * 2 <= ceiling and seconds * 2 <= target_seconds:
        memory *= 2
        seconds = max(measure(KdfParameters(memory, passes, _LANES, new_salt())), 0.001)
    if seconds < target_seconds:
        wanted = min(ceiling, int(memory * target_seconds / seconds))
        seconds *= wanted / memory
        memory = wanted - wanted % 1024
    if memory >= ceiling - 1024 and seconds < target_seconds:
        passes = min(MOST_TIME, max(passes, int(passes * target_seconds / seconds)))
    return KdfParameters(memory, passes, _LANES, new_salt())
