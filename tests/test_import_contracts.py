"""Each import contract is broken on purpose, to see that it would be noticed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

BREACHES = {
    "The layers of the house": ("services/wording.py", "import casefile.cli"),
    "Qt stays in the window": ("services/wording.py", "import PySide6"),
    "SQL stays in the store": ("services/wording.py", "import sqlite3"),
    "Hostile files are parsed in the worker alone": ("services/wording.py", "import pymupdf"),
    "Offline means offline": ("ui/__init__.py", "import http"),
}


def verdicts(tree: Path) -> dict[str, bool]:
    """Contract name to kept or broken, as import-linter sees ``tree``."""
    program = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [program, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False
    ).stdout
    lines = [line.strip() for line in answer.splitlines()]
    return {
        line.removesuffix(" KEPT").removesuffix(" BROKEN"): line.endswith(" KEPT")
        for line in lines
        if line.endswith((" KEPT", " BROKEN"))
    }


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "casefile", tmp_path / "casefile")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept_and_has_a_breach_to_try(tree: Path) -> None:
    found = verdicts(tree)
    assert set(found) == set(BREACHES)
    assert all(found.values())


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_is_noticed(tree: Path, contract: str) -> None:
    file, line = BREACHES[contract]
    with (tree / "casefile" / file).open("a") as module:
        module.write(f"\n{line}\n")
    assert not verdicts(tree)[contract]


@pytest.mark.parametrize(
    "line", ["import urllib.request", "from urllib import request", "from PySide6 import QtNetwork"]
)
def test_one_module_of_an_outside_package_is_refused_too(tree: Path, line: str) -> None:
    module = tree / "casefile" / "breach.py"
    module.write_text(f"{line}\n")
    ruff = Path(sys.executable).with_name("ruff")
    answer = subprocess.run(
        [ruff, "check", "--no-cache", "--select", "TID251", module],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Offline means offline" in answer.stdout
