"""The rules under which a request was made: kept with it, whatever the law says later."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from casefile import shipped
from casefile.store import requests

if TYPE_CHECKING:
    from casefile.store.transaction import Transaction


def keep(tx: Transaction, request_id: str) -> None:
    """Keep the present rules of a request's law, if they are known and none were kept before."""
    request = requests.get(tx, request_id)
    text = text_of(request.law)
    if request.rules_id is None and text is not None:
        rules_id = hashlib.sha256(text.encode()).hexdigest()[:16]
        requests.keep_rules(tx, rules_id, request.law, text)
        requests.update(tx, replace(request, rules_id=rules_id))


def text_of(law: str) -> str | None:
    """The rules of a law as they are shipped; None for one that Casefile does not know."""
    if not law or not all(part.isalnum() for part in law.split("-")):
        return None
    file = shipped.path("laws", f"{law}.toml")
    return file.read_text("utf-8") if file.is_file() else None
