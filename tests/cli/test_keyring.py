"""Remembering a case on this computer, with the real keyring and the real program."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_program import PROGRAM, SECONDS
from tests.sample_case import sample_copy
from tests.secret_service import secret_service


def test_the_keyring_opens_the_case_until_it_is_told_to_forget(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    case = sample_copy(tmp_path_factory, tmp_path / "case")
    words = tmp_path / "passphrase"
    words.write_text("casefile-sample")
    with secret_service() as service:

        def program(*argv: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [*PROGRAM, *argv, "--json"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=SECONDS,
                env=os.environ | service.environment,
            )

        on = program("keyring", str(case), "on", "--passphrase-file", str(words))
        assert on.returncode == 0, on.stderr
        assert json.loads(on.stdout)["backend"]
        assert json.loads(program("info", str(case)).stdout)["documents"] == 4
        ignored = program("--no-keyring", "info", str(case))
        assert ignored.returncode == 1
        assert "--passphrase-file" in ignored.stderr
        service.lock()
        locked = program("info", str(case))
        assert locked.returncode == 1
        assert locked.stderr.count("\n") == 1
    with secret_service() as other:
        elsewhere = subprocess.run(
            [*PROGRAM, "info", str(case)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env=os.environ | other.environment,
        )
        assert elsewhere.returncode == 1
        assert "Traceback" not in elsewhere.stderr
