"""Finds the files that are shipped with the program: words, themes, icons, laws, handbook."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent / "_resources"
_CHECKOUT = Path(__file__).parent.parent / "resources"


def path(*parts: str) -> Path:
    """Where ``resources/<parts>`` lies: inside the installed wheel, or beside the package in a
    checkout."""
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return root.joinpath(*parts)
