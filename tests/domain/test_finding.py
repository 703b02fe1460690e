"""Finding on plain lines: folding, breaks at line ends, the stretch of each line."""

from __future__ import annotations

import pytest

from casefile.domain.errors import UserError
from casefile.domain.finding import MAX_NEEDLE, FindOptions, Matcher, Run, fold, letters


def find(lines: list[str], needle: str, **options: bool) -> list[tuple[Run, ...]]:
    return Matcher(needle, FindOptions(**options)).find(lines)


def words(lines: list[str], needle: str, **options: bool) -> list[str]:
    """What was found, as it stands in the lines."""
    found = find(lines, needle, **options)
    return ["|".join(lines[r.line][r.start : r.end] for r in runs) for runs in found]


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


def test_whole_words() -> None:
    lines = ["waiver waivers, (waiver) non-waiver", "wai-", "ver"]
    assert words(lines, "waiver", words=True) == ["waiver", "waiver", "waiver", "wai-|ver"]
    assert words(["withheld (b)(5) here"], "(b)(5)", words=True) == ["(b)(5)"]


def test_case_and_accents_as_they_are_written() -> None:
    lines = ["Resume résumé RESUME", "re\u0301sume\u0301"]
    assert len(words(lines, "resume")) == 4
    assert words(lines, "Resume", case=True) == ["Resume"]
    assert words(lines, "résumé", accents=True) == ["résumé", "re\u0301sume"]
    assert words(lines, "resume", accents=True) == ["Resume", "RESUME"]
    assert words(lines, "RESUME", case=True, accents=True) == ["RESUME"]


@pytest.mark.parametrize(
    ("lines", "pattern", "found"),
    [
        (["SSN 123-45-6789."], r"\d{3}-\d{2}-\d{4}", ["123-45-6789"]),
        (["the cooling", "waiver"], "cooling waiver", ["cooling|waiver"]),
        (["Subject: one", "the Subject: two"], "^Subject: .*$", ["Subject: one"]),
        (["a confi-", "dential memo"], r"\bconfidential\b", ["confi|dential"]),
        (["no. 2020-", "17221"], r"2020-\d+", ["2020-|17221"]),
        (["naïve Café"], "na[iï]ve cafe", ["naïve Café"]),
        (["so\u00adft"], "soft", ["so\u00adft"]),
        (["oﬀice"], "of{2}ice", ["oﬀice"]),
        (["(b)(5) (b)(6)"], r"\(b\)\([56]\)", ["(b)(5)", "(b)(6)"]),
        (["anything"], "x*", []),
    ],
)
def test_patterns(lines: list[str], pattern: str, found: list[str]) -> None:
    assert words(lines, pattern, pattern=True) == found


def test_a_pattern_heeds_the_other_options() -> None:
    lines = ["Waiver waivers WAIVER"]
    assert words(lines, "w.iver", pattern=True, case=True) == ["waiver"]
    assert words(lines, "w.iver", pattern=True, words=True) == ["Waiver", "WAIVER"]


def test_what_is_no_pattern_is_refused_with_its_reason() -> None:
    with pytest.raises(UserError) as refused:
        Matcher("(waiver", FindOptions(pattern=True))
    assert refused.value.code == "find.pattern"
    assert "missing )" in str(refused.value.values["reason"])
    assert Matcher("(waiver").find(["a (waiver)"])


def test_a_pattern_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casefile.domain.finding.PATIENCE", 0.05)
    matcher = Matcher(r"(a|aa|a?)+$", FindOptions(pattern=True))
    with pytest.raises(UserError) as refused:
        matcher.find(["a" * 5000 + "b"])
    assert refused.value.code == "find.slow"


@pytest.mark.parametrize("needle", ["§", "—", "€ 5", "(b)"])
def test_a_page_is_never_passed_over_wrongly(needle: str) -> None:
    matcher = Matcher(needle)
    assert matcher.may_be_in(f"words {needle} words")
    assert matcher.find([f"words {needle} words"])


def test_bare_letters_tell_what_cannot_be_there() -> None:
    assert letters("The re-\ngional_director’s") == "theregional_directors"
    assert not Matcher("waiver").may_be_in("other words")
