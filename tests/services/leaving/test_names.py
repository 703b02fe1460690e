"""Names of confidential sources are found however they are written, and others are left alone."""

from __future__ import annotations

import pytest

from casefile.domain.people import Source, Terms
from casefile.services.leaving.names import CodeNames


def source(name: str, label: str | None, *aliases: str, contacts: str = "") -> Source:
    return Source(
        "5" * 16, name, label, label is not None, False, aliases, Terms.BACKGROUND, "", contacts,
        "", "", "", None,
    )  # fmt: skip


NAMES = CodeNames.of([
    source("Adela Brandt", "HERON", "A. Brandt", contacts="a.b@post.example\n+1 (555) 555-0142"),
    source("Ruth Long", r"WREN \1"),
    source("Grant Leclair", None),
    source("", "KNOT"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("Adela Brandt said", "HERON said"),
        ("ADELA\n brandt said", "HERON said"),
        ("a. brandt's view", "HERON's view"),
        ("Ms. Brandt, Adela", "Ms. HERON, HERON"),
        ("write to A.B@post.example", "write to HERON"),
        ("call 555-0142 or 5550142", "call HERON or HERON"),
        ("call +1 555 555 0142.", "call HERON."),
        ("the brandts of it", "the brandts of it"),
        ("a long line; Long said so", r"a long line; WREN \1 said so"),
        ("Grant Leclair", "Grant Leclair"),
        ("no. 15550143", "no. 15550143"),
    ],
)
def test_names_become_code_names(text: str, out: str) -> None:
    assert NAMES.replaced(text) == out
    assert NAMES.found_in(text) is (text != out)
