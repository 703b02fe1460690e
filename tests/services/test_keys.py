"""Changing how a case is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.security.kdf import CHEAP
from casefile.services import keys
from casefile.services.case import Case, OsKeyring, Passphrase, RecoveryCode, open_case, peek
from tests.secret_service import private_bus, secret_service
from tests.services.conftest import PASSPHRASE
from tests.services.material import refused


def opens(path: Path, source: Passphrase | RecoveryCode | OsKeyring) -> str:
    try:
        open_case(path, source).close()
    except UserError as error:
        return error.code
    return "open"


def test_a_changed_passphrase_replaces_the_old_one_everywhere(case: Case) -> None:
    keys.change_passphrase(case, "another one", CHEAP)
    keys.check_passphrase(case, "another one")
    with refused("passphrase.wrong"):
        keys.check_passphrase(case, PASSPHRASE)
    path = case.path
    case.close()
    assert opens(path, Passphrase(PASSPHRASE)) == "passphrase.wrong"
    assert opens(path, Passphrase("another one")) == "open"
    assert (path / "backups/case.casefile").read_bytes() == (path / "case.casefile").read_bytes()


def test_a_recovery_code_gives_a_new_passphrase(case: Case) -> None:
    path = case.path
    assert not keys.has_recovery_code(case)
    first = keys.new_recovery_code(case)
    code = keys.new_recovery_code(case)
    assert keys.has_recovery_code(case)
    assert peek(path).has_recovery
    with refused("case.open_elsewhere"):
        keys.use_recovery_code(path, code, "fresh", CHEAP)
    case.close()
    with refused("recovery.wrong"):
        keys.use_recovery_code(path, first, "fresh", CHEAP)
    with refused("recovery.malformed"):
        keys.use_recovery_code(path, code[:-1], "fresh", CHEAP)
    assert opens(path, Passphrase(PASSPHRASE)) == "open"
    keys.use_recovery_code(path, code, "fresh", CHEAP)
    assert opens(path, Passphrase(PASSPHRASE)) == "passphrase.wrong"
    assert opens(path, Passphrase("fresh")) == "open"
    assert opens(path, RecoveryCode(code.lower())) == "open"


def test_a_recovery_code_can_be_taken_back(case: Case) -> None:
    path, code = case.path, keys.new_recovery_code(case)
    keys.remove_recovery_code(case)
    case.close()
    assert opens(path, RecoveryCode(code)) == "recovery.none"


def test_a_case_open_for_reading_keeps_its_keys(case: Case) -> None:
    with open_case(case.path, Passphrase(PASSPHRASE), writing=False) as reading:
        for change in (
            lambda: keys.change_passphrase(reading, "x", CHEAP),
            lambda: keys.new_recovery_code(reading),
            lambda: keys.keyring_on(reading),
        ):
            with refused("case.read_only"):
                change()


def test_this_computer_remembers_and_forgets(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    path = case.path
    with secret_service() as service:
        for name, value in service.environment.items():
            monkeypatch.setenv(name, value)
        assert keys.keyring_on(case) == "Secret Service"
        assert keys.keyring_is_on(case)
        assert len(service.items()) == 1
        keys.keyring_on(case)
        assert len(service.items()) == 1, "the former secret goes"
        case.close()
        assert peek(path).has_keyring
        assert opens(path, OsKeyring()) == "open"
        with open_case(path, OsKeyring()) as again:
            assert keys.keyring_off(again) == "Secret Service"
            assert not keys.keyring_is_on(again)
        assert len(service.items()) == 0
        assert opens(path, OsKeyring()) == "keyring.not_remembered"


def test_without_a_keyring_nothing_is_changed(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    with private_bus() as bus:
        for name, value in bus.environment.items():
            monkeypatch.setenv(name, value)
        with refused("keyring.unavailable"):
            keys.keyring_on(case)
        assert not keys.keyring_is_on(case)
        assert keys.keyring_off(case) is None


def test_a_passphrase_is_judged_in_words() -> None:
    assert keys.strength("password").weak
    assert not keys.strength("gentle walnut orbit fjord 88 lamp").weak
