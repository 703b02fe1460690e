"""The operating system's keyring: where a case is remembered on this computer.

Service ``casefile``, user name the slot's random id: nothing in the keyring says which case it is.
Only keyrings that the system protects are used (Secret Service, KWallet, macOS Keychain, Windows
Credential Locker); the null keyring, the failing one, plain-text files and unknown ones are
refused, also where a setting of the ``keyring`` library chose them.

Every call runs on a thread of its own with a time limit, because a keyring may ask the reporter to
unlock it, or never answer. A call that ran out of time cannot be stopped from outside: its thread
is left behind as a daemon and its answer dropped. Never call these on the window's thread.
"""

from __future__ import annotations

import importlib
import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from casefile.domain.errors import UserError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "casefile"
TIME_LIMIT: Final = 60.0
"""Seconds: long enough to type the keyring's own password."""

_TRUSTED: Final = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Locker",
}
_LOCKED: Final = {"KeyringLocked", "LockedException", "PromptDismissedException"}
"""What the keyring library, and SecretStorage under it, raise when the reporter did not unlock."""

_T = TypeVar("_T")


def backend_name(time_limit: float = TIME_LIMIT) -> str:
    """What the keyring is called, to say where the case will be remembered.

    Raises ``UserError``: ``keyring.unavailable``, ``keyring.no_answer``.
    """
    return _on_a_thread(lambda: _name(_backend()), time_limit)


def remember(slot_id: str, secret: str, time_limit: float = TIME_LIMIT) -> None:
    """Keep ``secret`` and read it back to see that it was kept.

    Raises ``UserError``: ``keyring.unavailable`` (value ``reason``), ``keyring.locked``,
    ``keyring.no_answer`` (value ``seconds``).
    """

    def keep() -> None:
        backend = _backend()
        backend.set_password(SERVICE, slot_id, secret)
        if backend.get_password(SERVICE, slot_id) != secret:
            raise UserError("keyring.unavailable", reason="it did not keep what it was given")

    _on_a_thread(keep, time_limit)


def recall(slot_id: str, time_limit: float = TIME_LIMIT) -> str:
    """The secret kept under ``slot_id``.

    Raises ``UserError``: ``keyring.not_remembered`` when the keyring knows none, and those of
    ``remember``.
    """
    secret = _on_a_thread(lambda: _backend().get_password(SERVICE, slot_id), time_limit)
    if secret is None:
        raise UserError("keyring.not_remembered")
    return secret


def forget(slot_id: str, time_limit: float = TIME_LIMIT) -> None:
    """Remove the secret; harmless when there is none. Raises those of ``remember``."""

    def remove() -> None:
        backend = _backend()
        if backend.get_password(SERVICE, slot_id) is not None:
            backend.delete_password(SERVICE, slot_id)

    _on_a_thread(remove, time_limit)


def _backend() -> KeyringBackend:
    """The system's keyring; ``UserError("keyring.unavailable")`` when there is none to trust.

    Looked for anew at every call, where ``keyring.get_keyring`` would remember for ever that none
    was running.
    """
    from keyring import core

    chosen = core.load_env() or core.load_config()
    if chosen is not None:
        if type(chosen).__module__ in _TRUSTED:
            return chosen
        kind = f"{type(chosen).__module__}.{type(chosen).__name__}"
        reason = f"the settings choose {kind}, which is not one that the system protects"
        raise UserError("keyring.unavailable", reason=reason)
    for module in _TRUSTED:
        found = _running(module)
        if found is not None:
            return found
    raise UserError("keyring.unavailable", reason="none is running here")


def _running(module: str) -> KeyringBackend | None:
    """The backend in ``module``, if its system and its service are here."""
    from keyring.backend import KeyringBackend as Backend

    found = importlib.import_module(module)
    for value in vars(found).values():
        own = isinstance(value, type) and value.__module__ == module
        if own and issubclass(value, Backend) and value.viable:
            backend: KeyringBackend = value()
            return backend
    return None


def _name(backend: KeyringBackend) -> str:
    return _TRUSTED[type(backend).__module__]


def _translated(error: Exception) -> UserError:
    """Whatever a keyring, or D-Bus under it, raises, as something the reporter can act on."""
    if isinstance(error, UserError):
        return error
    if type(error).__name__ in _LOCKED:
        return UserError("keyring.locked")
    said = f"{type(error).__name__}: {error}"[:200]
    return UserError("keyring.unavailable", reason=f"it failed ({said})")


def _on_a_thread(call: Callable[[], _T], time_limit: float) -> _T:
    """The result of ``call``, or its failure translated, within ``time_limit`` seconds."""
    answers: queue.SimpleQueue[tuple[_T] | UserError] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put((call(),))
        except Exception as error:  # noqa: BLE001 - keyrings are plug-ins: any exception may come
            answers.put(_translated(error))

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    try:
        answer = answers.get(timeout=time_limit)
    except queue.Empty:
        raise UserError("keyring.no_answer", seconds=round(time_limit)) from None
    thread.join()
    if isinstance(answer, UserError):
        raise answer
    return answer[0]
