"""The verb that reads pages which are pictures, and what import says of them."""

from __future__ import annotations

from pathlib import Path

from casefile.pdf.workers import PdfWorkers
from tests import scans
from tests.cli.conftest import Cli


def test_scans_are_read_and_found(cli: Cli, tmp_path: Path) -> None:
    case, scan, other = tmp_path / "case", tmp_path / "scan.pdf", tmp_path / "other.pdf"
    with PdfWorkers() as workers:
        scan.write_bytes(scans.scan(workers, tmp_path / "typed", ["A waiver for cooling towers"]))
        other.write_bytes(scans.scan(workers, tmp_path / "typed", ["Not to be read", ""]))
    cli("new", case)
    brought = cli("import", case, scan, "--json").json["imported"][0]
    assert (brought["pages_with_text"], brought["pages_awaiting_ocr"]) == (0, 1)
    off = cli("import", case, other, "--ocr", "off", "--json").json["imported"][0]
    read = cli("ocr", case, "--json")
    assert read.status == 0
    assert read.json["pages_done"] == 1
    assert read.json["pages_waiting"] == 0
    assert read.json["failed"] == []
    page = cli("text", case, brought["document"], "--json").json["pages"][0]
    assert (page["text"], page["ocr"]) == ("A waiver for cooling towers", True)
    assert cli("search", case, "cooling", "--json").json["hits"][0]["page"] == 1
    found = ("--page", 1, "--find", "cooling towers")
    mark = cli("annotate", case, brought["document"], *found, "--kind", "highlight", "--json").json
    assert mark["text"] == "cooling towers"
    (quad,) = mark["quads"]  # typed at 72, 700 in 12 points: "A waiver for " is 66.7 points wide
    assert abs(quad[0] - 138.7) < 2
    assert 78 < quad[1] < quad[5] < 98
    quoted = cli("quote", case, "add", "--document", brought["document"], *found, "--json").json
    assert quoted["quotes"][0]["text"] == "cooling towers"
    again = cli("ocr", case, "--json").json
    assert (again["pages_done"], again["pages_waiting"]) == (0, 0)
    named = cli("ocr", case, off["document"], "--json").json
    assert (named["pages_done"], named["pages_waiting"]) == (2, 0)


def test_wrong_wishes(cli: Cli, sample: Path) -> None:
    assert cli("ocr", sample, "0" * 16).status == 1
    assert cli("ocr", sample, "--languages", "eng").status == 2
    document = cli("documents", sample, "--json").json["documents"][0]["document"]
    refused = cli("ocr", sample, document, "--languages", "tlh")
    assert refused.status == 1
    assert "tlh" in refused.err
