"""The table of quotes opens in a spreadsheet and runs nothing there."""

from __future__ import annotations

import csv
import io

import pytest

from casefile.services.leaving.quotes_csv import COLUMNS, harmless, quotes_csv
from tests.services.leaving.samples import document, quote


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "  =cmd", "＝1"])
def test_a_cell_that_would_run_is_disarmed(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "a=b", "41 of 42", "“yes”", "5-3"])
def test_other_cells_stay_word_for_word(cell: str) -> None:
    assert harmless(cell) == cell


def test_lines_commas_and_quotation_marks_come_back(tmp_path: object) -> None:
    words = 'She said: "no",\nthen left, =HYPERLINK("x")'
    rows = list(csv.DictReader(io.StringIO(quotes_csv([quote(text=words)]).decode(), newline="")))
    assert [row["text"] for row in rows] == [words]
    assert tuple(rows[0]) == COLUMNS


def test_the_place_is_given() -> None:
    (row,) = csv.DictReader(
        io.StringIO(quotes_csv([quote(text="x", page=2, of=document())]).decode(), newline="")
    )
    assert row["page"] == "2"
    assert row["page_label"] == "BER-000002"
    assert row["file"] == "data/documents/001 Letter.pdf"
