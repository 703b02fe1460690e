"""Every kind of letter for every law fills in, cites its law, and lets no template do harm."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from casefile import shipped
from casefile.domain.errors import UserError
from casefile.domain.letters import LetterFacts, LetterKind, Section, WithheldGround, unfilled
from casefile.services import letter_templates

#: A law of each folder, and what its letters cite besides their own kind's section.
LAWS = {
    "us-federal": "5 U.S.C. § 552",
    "us-ny": "Public Officers Law 89(3)",
    "uk": "Freedom of Information Act 2000",
    "uk-eir": "Environmental Information Regulations 2004",
    "uk-sct": "Freedom of Information (Scotland) Act 2002",
    "eu": "1049/2001",
    "ie": "Freedom of Information Act 2014",
    "de-federal": "IFG",
    "ca-federal": "Access to Information Act",
    "au-federal": "Freedom of Information Act 1982",
    "nz": "Official Information Act",
}
#: The section that carries a kind of letter under a law.
SECTIONS = {
    ("us-federal", "request"): "552(a)(6)(A)(i)",
    ("us-federal", "reminder"): "552(a)(6)(C)(i)",
    ("us-federal", "clarification_reply"): "552(a)(6)(A)(ii)(I)",
    ("us-federal", "narrowing"): "552(a)(6)(B)(ii)",
    ("us-federal", "fee_waiver"): "552(a)(4)(A)(iii)",
    ("us-federal", "fee_objection"): "552(a)(4)(A)(viii)",
    ("us-federal", "appeal"): "552(a)(6)(A)(i)(III)(aa)",
    ("us-federal", "complaint"): "552(h)(3)",
    ("us-federal", "still_interested"): "552(a)(7)(B)",
    ("uk", "request"): "section 10(1)",
    ("uk", "reminder"): "ection 10(1)",
    ("uk", "clarification_reply"): "section 1(3)",
    ("uk", "narrowing"): "section 16",
    ("uk", "fee_waiver"): "section 9",
    ("uk", "fee_objection"): "regulation 4(3)",
    ("uk", "appeal"): "section 45",
    ("uk", "complaint"): "section 50",
    ("uk-eir", "appeal"): "regulation 11",
    ("uk-eir", "complaint"): "regulation 18",
    ("uk-eir", "reminder"): "egulation 5(2)",
    ("uk-sct", "appeal"): "section 20",
    ("uk-sct", "complaint"): "section 47",
    ("eu", "appeal"): "Article 7(2)",
    ("eu", "reminder"): "Article 7(4)",
    ("ie", "appeal"): "section 21",
    ("ie", "complaint"): "section 22",
    ("de-federal", "appeal"): "§ 9 Abs. 4 IFG",
    ("de-federal", "reminder"): "§ 75 VwGO",
    ("ca-federal", "complaint"): "section 30",
    ("ca-federal", "reminder"): "section 10(3)",
    ("au-federal", "appeal"): "section 54B",
    ("au-federal", "complaint"): "section 54L",
    ("au-federal", "fee_waiver"): "section 29(5)(b)",
}


def facts(law: str) -> LetterFacts:
    return LetterFacts(
        law_id=law,
        law_name="Official Information Act" if law == "nz" else "Freedom of Information Law",
        citation="Public Officers Law 89(3)" if law == "us-ny" else "s. 12",
        agency="Office of Filters",
        office=("1 Main Street", "Springfield"),
        requester="Robin Vale",
        numbers=("F-2026-00114", "14/B"),
        subject="filter tests",
        scope="All filter tests.",
        today="28 November 2026",
        sent_on="1 May 2026",
        received_on="2 May 2026",
        due_on="1 June 2026",
        days_late=180,
        answer="I mean the tests of 2025.",
        withheld=(WithheldGround("(b)(5)", "Withheld under (b)(5): 1 area.", ("p. 3",), "No."),),
        sections=(Section("Inadequate search", "You looked in one place."),),
        gaps=("F-000012 to F-000019",),
    )


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("law", LAWS)
def test_a_letter_of_each_kind_reads_right_under_each_law(law: str, kind: LetterKind) -> None:
    template = letter_templates.source(law, kind)
    for known in (LetterFacts(), facts(law)):
        letter = letter_templates.render(template, known)
        assert not set("{}") & set(letter)
        assert "[[" not in letter
        assert "  " not in letter.replace("\n", "")
        assert "None" not in letter
        assert "\n\n\n" not in letter
    assert LAWS[law] in letter
    assert SECTIONS.get((law, kind.value), "") in letter
    assert set(unfilled(letter)) <= {"[name of the reviewing body]"}
    assert letter.rstrip().endswith("Robin Vale")


@pytest.mark.parametrize("law", LAWS)
def test_the_parts_of_a_letter_are_apart(law: str) -> None:
    for kind in LetterKind:
        letter = letter_templates.render(letter_templates.source(law, kind), facts(law))
        lines = letter.splitlines()
        long = [at for at, line in enumerate(lines) if len(line) > 120]
        assert not [at for at in long if lines[at - 1] or lines[at + 1]], letter


def test_every_phrase_that_a_law_words_stands_in_a_letter() -> None:
    known = set(letter_templates.phrases("nowhere"))
    for folder in shipped.path("letters").iterdir():
        if (folder / "phrases.toml").is_file():
            assert set(letter_templates.phrases(folder.name)) <= known


def test_a_law_that_nobody_knows_gets_the_general_letters() -> None:
    letter = letter_templates.render(
        letter_templates.source("../../secrets", LetterKind.REMINDER), facts("nz")
    )
    assert "Official Information Act (s. 12) sets a time" in letter


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__ }}",
        "{{ agency.__class__.__mro__ }}",
        "{{ self }}",
        "{{ agency.upper() }}",
        "{{ '{0.__class__}'.format(agency) }}",
        "{{ range(10) }}",
        "{{ lipsum() }}",
        "{{ cycler }}",
        "{% for x in range(100000000) %}x{% endfor %}",
        "{% set x = 'a' %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 9 ** 999999999 }}",
        "{{ 'a' * 999999999 }}",
        "{{ 'a' + 'b' }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'a'|center(999999999) }}",
        "{{ agency|attr('__class__') }}",
        "{{ numbers|map('upper') }}",
        "{{ numbers|counted }}",
        "{{ agency[0] }}",
        "{{ numbers }}",
        "{{ [1] }}",
        "{{ (numbers|length).__class__ }}",
        "{% for letter in agency %}{{ letter }}{% endfor %}",
        "{% for a in numbers recursive %}{{ loop(numbers) }}{% endfor %}",
        "{{ nothing_of_that_name }}",
        "{% if nothing_of_that_name %}x{% endif %}",
        "{{ agency",
        "{% if %}",
        "{{ " + "(" * 5_000 + "agency" + ")" * 5_000 + " }}",
        "{{ " + "not " * 10_000 + "agency }}",
        "{{ agency" + " ~ agency" * 5_000 + " }}" + "{% if agency %}" * 50 + "{% endif %}" * 50,
    ],
)
def test_a_template_can_do_nothing_but_fill_in(template: str) -> None:
    with pytest.raises(UserError) as refusal:
        letter_templates.render(template, facts("nz"))
    assert refusal.value.code == "letter.template"


def test_loops_within_loops_end() -> None:
    many = LetterFacts(numbers=tuple("x" * 500))
    nested = "{% for a in numbers %}" * 6 + "{% endfor %}" * 6
    with pytest.raises(UserError) as refusal:
        letter_templates.render(nested, many)
    assert "too often" in str(refusal.value.values["reason"])


def test_a_letter_does_not_grow_without_end() -> None:
    long = LetterFacts(scope="x" * 1_000, numbers=tuple("x" * 10_000))
    with pytest.raises(UserError) as refusal:
        letter_templates.render("{% for a in numbers %}{{ scope }}{% endfor %}", long)
    assert refusal.value.code == "letter.too_long"
    with pytest.raises(UserError) as refusal:
        letter_templates.render(" " * 70_000, long)
    assert refusal.value.code == "letter.too_long"


def test_what_was_typed_into_a_request_is_never_taken_for_a_template() -> None:
    typed = LetterFacts(scope="{{ agency }} [[head]] {% endif %}", agency="A & B <x>")
    letter = letter_templates.render("{{ agency }}: {{ scope }}", typed)
    assert letter == "A & B <x>: {{ agency }} [[head]] {% endif %}\n"


def test_the_handbook_lists_every_name_that_a_template_may_use() -> None:
    page = shipped.path("help", "letters.md").read_text("utf-8")
    listed = set(re.findall(r"`(\w+)`", page.partition("The names:")[2]))
    assert listed == {field.name for field in fields(LetterFacts)} - {"law_id"}


@pytest.mark.parametrize(
    ("template", "letter"),
    [
        ("{{ agency|upper }} {{ agency|lower }}", "OFFICE OF FILTERS office of filters\n"),
        ("{{ answer|trim|capitalize }}", "I mean the tests of 2025.\n"),
        ("{{ numbers|listed }}; {{ agency|listed }}", "F-2026-00114, 14/B; Office of Filters\n"),
        ("{{ numbers|length }}{% if agency is defined %}!{% endif %}", "2!\n"),
        ("{% if agency is none %}x{% else %}y{% endif %}", "y\n"),
        ("{% for a in numbers %}\n{{ a }}\n{% endfor %}\n", "F-2026-00114\n14/B\n"),
    ],
)
def test_what_a_template_may_do(template: str, letter: str) -> None:
    assert letter_templates.render(template, facts("nz")) == letter


@pytest.mark.parametrize(
    "template", ["{{ numbers|upper }}", "{{ withheld|listed }}", "{{ _x }}", "{{ agency._x }}"]
)
def test_only_words_can_be_written(template: str) -> None:
    with pytest.raises(UserError) as refusal:
        letter_templates.render(template, facts("nz"))
    assert refusal.value.code == "letter.template"
