"""The ways to open a case: changing the passphrase, the recovery code, this computer's keyring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from casefile.domain.errors import UserError
from casefile.security import header as headers
from casefile.security import kdf, keyring_store, slots
from casefile.security.header import CaseHeader
from casefile.security.kdf import KdfCost
from casefile.security.keys import CaseKey
from casefile.security.strength import Strength, judge
from casefile.store import custody
from casefile.store.folder import CaseFolder
from casefile.store.lock import FolderLock

if TYPE_CHECKING:
    from casefile.services.case import Case

__all__ = [
    "Strength",
    "change_passphrase",
    "check_passphrase",
    "has_recovery_code",
    "keyring_backend",
    "keyring_is_on",
    "keyring_off",
    "keyring_on",
    "new_recovery_code",
    "remove_recovery_code",
    "strength",
    "use_recovery_code",
]


def strength(passphrase: str, known: tuple[str, ...] = ()) -> Strength:
    """How hard a passphrase is to guess; ``known`` are words an attacker would try first, such as
    the folder's name."""
    return judge(passphrase, known)


def change_passphrase(case: Case, new: str, cost: KdfCost | None = None) -> None:
    """``new`` opens the case from now on and no former passphrase does. An older copy of the
    folder still opens with the older one. Takes a second (the key derivation)."""
    case.require_writing()
    _rewrite(
        case.folder,
        lambda header: slots.with_passphrase_changed(header, case.key, new, cost or kdf.calibrate),
    )
    _note(case, "passphrase.changed")


def check_passphrase(case: Case, passphrase: str) -> None:
    """Whether ``passphrase`` opens this case, which is open already (a window that only went
    blank). Costs the full key derivation. Raises ``UserError("passphrase.wrong")``."""
    header = headers.read_header(case.folder.header_path)
    slots.unlock_with_passphrase(header, passphrase).wipe()


def new_recovery_code(case: Case) -> str:
    """Make a recovery code, replacing a former one. It is returned once and kept nowhere."""
    case.require_writing()
    header, code = slots.with_recovery_code(headers.read_header(case.folder.header_path), case.key)
    headers.write_header(case.folder.header_path, header)
    _note(case, "recovery.made")
    return code


def has_recovery_code(case: Case) -> bool:
    """Whether a recovery code was made for the case."""
    return bool(headers.read_header(case.folder.header_path).of_kind("recovery"))


def remove_recovery_code(case: Case) -> None:
    """The recovery code no longer opens the case."""
    case.require_writing()
    header = headers.read_header(case.folder.header_path)
    for slot in header.of_kind("recovery"):
        header = slots.without_slot(header, slot.id)
    headers.write_header(case.folder.header_path, header)
    _note(case, "recovery.removed")


def use_recovery_code(
    path: Path, code: str, new_passphrase: str, cost: KdfCost | None = None
) -> None:
    """Give the case a new passphrase by its recovery code, which stays valid.

    Raises ``UserError``: ``recovery.malformed``, ``recovery.wrong``, ``recovery.none``,
    ``case.open_elsewhere``, ``case.read_only`` and those of reading the header.
    """
    folder = CaseFolder.locate(path)
    header = headers.read_header(folder.header_path)
    key = slots.unlock_with_recovery(header, code)
    try:
        if not folder.is_writable():
            raise UserError("case.read_only")
        lock = FolderLock(folder.lock_path)
        try:
            changed = slots.with_passphrase_changed(
                header, key, new_passphrase, cost or kdf.calibrate
            )
            headers.write_header(folder.header_path, changed)
        finally:
            lock.release()
    finally:
        key.wipe()


def keyring_backend() -> str:
    """The name of this computer's keyring. Raises ``UserError("keyring.unavailable")``."""
    return keyring_store.backend_name()


def keyring_is_on(case: Case) -> bool:
    """Whether some computer remembers the case."""
    return bool(headers.read_header(case.folder.header_path).of_kind("keyring"))


def keyring_on(case: Case) -> str:
    """Remember the case on this computer; returns the keyring's name. Another computer that
    remembered it no longer opens it. Blocks for as long as the keyring asks the reporter.

    Raises ``UserError``: ``keyring.unavailable``, ``keyring.locked``, ``keyring.no_answer``.
    """
    case.require_writing()
    backend = keyring_store.backend_name()
    former = headers.read_header(case.folder.header_path)
    header, slot_id, secret = slots.with_keyring_slot(former, case.key)
    keyring_store.remember(slot_id, secret)
    try:
        headers.write_header(case.folder.header_path, header)
    except UserError:
        keyring_store.forget(slot_id)
        raise
    _forget(former)
    _note(case, "keyring.on")
    return backend


def keyring_off(case: Case) -> str | None:
    """No longer remember the case on any computer; returns the keyring's name, or None if the
    keyring did not answer (what it may still hold opens nothing then)."""
    case.require_writing()
    former = headers.read_header(case.folder.header_path)
    header = former
    for slot in former.of_kind("keyring"):
        header = slots.without_slot(header, slot.id)
    if header is not former:
        headers.write_header(case.folder.header_path, header)
        _note(case, "keyring.off")
    return _forget(former)


def unlock_from_keyring(header: CaseHeader) -> CaseKey:
    """The case key by the secret that this computer's keyring holds.

    Raises ``UserError``: ``keyring.not_remembered``, ``keyring.wrong`` and those of the keyring.
    """
    remembered = header.of_kind("keyring")
    if not remembered:
        raise UserError("keyring.not_remembered")
    return slots.unlock_with_keyring(header, keyring_store.recall(remembered[0].id))


def _forget(header: CaseHeader) -> str | None:
    try:
        backend = keyring_store.backend_name()
        for slot in header.of_kind("keyring"):
            keyring_store.forget(slot.id)
    except UserError:
        return None
    return backend


def _rewrite(folder: CaseFolder, change: Callable[[CaseHeader], CaseHeader]) -> None:
    headers.write_header(folder.header_path, change(headers.read_header(folder.header_path)))


def _note(case: Case, event: str) -> None:
    case.store.write(lambda tx: custody.append(tx, case.store.custody_key, event, {}))
