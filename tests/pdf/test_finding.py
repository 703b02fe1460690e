"""Finding on plain lines: folding, breaks at line ends, the stretch of each line."""

from __future__ import annotations

import pytest

from casefile.pdf.worker.finding import MAX_NEEDLE, Run, find, fold


@pytest.mark.parametrize(
    ("lines", "needle", "runs"),
    [
        (["Hello there"], "hello", [Run(0, 0, 5)]),
        (["a Freedom of", "Information Act"], "freedom of information", [Run(0, 2, 12),
                                                                        Run(1, 0, 11)]),
        (["the confi-", "dential memo"], "confidential", [Run(0, 4, 10), Run(1, 0, 7)]),
        (["a well-", "known man"], "well-known", [Run(0, 2, 7), Run(1, 0, 5)]),
        (["a well-known man"], "well-known", [Run(0, 2, 12)]),
        (["a well\u2011known man"], "well-known", [Run(0, 2, 12)]),
        (["soft\u00adhyphen"], "softhyphen", [Run(0, 0, 11)]),
        (["softhyphen"], "soft\u00adhyphen", [Run(0, 0, 10)]),
        (["Café"], "cafe", [Run(0, 0, 4)]),
        (["Cafe\u0301 x"], "café", [Run(0, 0, 4)]),
        (["oﬀice"], "office", [Run(0, 0, 5)]),
        (["office"], "oﬃce", [Run(0, 0, 6)]),
        (["Straße"], "STRASSE", [Run(0, 0, 6)]),
        (["“quoted” – it’s"], '"quoted" - it\'s', [Run(0, 0, 15)]),
        (["two  blanks"], "two blanks", [Run(0, 0, 11)]),
        (["C:\\x (a+b)* [c]"], "\\x (a+b)* [c]", [Run(0, 2, 15)]),
        (["司法", "部决定"], "司法部", [Run(0, 0, 2), Run(1, 0, 1)]),
    ],
)  # fmt: skip
def test_one_occurrence(lines: list[str], needle: str, runs: list[Run]) -> None:
    assert find(lines, needle) == [tuple(runs)]


def test_every_occurrence_without_overlap() -> None:
    assert len(find(["aaaa"], "aa")) == 2
    assert len(find(["the cat", "The CAT"], "the cat")) == 2


@pytest.mark.parametrize("needle", ["", "   ", "\u00ad", "absent", "\n"])
def test_nothing(needle: str) -> None:
    assert find(["some text"], needle) == []


def test_a_hyphen_inside_a_line_is_not_skipped() -> None:
    assert find(["co-operate"], "cooperate") == []


def test_a_very_long_needle_is_cut() -> None:
    assert len(find(["x" * (MAX_NEEDLE + 10)], "x" * (MAX_NEEDLE + 5))) == 1


def test_folding_keeps_scripts_apart() -> None:
    assert fold("A") == "a"
    assert fold("Å") == "a"
    assert fold("и") != fold("n")
