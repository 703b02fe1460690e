"""Slots: each way to open a case, and that nothing about a slot can be changed unnoticed."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.domain.errors import UserError
from casefile.security.header import CaseHeader, from_bytes, to_bytes
from casefile.security.header_slots import Slot
from casefile.security.kdf import CHEAP, KdfParameters
from casefile.security.slots import (
    new_header,
    unlock_with_keyring,
    unlock_with_passphrase,
    unlock_with_recovery,
    with_keyring_slot,
    with_passphrase_changed,
    with_recovery_code,
    without_slot,
)
from tests.security import known


def code_of(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(UserError) as error:
        call(*arguments)
    return error.value.code


@pytest.fixture
def header() -> CaseHeader:
    return from_bytes(known.HEADER)


def test_the_known_case_opens_in_all_three_ways(header: CaseHeader) -> None:
    assert unlock_with_passphrase(header, known.PASSPHRASE).material == known.CASE_KEY
    assert unlock_with_recovery(header, known.RECOVERY_CODE).material == known.CASE_KEY
    assert unlock_with_keyring(header, known.KEYRING_SECRET).material == known.CASE_KEY


def test_the_known_slots_open_by_the_description_alone() -> None:
    """With another library's Argon2id and none of the module's own code."""
    members = json.loads(known.HEADER)
    passphrase, recovery, _ = members["slots"]
    kdf = passphrase["kdf"]
    key = Argon2id(
        salt=bytes.fromhex(kdf["salt"]),
        length=32,
        iterations=kdf["time_cost"],
        lanes=kdf["parallelism"],
        memory_cost=kdf["memory_kib"],
    ).derive(unicodedata.normalize("NFC", known.PASSPHRASE).encode())
    bound = (
        '{"case_id":"c0ffee00c0ffee00","format_version":1,"slot":{"id":"9b57b44b68df6cc4","kdf":{'
        '"algorithm":"argon2id","memory_kib":64,"parallelism":1,'
        '"salt":"eb9fe1ba1f3217eeb4c93d79b1f84819","time_cost":1,"version":19},'
        '"kind":"passphrase"}}'
    )
    assert _open(key, passphrase, bound) == known.CASE_KEY

    key = HKDF(
        algorithm=SHA256(),
        length=32,
        salt=bytes.fromhex(recovery["kdf"]["salt"]),
        info=b"casefile/1/slot/recovery",
    ).derive(known.RECOVERY_CODE.replace("-", "").encode())
    bound = (
        '{"case_id":"c0ffee00c0ffee00","format_version":1,"slot":{"id":"eb9e9462fbaab8ea","kdf":{'
        '"algorithm":"hkdf-sha256","salt":"fe02392b5b30bf112c60000b711df561"},"kind":"recovery"}}'
    )
    assert _open(key, recovery, bound) == known.CASE_KEY


def _open(key: bytes, slot: dict[str, str], bound: str) -> bytes:
    nonce, closed = bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["ciphertext"])
    return AESGCM(key).decrypt(nonce, closed, bound.encode())


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_passphrase_opens_what_it_made_in_either_normal_form(passphrase: str) -> None:
    header, key = new_header(known.CASE_ID, passphrase, CHEAP)
    header = from_bytes(to_bytes(header))
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, passphrase)
        assert unlock_with_passphrase(header, typed).material == key.material


def test_a_wrong_passphrase_says_just_that(header: CaseHeader) -> None:
    for wrong in ("käsekästchen 1987", known.PASSPHRASE + " ", " " + known.PASSPHRASE, "x"):
        assert code_of(unlock_with_passphrase, header, wrong) == "passphrase.wrong"
    assert code_of(unlock_with_passphrase, header, "") == "passphrase.empty"


def test_changing_the_passphrase_keeps_the_key_and_the_other_slots(header: CaseHeader) -> None:
    key = unlock_with_passphrase(header, known.PASSPHRASE)
    after = with_passphrase_changed(header, key, "another one", CHEAP)
    assert unlock_with_passphrase(after, "another one").material == known.CASE_KEY
    assert code_of(unlock_with_passphrase, after, known.PASSPHRASE) == "passphrase.wrong"
    assert unlock_with_recovery(after, known.RECOVERY_CODE).material == known.CASE_KEY
    assert unlock_with_keyring(after, known.KEYRING_SECRET).material == known.CASE_KEY
    assert unlock_with_passphrase(header, known.PASSPHRASE).material == known.CASE_KEY
    assert code_of(with_passphrase_changed, header, key, "", CHEAP) == "passphrase.empty"


def test_a_new_recovery_code_replaces_the_former(header: CaseHeader) -> None:
    key = unlock_with_passphrase(header, known.PASSPHRASE)
    after, code = with_recovery_code(header, key)
    assert len(after.of_kind("recovery")) == 1
    assert unlock_with_recovery(after, code.lower().replace("-", " ")).material == known.CASE_KEY
    assert code_of(unlock_with_recovery, after, known.RECOVERY_CODE) == "recovery.wrong"
    assert code_of(unlock_with_recovery, after, code[:-1]) == "recovery.malformed"


def test_a_new_keyring_slot_replaces_the_former(header: CaseHeader) -> None:
    key = unlock_with_passphrase(header, known.PASSPHRASE)
    after, slot_id, secret = with_keyring_slot(header, key)
    assert slot_id != known.KEYRING_SLOT
    assert unlock_with_keyring(after, secret).material == known.CASE_KEY
    for wrong in (known.KEYRING_SECRET, "", "not hex", secret[:-1], "ä"):
        assert code_of(unlock_with_keyring, after, wrong) == "keyring.wrong"


def test_ways_that_were_never_made_say_so() -> None:
    header, _ = new_header(known.CASE_ID, "passphrase", CHEAP)
    assert code_of(unlock_with_recovery, header, known.RECOVERY_CODE) == "recovery.none"
    assert code_of(unlock_with_keyring, header, known.KEYRING_SECRET) == "keyring.not_remembered"


def test_slots_go_but_never_the_last_passphrase(header: CaseHeader) -> None:
    after = without_slot(header, known.KEYRING_SLOT)
    assert [slot.kind for slot in after.slots] == ["passphrase", "recovery"]
    with pytest.raises(ValueError, match="keeps its passphrase"):
        without_slot(header, header.of_kind("passphrase")[0].id)


def test_every_key_salt_nonce_and_id_is_fresh() -> None:
    made = [new_header(known.CASE_ID, "same", CHEAP) for _ in range(4)]
    slots = [header.slots[0] for header, _ in made]
    assert len({bytes(key.material) for _, key in made}) == 4
    assert len({slot.nonce for slot in slots}) == 4
    assert len({slot.id for slot in slots}) == 4
    assert len({slot.kdf for slot in slots}) == 4


def _with_passphrase_slot(header: CaseHeader, slot: Slot) -> CaseHeader:
    return replace(header, slots=(slot,))


def test_nothing_about_a_slot_can_be_changed(header: CaseHeader) -> None:
    """Also by someone who makes the file's checksum fit again."""
    slot = header.of_kind("passphrase")[0]
    kdf = slot.kdf
    assert isinstance(kdf, KdfParameters)
    flipped = bytes([slot.ciphertext[0] ^ 1]) + slot.ciphertext[1:]
    for other in (
        replace(slot, id="0" * 16),
        replace(slot, nonce=bytes(12)),
        replace(slot, ciphertext=flipped),
        replace(slot, kdf=replace(kdf, time_cost=2)),
        replace(slot, kdf=replace(kdf, memory_kib=65)),
        replace(slot, kdf=replace(kdf, salt=bytes(16))),
    ):
        spoiled = from_bytes(to_bytes(_with_passphrase_slot(header, other)))
        assert code_of(unlock_with_passphrase, spoiled, known.PASSPHRASE) == "passphrase.wrong"
    moved = replace(header, case_id="0" * 16)
    assert code_of(unlock_with_passphrase, moved, known.PASSPHRASE) == "passphrase.wrong"
    assert code_of(unlock_with_recovery, moved, known.RECOVERY_CODE) == "recovery.wrong"
    assert code_of(unlock_with_keyring, moved, known.KEYRING_SECRET) == "keyring.wrong"
    later = replace(header, format_version=2)
    assert code_of(unlock_with_passphrase, later, known.PASSPHRASE) == "passphrase.wrong"


def test_a_recovery_slot_cannot_pose_as_a_keyring_slot(header: CaseHeader) -> None:
    posing = replace(header.of_kind("recovery")[0], kind="keyring")
    turned = replace(header, slots=(header.slots[0], posing))
    assert code_of(unlock_with_keyring, turned, known.KEYRING_SECRET) == "keyring.wrong"


def test_a_wiped_key_wraps_nothing(header: CaseHeader) -> None:
    key = unlock_with_passphrase(header, known.PASSPHRASE)
    key.wipe()
    with pytest.raises(ValueError, match="wiped"):
        with_recovery_code(header, key)
