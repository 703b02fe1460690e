"""Unlock to what Today shows, against the key derivation alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from casefile.security import header
from casefile.security.kdf import calibrate, derive
from casefile.services.case import Passphrase, create_case, open_case
from casefile.services.today import today
from tests.bench.cases import PASSPHRASE, bring_in
from tests.bench.figures import Figure, median_of
from tests.bench.material import text_release


def measure(workspace: Path) -> list[Figure]:
    place = workspace / "case"
    with create_case(place, PASSPHRASE, cost=calibrate) as case:
        bring_in(case, [text_release(workspace / f"{n}.pdf", 500, n) for n in range(1, 5)])
    slot = header.read_header(place / "case.casefile").slots[0]
    parameters = slot.kdf
    assert not isinstance(parameters, bytes)

    def unlock() -> None:
        with open_case(place, Passphrase(PASSPHRASE)) as case:
            today(case, date(2026, 11, 22))

    peer = median_of(5, lambda: derive(PASSPHRASE, parameters))
    ours = median_of(5, unlock)
    return [
        Figure(
            "unlock to Today, 2,000 pages (closing included)", "s", ours, "Argon2id alone", peer,
            ours / peer, "<= peer + 0.150 s", ours <= peer + 0.15,
        )
    ]  # fmt: skip
