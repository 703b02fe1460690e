"""The recovery code: read as people copy it from paper."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.errors import UserError
from casefile.security.recovery_code import canonical, new_code, shown

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = "01234-56789-ABCDE-FGHJK-MNPQR-S9FZT"


def malformed(code: str) -> bool:
    with pytest.raises(UserError) as error:
        canonical(code)
    return error.value.code == "recovery.malformed"


def test_a_code_is_six_groups_of_five_without_look_alikes() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}", code)
        assert shown(canonical(code)) == code


def test_all_130_bits_are_used() -> None:
    symbols = {symbol for _ in range(200) for symbol in canonical(new_code())[:26]}
    assert symbols == set(ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        CODE.replace("-", "\u2013"),
        CODE.replace("-", "\u2212"),
        CODE.replace("-", "\u00a0-\u00a0"),
        CODE.replace("0", "O").replace("1", "l"),
        CODE.replace("0", "o").replace("1", "I"),
        "\ufeff  " + CODE + "\r\n",
        "\n".join(CODE.split("-")),
    ],
)
def test_it_is_read_as_it_is_copied(typed: str) -> None:
    assert canonical(typed) == CODE.replace("-", "")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        CODE[:-1],
        CODE + "0",
        CODE.replace("A", "U"),
        CODE.replace("A", "Ä"),
        CODE[::-1],
        "correct horse battery staple",
        "x" * 10_000,
    ],
)
def test_what_is_no_code_is_malformed(typed: str) -> None:
    assert malformed(typed)


@given(at=st.integers(0, 29), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(at: int, other: str) -> None:
    plain = CODE.replace("-", "")
    if plain[at] != other:
        assert malformed(plain[:at] + other + plain[at + 1 :])


@given(at=st.integers(0, 28))
def test_two_neighbours_in_the_wrong_order_are_found(at: int) -> None:
    plain = CODE.replace("-", "")
    assert malformed(plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :])


@given(st.text())
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    assert malformed(text)
