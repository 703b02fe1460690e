"""The keyring, with a real GNOME Keyring on a private session bus."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.domain.errors import UserError
from casefile.security import keyring_store
from casefile.security.kdf import CHEAP
from casefile.security.slots import (
    new_header,
    unlock_with_keyring,
    with_keyring_slot,
    without_slot,
)
from tests.secret_service import SecretService, leaks_its_connection, private_bus, secret_service


def _enter(service: SecretService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    for name, value in service.environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def running() -> Iterator[SecretService]:
    with secret_service() as service:
        yield service


@pytest.fixture
def keyring(running: SecretService, monkeypatch: pytest.MonkeyPatch) -> SecretService:
    _enter(running, monkeypatch)
    return running


def test_a_case_is_remembered_and_forgotten(keyring: SecretService) -> None:
    header, key = new_header("ab" * 8, "passphrase", CHEAP)
    header, slot_id, secret = with_keyring_slot(header, key)
    keyring_store.remember(slot_id, secret)
    assert keyring_store.backend_name() == "Secret Service"
    recalled = keyring_store.recall(slot_id)
    assert unlock_with_keyring(header, recalled).material == key.material

    keyring_store.forget(slot_id)
    keyring_store.forget(slot_id)
    with pytest.raises(UserError) as error:
        keyring_store.recall(slot_id)
    assert error.value.code == "keyring.not_remembered"
    with pytest.raises(UserError) as error:
        unlock_with_keyring(without_slot(header, slot_id), recalled)
    assert error.value.code == "keyring.not_remembered"


def test_the_keyring_learns_no_name_and_no_path(keyring: SecretService) -> None:
    keyring_store.remember("00112233445566aa", "5ec4e7")
    (held,) = [item for item in keyring.items() if "00112233445566aa" in item[0]]
    label, attributes = held
    assert label == "Password for '00112233445566aa' on 'casefile'"
    attributes.pop("xdg:schema", None)
    assert attributes == {
        "application": "Python keyring library",
        "service": "casefile",
        "username": "00112233445566aa",
    }
    keyring_store.forget("00112233445566aa")


def test_what_is_remembered_again_replaces_what_was(keyring: SecretService) -> None:
    keyring_store.remember("ab" * 8, "first")
    keyring_store.remember("ab" * 8, "second")
    assert keyring_store.recall("ab" * 8) == "second"
    keyring_store.forget("ab" * 8)


@leaks_its_connection
def test_a_locked_keyring_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service() as service:
        _enter(service, monkeypatch)
        keyring_store.remember("ab" * 8, "secret")
        service.lock()
        for call in (
            lambda: keyring_store.recall("ab" * 8),
            lambda: keyring_store.remember("cd" * 8, "other"),
            lambda: keyring_store.forget("ab" * 8),
        ):
            with pytest.raises(UserError) as error:
                call()
            assert error.value.code == "keyring.locked"
        assert keyring_store.backend_name() == "Secret Service"


def test_a_bus_without_a_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    with private_bus() as service:
        _enter(service, monkeypatch)
        _assert_unavailable("none is running here")


def test_no_bus_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _enter(SecretService(tmp_path), monkeypatch)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    _assert_unavailable("none is running here")


def test_a_keyring_that_comes_later_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with private_bus() as empty, secret_service() as service:
        _enter(empty, monkeypatch)
        _assert_unavailable("none is running here")
        _enter(service, monkeypatch)
        assert keyring_store.backend_name() == "Secret Service"


@pytest.mark.parametrize("name", ["null.Keyring", "fail.Keyring", "chainer.ChainerBackend"])
def test_backends_that_keep_nothing_are_refused(
    keyring: SecretService, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{name}")
    _assert_unavailable(f"keyring.backends.{name}")


def test_a_plain_text_backend_is_refused(
    keyring: SecretService, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As ``keyrings.alt`` brings one; here chosen by the library's own configuration file."""
    (tmp_path / "plaintext_backend.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        "class Keyring(KeyringBackend):\n"
        "    priority = 9\n"
        "    def get_password(self, service, username): return 'x'\n"
        "    def set_password(self, service, username, password):\n"
        "        raise AssertionError('reached a refused backend')\n"
        "    def delete_password(self, service, username): pass\n"
    )
    config = tmp_path / "python_keyring"
    config.mkdir()
    (config / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=plaintext_backend.Keyring\nkeyring-path={tmp_path}\n"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    _assert_unavailable("plaintext_backend.Keyring")


def test_a_backend_that_does_not_exist(
    keyring: SecretService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.Backend")
    _assert_unavailable("ModuleNotFoundError")


def test_a_trusted_backend_may_be_chosen_by_name(
    keyring: SecretService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.SecretService.Keyring")
    assert keyring_store.backend_name() == "Secret Service"


def test_a_keyring_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = threading.Event()

    def asks_for_ever() -> None:
        answer.wait()

    monkeypatch.setattr(keyring_store, "_backend", asks_for_ever)
    with pytest.raises(UserError) as error:
        keyring_store.recall("ab" * 8, time_limit=0.05)
    assert error.value.code == "keyring.no_answer"
    answer.set()


def test_a_keyring_that_forgets_at_once_is_refused(
    keyring: SecretService, monkeypatch: pytest.MonkeyPatch
) -> None:
    from keyring.backends.SecretService import Keyring

    monkeypatch.setattr(Keyring, "get_password", lambda *_: None)
    with pytest.raises(UserError) as error:
        keyring_store.remember("ab" * 8, "secret")
    assert error.value.code == "keyring.unavailable"
    monkeypatch.undo()


def _assert_unavailable(reason: str) -> None:
    for call in (
        keyring_store.backend_name,
        lambda: keyring_store.remember("ab" * 8, "secret"),
        lambda: keyring_store.recall("ab" * 8),
        lambda: keyring_store.forget("ab" * 8),
    ):
        with pytest.raises(UserError) as error:
            call()
        assert error.value.code == "keyring.unavailable"
        assert reason in str(error.value.values["reason"])
