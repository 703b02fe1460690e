"""Marks, withholdings and quotes from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.services.material import write_pdf

MARK_KEYS = {
    "annotation", "document", "page", "kind", "colour", "text", "comment", "quads", "codes",
    "tags", "extent", "selectors",
}  # fmt: skip


@pytest.fixture
def passage(cli: Cli, sample: Path, release: str) -> str:
    """A few words on page 13 of the release."""
    text = cli("text", sample, release, "--page", 13, "--json").json["pages"][0]["text"]
    return " ".join(" ".join(text.split()).split()[20:26])


def test_a_mark_is_tagged_changed_and_deleted(
    cli: Cli, sample: Path, release: str, passage: str
) -> None:
    place = ("--page", 13, "--find", passage, "--kind", "highlight")
    made = cli(
        "annotate", sample, release, *place, "--tag", "vendor", "--tag", "ice", "--json"
    ).json
    assert made["tags"] == ["ice", "vendor"]
    assert set(made) >= MARK_KEYS
    types = {each["type"]: each for each in made["selectors"]}
    assert types["TextQuoteSelector"]["exact"] == made["text"]
    assert types["TextQuoteSelector"]["prefix"]
    assert types["FragmentSelector"]["value"].startswith("page=13&viewrect=")
    assert types["PageQuadsSelector"]["sortKey"].startswith("0000013|")
    again = cli("annotate", sample, release, *place, "--comment", "twice", "--json").json
    assert again["annotation"] == made["annotation"], "the same words are one mark"
    edited = cli(
        "annotation", sample, "edit", made["annotation"], "--colour", "blue", "--untag", "ice",
        "--tag", "seen", "--kind", "underline", "--json",
    ).json["annotations"][0]  # fmt: skip
    assert (edited["colour"], edited["kind"]) == ("blue", "underline")
    assert (edited["tags"], edited["comment"]) == (["seen", "vendor"], "twice")
    gone = cli("annotation", sample, "delete", made["annotation"], "--json").json
    assert gone == {"deleted": [made["annotation"]]}
    listed = cli("annotations", sample, release, "--json").json["annotations"]
    assert made["annotation"] not in {each["annotation"] for each in listed}
    assert cli("annotation", sample, "delete", "0" * 16).status == 1


def test_a_mark_is_put_elsewhere(cli: Cli, sample: Path, release: str, passage: str) -> None:
    box = ("--page", 13, "--box", "60,60,200,90", "--kind", "box", "--json")
    mark = cli("annotate", sample, release, *box).json["annotation"]

    def moved(*where: str) -> dict[str, object]:
        found: dict[str, object] = cli(
            "annotation", sample, "move", mark, *where, "--json"
        ).json["annotations"][0]  # fmt: skip
        return found

    assert moved("--by", "-10,20")["quads"] == [[50, 80, 190, 80, 50, 110, 190, 110]]
    assert moved("--box", "5,5,9,9")["quads"] == [[5, 5, 9, 5, 5, 9, 9, 9]]
    place = ("--page", 13, "--find", passage, "--nth", 1, "--kind", "underline", "--json")
    line = cli("annotate", sample, release, *place).json
    half = " ".join(passage.split()[:3])
    shorter = cli(
        "annotation", sample, "move", line["annotation"], "--find", half, "--json"
    ).json["annotations"][0]  # fmt: skip
    assert shorter["text"] == half
    assert cli("annotation", sample, "move", mark, "--by", "1").status == 2
    assert (
        cli("annotation", sample, "move", mark, line["annotation"], "--box", "1,1,2,2").status == 2
    )


def test_bookmarks_and_regions(cli: Cli, sample: Path, release: str) -> None:
    page = ("--page", 2, "--kind", "bookmark", "--comment", "begin here", "--json")
    mark = cli("annotate", sample, release, *page).json
    assert (mark["kind"], mark["quads"]) == ("bookmark", [])
    region = cli(
        "annotate", sample, release, "--page", 2, "--kind", "region", "--box", "50,50,300,200",
        "--json",
    ).json  # fmt: skip
    quote = cli(
        "quote", sample, "add", "--annotation", region["annotation"], "--json"
    ).json["quotes"][0]  # fmt: skip
    assert quote["region"] is True
    assert quote["quads"] == region["quads"]


def test_withholdings_become_grounds_of_an_appeal(cli: Cli, sample: Path, release: str) -> None:
    def withheld(page: int, *more: str) -> dict[str, object]:
        kind = ("--kind", "withholding", "--json")
        found: dict[str, object] = cli(
            "annotate", sample, release, "--page", page, *kind, *more
        ).json
        return found

    area = withheld(6, "--box", "72,597,541,649", "--codes", "b5,b7c,Rule 9")
    assert (area["extent"], area["codes"]) == ("area", ["(b)(5)", "(b)(7)(C)", "Rule 9"])
    page = withheld(7, "--codes", "(b)(5)")
    assert (page["extent"], page["quads"]) == ("page", [])
    numbers = ("--missing-first", "BER-000040", "--missing-last", "BER-000051")
    gap = withheld(9, *numbers, "--codes", "b5")
    assert (gap["extent"], gap["missing_count"]) == ("range", 12)
    fewer = cli(
        "annotation", sample, "edit", str(gap["annotation"]), "--missing-last", "BER-000041",
        "--codes", "b5,b6", "--comment", "two", "--json",
    ).json["annotations"][0]  # fmt: skip
    assert (fewer["missing_count"], fewer["comment"]) == (2, "two")
    assert fewer["codes"] == ["(b)(5)", "(b)(6)"]
    cli("annotation", sample, "edit", str(gap["annotation"]), "--missing-last", "BER-000051")
    strange = cli("annotation", sample, "edit", str(area["annotation"]), "--comment", "who?")
    assert "Not in the list of this law: Rule 9." in strange.err
    named = cli(
        "annotate", sample, release, "--page", 13, "--kind", "withholding", "--find",
        "taken aside", "--nth", 1, "--json",
    ).json  # fmt: skip
    assert (named["extent"], named["text"].lower()) == ("area", "taken aside")
    listed = cli("withholdings", sample, release, "--json").json
    ours = {each["annotation"]: each for each in listed["withholdings"]}
    assert [code["known"] for code in ours[area["annotation"]]["codes"]] == [True, True, False]
    five = next(each for each in listed["grounds"] if each["code"] == "(b)(5)")
    assert five["pages"] >= 13
    assert "12 pages never delivered (BER-000040 to BER-000051)" in listed["draft"]
    shown = cli("withholdings", sample).out
    assert "Withheld under (b)(5) (" in shown
    backwards = ("--missing-first", "9", "--missing-last", "3")
    refused = cli("annotate", sample, release, "--page", 9, "--kind", "withholding", *backwards)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    for wrong in (
        ("--kind", "highlight"),
        ("--kind", "box", "--box", "1,1,9,9", "--extent", "page"),
        ("--kind", "ink", "--box", "1,1,9,9"),
    ):
        assert cli("annotate", sample, release, "--page", 1, *wrong).status == 2


def test_exemption_codes_need_no_case(cli: Cli) -> None:
    lists = cli("exemptions", "--json").json["vocabularies"]
    assert {"us-federal-foia", "uk-foia", "us-ny-foil"} <= {each["vocabulary"] for each in lists}
    codes = cli("exemptions", "7c", "--json").json["codes"]
    assert codes[0]["code"] == "(b)(7)(C)"
    assert cli("exemptions", "s40", "--law", "uk").out.startswith("s.40(1)")
    assert len(cli("exemptions", "--law", "us-tx", "--limit", 5, "--json").json["codes"]) == 5
    assert cli("exemptions", "--law", "nowhere").status == 1


def test_marks_of_a_file_are_listed_and_adopted(
    cli: Cli, sample: Path, corpus: Path, tmp_path: Path
) -> None:
    shutil.copy(corpus / "robust/synthetic/all_annotations.pdf", tmp_path / "marked.pdf")
    document = cli("import", sample, tmp_path / "marked.pdf", "--json").json["imported"][0]
    foreign = cli(
        "annotation", sample, "in-file", document["document"], "--json"
    ).json["file_marks"]  # fmt: skip
    assert len(foreign) == 16
    one = cli(
        "annotation", sample, "adopt", document["document"], foreign[0]["key"], "--json"
    ).json["annotations"]  # fmt: skip
    assert [(each["kind"], each["adopted"]) for each in one] == [(foreign[0]["kind"], True)]
    rest = cli("annotation", sample, "adopt", document["document"], "--json").json["annotations"]
    assert len(rest) == 15
    assert cli("annotation", sample, "adopt", document["document"]).status == 1


def test_a_quote_is_edited_with_marks_only(
    cli: Cli, sample: Path, release: str, passage: str
) -> None:
    quote = cli(
        "quote", sample, "add", "--document", release, "--page", 13, "--find", passage, "--json"
    ).json["quotes"][0]  # fmt: skip
    first = quote["text"].split()[0]
    edited = cli(
        "quote", sample, "edit", quote["quote"], "--edited", f"{first} [...]", "--json"
    ).json["quotes"][0]  # fmt: skip
    assert (edited["text"], edited["edited"]) == (quote["text"], f"{first} […]")
    refused = cli("quote", sample, "edit", quote["quote"], "--edited", "something else")
    assert refused.status == 1
    assert "the capture says" in refused.err
    part = cli(
        "quote", sample, "add", "--document", release, "--page", 13, "--box", "0,0,80,80", "--json"
    ).json["quotes"][0]  # fmt: skip
    assert part["region"] is True


def test_quotes_are_compared_with_their_pages(
    cli: Cli, sample: Path, release: str, passage: str
) -> None:
    checked = cli("quote", sample, "verify", "--json")
    assert checked.status == 0, "the sample's own quotes are right"
    assert {each["check"] for each in checked.json["quotes"]} >= {"same", "spoken"}
    keys = {"quote", "text", "source", "document", "page", "state", "terms", "check"}
    assert set(checked.json["quotes"][0]) >= keys
    quote = cli(
        "quote", sample, "add", "--document", release, "--page", 13, "--find", passage, "--json"
    ).json["quotes"][0]["quote"]  # fmt: skip
    assert cli("quote", sample, "verify", quote).out.split()[1] == "same"
    assert cli("quote", sample, "verify", "0" * 16).status == 1


def test_marks_are_carried_over_to_another_release(
    cli: Cli, sample: Path, release: str, tmp_path: Path
) -> None:
    page = cli("text", sample, release, "--page", 13, "--json").json["pages"][0]["text"]
    write_pdf(tmp_path / "Release 2.pdf", ["A cover sheet", page])
    later = cli("import", sample, tmp_path / "Release 2.pdf", "--json").json["imported"][0]
    marked = cli(
        "annotate", sample, release, "--page", 13, "--find", "taken aside", "--nth", 1,
        "--kind", "highlight", "--json",
    ).json  # fmt: skip
    tried = cli("carry", sample, release, later["document"], "--dry-run", "--json")
    assert tried.status == 3, "marks on other pages of the release have no place there"
    one = next(each for each in tried.json["carried"] if each["from"] == marked["annotation"])
    assert (one["annotation"], one["from_page"], one["page"]) == (None, 13, 2)
    done = cli("carry", sample, release, later["document"], "--json").json
    new = {each["from"]: each for each in done["carried"]}[marked["annotation"]]
    listed = cli("annotations", sample, later["document"], "--json").json["annotations"]
    assert new["annotation"] in {each["annotation"] for each in listed}
    assert {"annotation", "page", "kind", "text"} <= set(done["lost"][0])
    again = cli("carry", sample, release, later["document"], "--json").json
    assert (again["carried"], marked["annotation"] in again["there"]) == ([], True)
    assert cli("carry", sample, release, release).status == 1
    assert cli("carry", sample, release, later["document"], "--least", "2").status == 2
