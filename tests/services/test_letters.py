"""Letters drafted from what the case knows of a request, kept with it, and never given away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from casefile.domain.annotations import Extent
from casefile.domain.geometry import Box
from casefile.domain.letters import LetterKind, unfilled
from casefile.domain.requests import Bucket, EventKind
from casefile.services import (
    exemptions,
    laws,
    letter_check,
    letter_grounds,
    letters,
    page_ledger,
    request_events,
    requests,
    sources,
    withholding,
)
from casefile.services.case import Case
from casefile.services.importing import ImportChoices
from casefile.services.letters import LetterChoices
from tests.services.conftest import BringIn
from tests.services.material import refused
from tests.services.there_and_back import there_and_back

TODAY = LetterChoices(date(2026, 11, 28))
AREA = Box(50, 40, 400, 80)


def ask(case: Case, law: str = "us-federal") -> str:
    (request_id,) = requests.add(
        case, agency="Office of Filters", law=law, subject="filter tests", sent_on="2026-05-01",
        tracking_number="F-2026-00114", requester="Robin Vale", scope="All filter tests.",
        period_from="2025-01-01", period_to="2025-12-31", fee_ceiling=2500, currency="USD",
        waiver_asked=True, expedited_asked=True,
    ).ids("request")  # fmt: skip
    return request_id


def release(case: Case, bring_in: BringIn, request_id: str) -> str:
    choices = ImportChoices(request_id=request_id)
    return bring_in("Release 1.pdf", ["page 1", "page 2", "page 3"], choices)


# Drafts -----------------------------------------------------------------------------------------


def test_a_request_says_what_the_case_knows(case: Case) -> None:
    request_id = ask(case)
    office = requests.agencies(case)[0]
    requests.edit_agency(case, office.id, address="1 Main Street\nSpringfield")
    letter = letters.draft(case, request_id, LetterKind.REQUEST, TODAY)
    assert letter.startswith(
        "Robin Vale\n\nNovember 28, 2026\n\nOffice of Filters\n1 Main Street\n"
    )
    assert "Your reference: F-2026-00114" in letter
    assert "All filter tests." in letter
    assert "records from January 1, 2025 to December 31, 2025" in letter
    assert "up to USD 25.00" in letter
    assert "552(a)(4)(A)(iii)" in letter, "the waiver that was asked for"
    assert "I certify that this statement is true" in letter
    assert unfilled(letter) == ()


def test_every_law_has_every_letter(case: Case) -> None:
    request_id = ask(case)
    every = (*laws.ids(), "", "the by-laws of the harbour")
    for law, kind in product(every, (LetterKind.REQUEST, LetterKind.APPEAL)):
        if kind is LetterKind.REQUEST:
            requests.edit(case, request_id, law=law)
        letter = letters.draft(case, request_id, kind, TODAY)
        assert not set("{}") & set(letter)
        assert set(unfilled(letter)) <= {
            "[your answer]", "[the narrower scope]", "[name of the reviewing body]",
            "[name of the law]",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "event", "said"),
    [
        (LetterKind.CLARIFICATION_REPLY, EventKind.CLARIFICATION, "question of 3 June 2026"),
        (LetterKind.STILL_INTERESTED, EventKind.STILL_INTERESTED, "letter of 3 June 2026"),
        (LetterKind.FEE_OBJECTION, EventKind.FEE_ESTIMATE, "costs of 3 June 2026"),
        (LetterKind.APPEAL, EventKind.DENIAL, "decision of 3 June 2026"),
        (LetterKind.COMPLAINT, EventKind.APPEAL_DECISION, "Answer to it: 3 June 2026"),
    ],
)
def test_a_letter_names_the_letter_that_it_answers(
    case: Case, kind: LetterKind, event: EventKind, said: str
) -> None:
    request_id = ask(case, "uk")
    request_events.log(case, request_id, event, dated="2026-06-03", amount=123450, currency="GBP")
    letter = letters.draft(case, request_id, kind, TODAY)
    assert said in letter
    assert ("GBP 1,234.50" in letter) == (kind is LetterKind.FEE_OBJECTION)


def test_a_reminder_says_since_when_an_answer_is_due(case: Case) -> None:
    request_id = ask(case, "uk")
    request_events.log(case, request_id, EventKind.RECEIVED, received="2026-05-01")
    facts = letters.facts_for(case, request_id, LetterKind.REMINDER, TODAY)
    assert facts.due_on == "2 June 2026"
    assert facts.days_late == 179
    assert "ended on 2 June 2026, 179 days ago" in letters.draft(
        case, request_id, LetterKind.REMINDER, TODAY
    )


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025-01-01", None, "from January 1, 2025 up to the day of your search"),
        (None, "2025-12-31", "from any time up to December 31, 2025"),
        (None, None, "All filter tests."),
    ],
)
def test_a_period_may_be_open(case: Case, first: str | None, last: str | None, said: str) -> None:
    request_id = ask(case)
    requests.edit(case, request_id, period_from=first, period_to=last)
    assert said in letters.draft(case, request_id, LetterKind.REQUEST, TODAY)


# The appeal -------------------------------------------------------------------------------------


def test_an_appeal_names_each_withholding_with_page_code_and_argument(
    case: Case, bring_in: BringIn
) -> None:
    request_id = ask(case)
    document_id = release(case, bring_in, request_id)
    other = bring_in("Another.pdf", ["page 1"])
    add = withholding.add
    add(case, document_id, 1, box=AREA, codes=["b5"], comment="Jo says this is the memo")
    add(case, document_id, 2, extent=Extent.PAGE, codes=["(b)(5)", "(b)(7)(E)", "X-9"])
    add(case, document_id, 3, count=7, first="EPA-000013", last="EPA-000019")
    add(case, other, 1, box=AREA, codes=["(b)(4)"])
    letter = letters.draft(case, request_id, LetterKind.APPEAL, TODAY)
    five = letter.index("Withheld under (b)(5) (")
    seven = letter.index("Withheld under (b)(7)(E) (")
    nine = letter.index("Withheld under X-9: 1 page")
    none = letter.index("Withheld without a stated ground: 7 pages")
    assert five < seven < nine < none
    assert "- Release 1.pdf, p. 1\n- Release 1.pdf, p. 2, the whole page\n" in letter[five:seven]
    assert "predecisional and deliberative" in letter[five:seven]
    assert "techniques, procedures" in letter[seven:nine]
    assert "after p. 3, 7 pages never delivered (EPA-000013 to EPA-000019)" in letter[none:]
    assert "(b)(4)" not in letter, "that document was not released for this request"
    assert "Jo says" not in letter, "what the reporter noted stays in the case"
    left_out = LetterChoices(date(2026, 11, 28), left_out=("(b)(5)",))
    shorter = letters.draft(case, request_id, LetterKind.APPEAL, left_out)
    assert "Withheld under (b)(5) (" not in shorter
    assert "Withheld under (b)(7)(E) (" in shorter


def test_what_a_confidential_source_gave_is_not_in_an_appeal(case: Case, bring_in: BringIn) -> None:
    request_id = ask(case)
    (heron,) = sources.add(case, name="Jo Doe", code_name="HERON", confidential=True).ids("source")
    leak = bring_in("Leak.pdf", ["x"], ImportChoices(request_id=request_id, source_id=heron))
    withholding.add(case, leak, 1, box=AREA, codes=["(b)(5)"])
    assert letter_grounds.withheld(case, request_id, "us-federal") == ()
    assert letter_grounds.suggested(case, request_id, "us-federal") == frozenset()


def test_every_code_of_every_law_has_an_argument_and_none_is_given_up() -> None:
    for vocabulary in exemptions.vocabularies():
        for code in vocabulary.codes:
            said = letter_grounds.argument(vocabulary.jurisdiction, code.code, code.parent)
            assert len(said) > 60, code.code
            assert "cannot be appealed" not in said.lower()
    for law in ("us-federal", "us-ny", "uk", "nz"):
        assert len(letter_grounds.argument(law, "")) > 60
        assert len(letter_grounds.argument(law, "no such code")) > 60


@pytest.mark.parametrize(
    ("law", "code", "parent", "words"),
    [
        ("us-federal", "(b)(1)", "", "properly classified"),
        ("us-federal", "1.4(c)", "", "properly classified"),
        ("us-federal", "50 U.S.C. 3024(i)", "(b)(3)", "withholding statute"),
        ("us-federal", "(b)(5) PCP", "(b)(5)", "predecisional"),
        ("us-federal", "(b)(7)(D)", "(b)(7)", "assurance"),
        ("uk", "s.12", "", "£25 an hour"),
        ("uk", "s.14(1)", "", "vexatious"),
        ("uk", "s.22A", "", "research programme"),
        ("uk", "s.35(1)(a)", "", "qualified"),
        ("uk", "s.36(2)(b)(i)", "", "qualified person"),
        ("uk", "s.40(2)", "", "legitimate interest"),
        ("uk-eir", "reg.12(5)(e)", "", "legitimate economic interest"),
        ("uk-sct", "s.18", "", "would be contrary to the public interest"),
        ("de-federal", "§ 3 Nr. 3", "", "consulting itself"),
        ("ca-federal", "19(1)", "", "Privacy Act"),
        ("au-federal", "s 24A", "", "reasonable steps"),
        ("us-ny", "87(2)(b)", "", "construed narrowly"),
    ],
)  # fmt: skip
def test_the_argument_is_the_one_against_this_code(
    law: str, code: str, parent: str, words: str
) -> None:
    assert words in letter_grounds.argument(law, code, parent)


def test_ticked_grounds_are_sections_and_others_are_not(case: Case) -> None:
    request_id = ask(case)
    choices = LetterChoices(date(2026, 11, 28), checked=("search", "foreseeable_harm"))
    letter = letters.draft(case, request_id, LetterKind.APPEAL, choices)
    assert "\nForeseeable harm\n\nUnder 5 U.S.C. § 552(a)(8)(A)(i)" in letter
    assert "\nInadequate search\n\nThe agency must make a search" in letter
    assert "\nSegregability\n" not in letter
    assert "Glomar" not in letter


def test_each_law_has_its_checklist() -> None:
    def ids(law: str) -> set[str]:
        return {item.id for item in letter_grounds.checklist(law)}

    common = {"partial", "public_interest", "search", "fee", "delay", "ncnd"}
    assert ids("us-federal") == common | {"urgency", "foreseeable_harm"}
    assert ids("nz") == common | {"urgency"}
    assert "urgency" not in ids("uk"), "that Act knows no urgent treatment"
    glomar = {item.id: item for item in letter_grounds.checklist("us-federal")}["ncnd"]
    assert "officially acknowledged" in glomar.text


def test_each_british_exemption_has_its_neither_confirm_nor_deny_limb() -> None:
    limbs = [code for code, _ in letter_grounds.limbs("uk")]
    assert {"s.23(5)", "s.24(2)", "s.31(3)", "s.40(5B)", "s.44(2)"} <= set(limbs)
    items = {item.id: item for item in letter_grounds.checklist("uk")}
    for code in limbs:
        assert f"You rely on {code} (" in items[f"ncnd {code}"].text
    assert letter_grounds.limbs("us-federal") == ()


def test_the_withholdings_speak_for_items_of_the_checklist(case: Case, bring_in: BringIn) -> None:
    request_id = ask(case, "uk")
    document_id = release(case, bring_in, request_id)
    assert letter_grounds.suggested(case, request_id, "uk") == frozenset()
    withholding.add(case, document_id, 1, extent=Extent.ANSWER, codes=["s.40(5B)"])
    assert letter_grounds.suggested(case, request_id, "uk") == {
        "public_interest", "ncnd", "ncnd s.40(5B)",
    }  # fmt: skip
    withholding.add(case, document_id, 2, extent=Extent.PAGE, codes=["s.42"])
    assert "partial" in letter_grounds.suggested(case, request_id, "uk")


def test_pages_that_are_missing_from_the_ledger_are_asked_for(case: Case) -> None:
    request_id = ask(case)
    page_ledger.add(case, request_id, Bucket.MISSING, 8, first="F-12", last="F-19")
    request_events.log(case, request_id, EventKind.INTERIM_RELEASE, dated="2026-06-03", pages=11)
    letter = letters.draft(case, request_id, LetterKind.APPEAL, TODAY)
    assert "- F-12 to F-19 (8 pages)\n- 3 pages of the 11 that you speak of\n" in letter


# Keeping ----------------------------------------------------------------------------------------


@pytest.fixture
def leaked(case: Case, bring_in: BringIn) -> str:
    (heron,) = sources.add(case, name="Jo Doe", code_name="HERON", confidential=True).ids("source")
    page = "note 7731-0442: the tests were left out of the annual report on purpose"
    return bring_in("Leak.pdf", [page], ImportChoices(source_id=heron))


def test_a_letter_is_kept_edited_deleted_and_all_of_it_undone(case: Case) -> None:
    request_id, kind = ask(case), LetterKind.REMINDER
    there_and_back(case, lambda: letters.keep(case, request_id, kind, "Answer.", " First "))
    (letter,) = letters.listing(case, request_id)
    assert (letter.kind, letter.title, letter.text) == ("reminder", "First", "Answer.")
    there_and_back(case, lambda: letters.edit(case, letter.id, text="Please.", title="Second"))
    assert letters.get(case, letter.id).title == "Second"
    there_and_back(case, lambda: letters.delete(case, [letter.id]))
    assert letters.listing(case, request_id) == []


def test_a_letter_that_shows_what_a_source_gave_needs_a_reason(case: Case, leaked: str) -> None:
    request_id = ask(case)
    text = "Please send note 7731-0442."
    (finding,) = letters.findings(case, request_id, text)
    assert (finding.words, finding.label, finding.document_id) == ("7731-0442", "HERON", leaked)
    for reason in ("", "  "):
        with refused("letter.findings"):
            letters.keep(case, request_id, LetterKind.REQUEST, text, reason=reason)
    assert letters.listing(case, request_id) == []
    letters.keep(case, request_id, LetterKind.REQUEST, text, reason="It was in the papers.")
    (letter,) = letters.listing(case, request_id)
    assert letter.findings_reason == "It was in the papers."
    letters.edit(case, letter.id, text=f"{text} Thank you.")
    worse = "Note 7731-0442: the tests were left out of the annual report."
    with refused("letter.findings"):
        letters.edit(case, letter.id, text=worse)
    letters.edit(case, letter.id, text="Please send the notes on the tests.")
    assert letters.get(case, letter.id).findings_reason == "", "nothing is shown any more"


def test_a_reason_is_not_kept_where_nothing_was_found(case: Case) -> None:
    letters.keep(case, ask(case), LetterKind.REQUEST, "All tests.", reason="No need.")
    assert letters.listing(case, requests.listing(case)[0].id)[0].findings_reason == ""


def test_the_number_that_the_agency_gave_is_no_finding(case: Case, leaked: str) -> None:
    request_id = ask(case)
    requests.edit(case, request_id, tracking_numbers=("7731-0442",))
    assert letters.findings(case, request_id, "Your number 7731-0442.") == ()


def test_what_was_asked_is_checked_too(case: Case, leaked: str) -> None:
    request_id = ask(case)
    requests.edit(case, request_id, scope="Note 7731-0442.")
    assert [each.words for each in letter_check.of_request(case, request_id)] == ["7731-0442"]


def test_letters_of_requests_that_do_not_exist_are_refused(case: Case) -> None:
    request_id = ask(case)
    with refused("request.not_found"):
        letters.keep(case, "0" * 16, LetterKind.REQUEST, "x")
    with refused("letter.empty"):
        letters.keep(case, request_id, LetterKind.REQUEST, " \n")
    with refused("letter.too_long"):
        letters.keep(case, request_id, LetterKind.REQUEST, "x" * 2_000_000)
    with refused("letter.not_found"):
        letters.edit(case, "0" * 16, text="x")


# Templates of one's own -------------------------------------------------------------------------


def test_a_template_of_ones_own_wins_until_it_is_given_up(case: Case) -> None:
    request_id, law, kind = ask(case), "us-federal", LetterKind.REMINDER
    ours = letters.template(case, law, kind)
    letters.edit_template(case, law, kind, "First {{ agency }}")
    there_and_back(case, lambda: letters.edit_template(case, law, kind, "Dear {{ agency }}!"))
    assert letters.draft(case, request_id, kind, TODAY) == "Dear Office of Filters!\n"
    assert letters.draft(case, ask(case, "uk"), kind, TODAY).startswith("Robin")
    there_and_back(case, lambda: letters.reset_template(case, law, kind))
    assert letters.template(case, law, kind) == ours


def test_a_template_that_cannot_be_filled_in_is_not_kept(case: Case) -> None:
    with refused("letter.template"):
        letters.edit_template(case, "uk", LetterKind.REMINDER, "{{ no_such_name }}")


def test_an_appeal_says_that_it_is_in_time_only_where_that_is_known(case: Case) -> None:
    request_id = ask(case)
    request_events.log(case, request_id, EventKind.RECEIVED, received="2026-09-01")
    request_events.log(case, request_id, EventKind.DENIAL, dated="2026-10-01", appeal_offered=True)
    letter = letters.draft(case, request_id, LetterKind.APPEAL, TODAY)
    assert "in time, which ends on December 30, 2026" in letter
    late = replace(TODAY, today=date(2027, 2, 1))
    assert "in time" not in letters.draft(case, request_id, LetterKind.APPEAL, late)
