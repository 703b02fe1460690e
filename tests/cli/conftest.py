"""Runs the command line in this process, on a copy of the sample case."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from casefile.cli.main import run
from casefile.security.kdf import CHEAP
from casefile.services.sample_case import PASSPHRASE
from tests.sample_case import sample_copy, sample_folder


@dataclass(frozen=True)
class Ran:
    """What came of one command."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Cli = Callable[..., Ran]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """``cli(verb, ...)`` with the sample's passphrase; ``stdin`` is bytes."""
    words = tmp_path / "passphrase"
    words.write_text(PASSPHRASE + "\n")
    monkeypatch.chdir(tmp_path)

    def call(*argv: object, stdin: bytes = b"", passphrase: Path | None = words) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        before = ["--passphrase-file", str(passphrase)] if passphrase else []
        status = run([*before, *map(str, argv)], cost=CHEAP)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert "met a bug" not in captured.err, captured.err
        return Ran(status, captured.out, captured.err)

    return call


@pytest.fixture
def sample(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A copy of the sample case that may be changed."""
    return sample_copy(tmp_path_factory, tmp_path / "case")


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case, for verbs that only read."""
    return sample_folder(tmp_path_factory)


@pytest.fixture
def release(cli: Cli, untouched: Path) -> str:
    """The id of the sample's release (the same in every copy)."""
    listed = cli("documents", untouched, "--json").json["documents"]
    return next(each["document"] for each in listed if each["title"] == "BER release 1")
