"""A whole piece of work on the command line, one process a verb: ``python -m
tests.assurance.cli_journey CASEFILE FOLDER``. Run under strace by test_nothing_in_the_clear.

``FOLDER`` holds ``in`` (files to import) and gets the case, a backup and ``out`` (what leaves).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.assurance import planted


class Shell:
    """Types commands; secrets go through standard input, never through a file or an argument."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        self.passphrase = planted.PASSPHRASE

    def do(self, *words: str, stdin: str | None = None, status: int = 0) -> dict[str, Any]:
        done = subprocess.run(
            [self._program, "--json", *words],
            cwd=self._folder,
            input=(self.passphrase if stdin is None else stdin).encode(),
            capture_output=True,
            check=False,
        )
        if done.returncode != status or b"Traceback" in done.stderr:
            raise SystemExit(f"{words}: {done.returncode} {done.stderr.decode()}")
        answer: dict[str, Any] = json.loads(done.stdout) if done.stdout.strip() else {}
        return answer

    def case(self, verb: str, *words: str) -> dict[str, Any]:
        return self.do(verb, "case", *words, "--passphrase-file", "-")


def main(program: str, folder: Path) -> int:
    shell = Shell(program, folder)
    case = shell.case
    case("new", "--name", planted.CASE_NAME)
    came_in = case("import", "in", "--provenance", "released")
    assert not came_in["failed"], came_in
    report = next(
        each["document"] for each in came_in["imported"] if each["title"] == "Vermillonade.pdf"
    )
    assert case("search", f'"{planted.PHRASE}"')["total"] == 1
    assert case("text", report)["pages"]
    mark = case(
        *("annotate", report, "--page", "1", "--find", planted.PHRASE, "--kind", "highlight"),
        *("--comment", planted.COMMENT),
    )
    # Two secrets cannot both come from standard input: this time the passphrase is in a file.
    source = shell.do(
        *("source", "case", "add", "--confidential", "--name-file", "-"),
        *("--code-name", planted.CODE_NAME, "--passphrase-file", "passphrase"),
        stdin=planted.REAL_NAME,
    )["sources"][0]["source"]
    case("quote", "add", "--annotation", mark["annotation"], "--source", source)
    case("quote", "add", "--text", planted.SAID, "--source", source)
    case("followup", "add", planted.FOLLOW_UP, "--due", "2027-01-08")
    case("request", "add", "--agency", planted.REQUEST)
    out = folder / "out"
    out.mkdir()
    bundle = case("export", str(out / "bundle"))
    assert bundle["documents"] >= 1, bundle
    assert shell.do("verify", str(out / "bundle"), stdin="")["ok"]
    case("original", report, str(out / "original.pdf"))
    case("render", report, "--page", "1", "--dpi", "60", str(out / "page.png"))
    case("backup", "backup")
    assert case("check")["ok"]
    shell.passphrase = "not the passphrase at all"
    shell.do("info", "case", "--passphrase-file", "-", status=1)
    shell.passphrase = planted.PASSPHRASE
    assert case("info")["name"] == planted.CASE_NAME
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
