"""The rules under which a request was made: kept with it, whatever the law says later."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from casefile.services import laws
from casefile.store import requests

if TYPE_CHECKING:
    from casefile.store.transaction import Transaction


def keep(tx: Transaction, request_id: str) -> None:
    """Keep the present rules of a request's law, if they are known and none were kept before."""
    request = requests.get(tx, request_id)
    text = laws.text_of(request.law)
    if request.rules_id is None and text is not None:
        rules_id = hashlib.sha256(text.encode()).hexdigest()[:16]
        requests.keep_rules(tx, rules_id, request.law, text)
        requests.update(tx, replace(request, rules_id=rules_id))
