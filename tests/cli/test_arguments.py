"""What can be typed, and what is refused with exit status 2."""

from __future__ import annotations

import subprocess
import sys

import pytest

from casefile.cli import arguments
from casefile.cli.arguments import NOT_YET, WrongUsage, parse
from casefile.cli.options import build
from casefile.domain.people import Terms


@pytest.mark.parametrize(
    "argv",
    [
        ["--json", "--passphrase-file", "p", "info", "c"],
        ["info", "c", "--json", "--passphrase-file", "p"],
        ["info", "--json", "--passphrase-file=p", "c"],
        ["--passphrase-file", "p", "info", "c", "--json"],
    ],
)
def test_options_stand_before_or_after_the_verb(argv: list[str]) -> None:
    found = parse(argv)
    assert (found.verb, found.case, found.json, found.passphrase_file) == ("info", "c", True, "p")


@pytest.mark.parametrize(
    "argv",
    [
        ["--json", "source", "c", "list", "--reveal"],
        ["source", "--json", "c", "list", "--reveal"],
        ["source", "c", "list", "--reveal", "--json"],
    ],
)
def test_and_around_an_action(argv: list[str]) -> None:
    found = parse(argv)
    assert (found.verb, found.action, found.case, found.json) == ("source", "list", "c", True)


@pytest.mark.parametrize(
    ("argv", "query"),
    [
        (["search", "c", "-draft"], ["-draft"]),
        (["search", "c", "memo -draft"], ["memo -draft"]),
        (["search", "c", "--", "--json"], ["--json"]),
        (["search", "c", "memo", "-draft", "--json"], ["memo", "-draft"]),
        (["--json", "search", "--limit", "3", "c", "--x"], ["--x"]),
    ],
)
def test_a_query_may_look_like_an_option(argv: list[str], query: list[str]) -> None:
    assert parse(argv).query == query


@pytest.mark.parametrize("value", ["-5", "-5%", "--x", "-", "- and more", "-codes"])
def test_a_value_may_look_like_an_option(value: str) -> None:
    found = parse(
        ["annotate", "c", "d", "--page", "1", "--find", value, "--kind", "box", "--comment", value]
    )
    assert (found.find, found.comment) == (value, value)


def test_paths_and_options_mix() -> None:
    found = parse(["import", "c", "--provenance", "court", "a.pdf", "b.pdf"])
    assert (found.paths, found.provenance) == (["a.pdf", "b.pdf"], "court")


@pytest.mark.parametrize(
    "argv",
    [
        ["nonsense"],
        ["info"],
        ["info", "c", "--jso"],
        ["text", "c", "d", "--page", "0"],
        ["text", "c", "d", "--page", "-1"],
        ["text", "c", "d", "--page", "²"],
        ["render", "c", "d", "out.png"],
        ["annotate", "c", "d", "--page", "1", "--kind", "box"],
        ["annotate", "c", "d", "--page", "1", "--kind", "box", "--find", "x", "--box", "1,2,3,4"],
        ["annotate", "c", "d", "--page", "1", "--kind", "cloud", "--find", "x"],
        ["import", "c"],
        ["import", "c", "a", "--provenance", "stolen"],
        ["export", "c", "out", "--for", "everybody"],
        ["source", "c"],
        ["source", "c", "add"],
        ["source", "c", "add", "--name", "x", "--name-file", "y"],
        ["source", "c", "add", "--name", "x", "--terms", "whispered"],
        ["quote", "c", "add", "--text", "x", "--spoken-on", "yesterday"],
        ["keyring", "c", "maybe"],
        ["recovery", "c", "use"],
    ],
)
def test_wrong_usage_is_told(argv: list[str]) -> None:
    with pytest.raises(WrongUsage) as told:
        parse(argv)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("name", sorted(NOT_YET))
def test_verbs_of_later_versions_are_refused_by_name(name: str) -> None:
    verb, _, action = name.partition(" ")
    argv = ["--json", "--passphrase-file", "p", verb, "c", *([action] if action else [])]
    with pytest.raises(WrongUsage, match="not offered by this version yet"):
        parse(argv)


def test_only_one_file_comes_from_standard_input() -> None:
    assert parse(["--passphrase-file", "-", "info", "c"]).passphrase_file == "-"
    with pytest.raises(WrongUsage, match="standard input"):
        parse(["--passphrase-file", "-", "passphrase", "c", "--new-passphrase-file", "-"])
    with pytest.raises(WrongUsage, match="standard input"):
        parse(["source", "c", "add", "--passphrase-file", "-", "--name-file", "-"])


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("on_record", Terms.ON_RECORD),
        ("on the record", Terms.ON_RECORD),
        ("off-the-record", Terms.OFF_RECORD),
        ("on background", Terms.BACKGROUND),
        ("Background", Terms.BACKGROUND),
        ("deep background", Terms.DEEP_BACKGROUND),
        ("on-deep-background", Terms.DEEP_BACKGROUND),
    ],
)
def test_terms_are_read_as_they_are_said(typed: str, terms: Terms) -> None:
    assert parse(["source", "c", "add", "--name", "x", "--terms", typed]).terms is terms


def test_every_file_option_is_known_to_the_rule_about_standard_input() -> None:
    taken, _ = arguments._options_of(build())
    files = {name[2:].replace("-", "_") for name in taken if name.endswith("-file")}
    assert files | {"document_passwords"} == set(arguments.FILE_OPTIONS)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from casefile.cli.main import run\n"
        "run(['--help'])\n"
        "heavy = {'pymupdf', 'sqlcipher3', 'sqlite_utils', 'PySide6', 'cryptography', 'argon2'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0
    assert "export" in ran.stdout
    assert ran.stderr.strip() == "[]"
