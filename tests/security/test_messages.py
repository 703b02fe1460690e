"""Every failure that the security layer can raise has its words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import casefile.security
from casefile import shipped

RAISED = re.compile(
    r'(?:UserError\(|super\(\).__init__\(|wrong"?, none=|none=|, )"([a-z]+\.[a-z_]+)"'
)


def test_every_code_is_worded_and_every_wording_is_used() -> None:
    folder = Path(casefile.security.__file__).parent
    raised = {
        code for file in folder.glob("*.py") for code in RAISED.findall(file.read_text("utf-8"))
    }
    words = tomllib.loads(shipped.path("messages", "security.toml").read_text("utf-8"))
    assert raised == set(words)
    for code, parts in words.items():
        assert set(parts) == {"what", "safe", "do"}, code
        for sentence in parts.values():
            assert sentence.endswith("."), code
