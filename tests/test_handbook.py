"""The handbook names every verb and every key that there is, and every page that it links."""

from __future__ import annotations

import re

import pytest

from casefile import shipped

HELP = shipped.path("help")


def page(name: str) -> str:
    return (HELP / name).read_text("utf-8")


def test_every_verb_is_in_the_handbook() -> None:
    from casefile.cli import arguments

    offered = set(re.findall(r"^    (\w+)  +\w", arguments.build().format_help(), re.MULTILINE))
    described = set(re.findall(r"^\| `(\w+)", page("command-line.md"), re.MULTILINE))
    assert described == offered
    assert "import" in described


def test_every_key_of_the_key_sheet_is_in_the_handbook() -> None:
    from casefile.ui.key_sheet import KEYS

    words = page("keys.md")
    missing = [key for keys in KEYS.values() for key, _what in keys if key not in words]
    assert missing == []


@pytest.mark.parametrize("name", sorted(path.name for path in HELP.glob("*.md")))
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page(name)):
        assert (HELP / target).is_file(), target
