"""The journeys, each made once under strace for all the tests that look at it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.assurance import planted, tracing

PROJECT = Path(__file__).parent.parent.parent
PROGRAM = Path(sys.executable).parent / "casefile"


@dataclass(frozen=True)
class Journey:
    """``root`` holds ``case``, ``backup``, ``in``, ``out``, ``home`` and ``tmp``."""

    name: str
    root: Path
    record: tracing.Record

    def inside(self, path: str, *folders: str) -> bool:
        """Whether ``path`` is one of, or lies in one of, these folders of the journey."""
        return any(Path(path).is_relative_to(self.root / folder) for folder in folders)


def environment_of(root: Path) -> dict[str, str]:
    """What a program of the journey sees: a home and a folder for temporary files of its own."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
    }


def travel(name: str, root: Path, *arguments: str) -> Journey:
    """Run ``tests.assurance.<name>_journey`` under strace in ``root``."""
    for folder in ("home", "tmp"):
        (root / folder).mkdir()
    planted.originals(root / "in")
    (root / "passphrase").write_text(planted.PASSPHRASE + "\n", "utf-8")
    done, record = tracing.run(
        [sys.executable, "-m", f"tests.assurance.{name}_journey", *arguments, str(root)],
        root / "trace",
        cwd=root,
        environment=environment_of(root),
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return Journey(name, root, record)


@pytest.fixture(scope="session")
def cli_journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    return travel("cli", tmp_path_factory.mktemp("cli"), str(PROGRAM))


@pytest.fixture(scope="session")
def window_journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    return travel("window", tmp_path_factory.mktemp("window"))


@pytest.fixture(params=["cli", "window"])
def journey(request: pytest.FixtureRequest) -> Journey:
    made: Journey = request.getfixturevalue(f"{request.param}_journey")
    return made
