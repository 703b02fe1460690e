"""Slots: the case key, wrapped once for each way to open the case.

A slot's ciphertext is the case key under AES-256-GCM with a random 12-byte nonce. Its key comes

- for ``passphrase`` from Argon2id over the passphrase (NFC, UTF-8) with the slot's costs and salt;
- for ``recovery`` from HKDF-SHA256 (input key = the code's 30 characters in ASCII, capitals without
  hyphens; salt = the slot's; info = ``casefile/1/slot/recovery``);
- for ``keyring`` likewise (input key = the 32 bytes kept in the keyring as 64 hex digits; info =
  ``casefile/1/slot/keyring``).

The associated data is the canonical JSON (RFC 8785) of ``{"case_id", "format_version", "slot"}``,
where ``slot`` is the slot's object in the file without ``nonce`` and ``ciphertext``: nobody can
move a slot to another case, turn its kind, or change its costs or salt.

A header is a value: each function returns a new one, which the caller writes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from casefile.domain.errors import UserError
from casefile.security import kdf as argon2
from casefile.security import recovery_code
from casefile.security.header import CaseHeader, canonical_json
from casefile.security.header_slots import NONCE_BYTES, SALT_BYTES, Slot, SlotKind, slot_to_json
from casefile.security.kdf import KdfCost, KdfParameters
from casefile.security.keys import KEY_BYTES, CaseKey, hkdf
from casefile.security.wiping import wipe


def new_header(
    case_id: str, passphrase: str, cost: KdfCost = argon2.calibrate
) -> tuple[CaseHeader, CaseKey]:
    """A header with one passphrase slot around a new random case key. ``case_id``: 16 to 64 digits
    of 0-9 a-f."""
    key = CaseKey.generate()
    header = CaseHeader(case_id, ())
    return with_passphrase_changed(header, key, passphrase, cost), key


def with_passphrase_changed(
    header: CaseHeader, key: CaseKey, new: str, cost: KdfCost = argon2.calibrate
) -> CaseHeader:
    """The header opened by ``new`` and no longer by any former passphrase. The case key stays: an
    older copy of the header still opens with the older passphrase, to whoever holds both.

    Raises ``UserError`` for a passphrase that is empty, too long or not text.
    """
    parameters = cost()
    wrapping = argon2.derive(new, parameters)
    return _with_slot(header, key, "passphrase", parameters, wrapping)[0]


def with_recovery_code(header: CaseHeader, key: CaseKey) -> tuple[CaseHeader, str]:
    """A new recovery code, shown once; a former one no longer opens the case."""
    code, salt = recovery_code.new_code(), secrets.token_bytes(SALT_BYTES)
    return _with_slot(header, key, "recovery", salt, _from_code(code, salt))[0], code


def with_keyring_slot(header: CaseHeader, key: CaseKey) -> tuple[CaseHeader, str, str]:
    """``(header, slot id, secret)``: the secret, 64 hex digits, goes into the keyring under the
    slot's id before the header is written. A former keyring slot is replaced."""
    random, salt = secrets.token_hex(KEY_BYTES), secrets.token_bytes(SALT_BYTES)
    header, slot = _with_slot(header, key, "keyring", salt, _from_keyring(random, salt))
    return header, slot.id, random


def without_slot(header: CaseHeader, slot_id: str) -> CaseHeader:
    """The header without this slot. The last passphrase slot cannot go: ``ValueError``."""
    left = tuple(slot for slot in header.slots if slot.id != slot_id)
    if not any(slot.kind == "passphrase" for slot in left):
        raise ValueError("a case keeps its passphrase")
    return replace(header, slots=left)


def unlock_with_passphrase(header: CaseHeader, passphrase: str) -> CaseKey:
    """Costs the full Argon2id, whether right or wrong.

    Raises ``UserError``: ``passphrase.wrong``, ``kdf.memory``.
    """

    def secret_for(slot: Slot) -> bytearray:
        return argon2.derive(passphrase, cast("KdfParameters", slot.kdf))

    return _unlock(header, "passphrase", secret_for, "passphrase.wrong", none="passphrase.wrong")


def unlock_with_recovery(header: CaseHeader, code: str) -> CaseKey:
    """Raises ``UserError``: ``recovery.malformed`` (mistyped), ``recovery.wrong`` (another case's,
    or replaced since), ``recovery.none`` (no code was made)."""

    def secret_for(slot: Slot) -> bytearray:
        return _from_code(code, cast("bytes", slot.kdf))

    return _unlock(header, "recovery", secret_for, "recovery.wrong", none="recovery.none")


def unlock_with_keyring(header: CaseHeader, secret: str) -> CaseKey:
    """``secret``: what ``with_keyring_slot`` gave out.

    Raises ``UserError``: ``keyring.wrong`` when it is not this case's, ``keyring.not_remembered``
    when the case is not remembered on any computer.
    """

    def secret_for(slot: Slot) -> bytearray:
        return _from_keyring(secret, cast("bytes", slot.kdf))

    return _unlock(header, "keyring", secret_for, "keyring.wrong", none="keyring.not_remembered")


def _unlock(
    header: CaseHeader,
    kind: SlotKind,
    secret_for: Callable[[Slot], bytearray],
    wrong: str,
    *,
    none: str,
) -> CaseKey:
    """The case key from the first slot of ``kind`` that opens."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slots = header.of_kind(kind)
    for slot in slots:
        wrapping = secret_for(slot)
        material = bytearray(KEY_BYTES)
        try:
            bound = _bound_to(header, slot)
            AESGCM(wrapping).decrypt_into(slot.nonce, slot.ciphertext, bound, material)
        except InvalidTag:
            continue
        finally:
            wipe(wrapping)
        return CaseKey(material)
    raise UserError(wrong if slots else none)


def _from_code(code: str, salt: bytes) -> bytearray:
    secret = bytearray(recovery_code.canonical(code).encode("ascii"))
    derived = hkdf(secret, salt, b"casefile/1/slot/recovery")
    wipe(secret)
    return derived


def _from_keyring(secret: str, salt: bytes) -> bytearray:
    try:
        random = bytearray.fromhex(secret)
    except ValueError:
        raise UserError("keyring.wrong") from None
    derived = hkdf(random, salt, b"casefile/1/slot/keyring")
    wipe(random)
    return derived


def _bound_to(header: CaseHeader, slot: Slot) -> bytes:
    """The associated data of a slot."""
    members = slot_to_json(slot)
    del members["nonce"], members["ciphertext"]
    return canonical_json(
        {"case_id": header.case_id, "format_version": header.format_version, "slot": members}
    )


def _with_slot(
    header: CaseHeader,
    key: CaseKey,
    kind: SlotKind,
    kdf: KdfParameters | bytes,
    wrapping: bytearray,
) -> tuple[CaseHeader, Slot]:
    """A new slot around ``key`` in place of every slot of its kind; wipes ``wrapping``."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slot = Slot(secrets.token_hex(8), kind, kdf, secrets.token_bytes(NONCE_BYTES), b"")
    closed = AESGCM(wrapping).encrypt(slot.nonce, key.material, _bound_to(header, slot))
    wipe(wrapping)
    slot = replace(slot, ciphertext=closed)
    others = tuple(other for other in header.slots if other.kind != kind)
    return replace(header, slots=(*others, slot)), slot
