"""A slot of ``case.casefile`` as a value, and to and from JSON with every member checked.

``header.py`` describes the members.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, cast

from casefile.security.kdf import KdfParameters
from casefile.security.keys import KEY_BYTES

SlotKind: TypeAlias = Literal["passphrase", "recovery", "keyring"]

NONCE_BYTES: Final = 12
CIPHERTEXT_BYTES: Final = KEY_BYTES + 16
SALT_BYTES: Final = 16
_ARGON2_VERSION: Final = 19  # 0x13
_KINDS: Final = ("passphrase", "recovery", "keyring")
_ID: Final = re.compile(r"[0-9a-f]{16}")
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*")


@dataclass(frozen=True, slots=True)
class Slot:
    """The case key, wrapped under one secret. ``kdf``: Argon2id's parameters for a passphrase, the
    bare salt of HKDF for a recovery code or the keyring's secret, which are random already."""

    id: str
    kind: SlotKind
    kdf: KdfParameters | bytes
    nonce: bytes
    ciphertext: bytes


def kdf_to_json(kdf: KdfParameters | bytes) -> dict[str, Any]:
    if isinstance(kdf, bytes):
        return {"algorithm": "hkdf-sha256", "salt": kdf.hex()}
    return {
        "algorithm": "argon2id",
        "memory_kib": kdf.memory_kib,
        "parallelism": kdf.parallelism,
        "salt": kdf.salt.hex(),
        "time_cost": kdf.time_cost,
        "version": _ARGON2_VERSION,
    }


def slot_to_json(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "kind": slot.kind,
        "kdf": kdf_to_json(slot.kdf),
        "nonce": slot.nonce.hex(),
        "ciphertext": slot.ciphertext.hex(),
    }


def slot_from_json(value: object) -> Slot:
    """Raises ``ValueError`` for anything but a slot of format 1, ``UserError("header.refused")``
    for a slot whose costs are out of bounds."""
    members = _object(value, {"id", "kind", "kdf", "nonce", "ciphertext"})
    kind, slot_id = members["kind"], members["id"]
    if not isinstance(kind, str) or kind not in _KINDS:
        raise ValueError("no such kind of slot")
    if not isinstance(slot_id, str) or not _ID.fullmatch(slot_id):
        raise ValueError("not a slot id")
    return Slot(
        slot_id,
        cast("SlotKind", kind),
        _argon2(members["kdf"]) if kind == "passphrase" else _hkdf(members["kdf"]),
        _bytes(members["nonce"], NONCE_BYTES),
        _bytes(members["ciphertext"], CIPHERTEXT_BYTES),
    )


def _argon2(value: object) -> KdfParameters:
    names = {"algorithm", "memory_kib", "parallelism", "salt", "time_cost", "version"}
    members = _object(value, names)
    if members["algorithm"] != "argon2id" or members["version"] != _ARGON2_VERSION:
        raise ValueError("not Argon2id, version 19")
    numbers = [members[name] for name in ("memory_kib", "time_cost", "parallelism")]
    if any(type(number) is not int for number in numbers):
        raise ValueError("costs are whole numbers")
    memory_kib, time_cost, parallelism = numbers
    salt = _bytes(members["salt"], SALT_BYTES)
    parameters = KdfParameters(memory_kib, time_cost, parallelism, salt)
    parameters.refuse_out_of_bounds()
    return parameters


def _hkdf(value: object) -> bytes:
    members = _object(value, {"algorithm", "salt"})
    if members["algorithm"] != "hkdf-sha256":
        raise ValueError("not HKDF-SHA256")
    return _bytes(members["salt"], SALT_BYTES)


def _object(value: object, names: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != names:
        raise ValueError("other members than format 1 has")
    return value


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * length or not _HEX.fullmatch(value):
        raise ValueError("not the bytes that belong here")
    return bytes.fromhex(value)
