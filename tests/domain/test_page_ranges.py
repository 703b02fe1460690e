"""Pages as a person writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.domain.errors import UserError
from casefile.domain.page_ranges import parse, written


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("3", (3,)),
        ("3-7, 9", (3, 4, 5, 6, 7, 9)),
        ("9; 3 – 4,4", (3, 4, 9)),
        ("1-40", (*range(1, 41),)),
    ],
)
def test_pages_and_ranges(text: str, pages: tuple[int, ...]) -> None:
    assert parse(text, 40) == pages


@pytest.mark.parametrize("text", ["", ",", "0", "41", "7-3", "3-", "iv", "1,,2", "2-999999999999"])
def test_what_names_no_page_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"pages\.not_understood"):
        parse(text, 40)


@given(st.sets(st.integers(1, 400), min_size=1))
def test_what_is_written_reads_as_the_same_pages(pages: set[int]) -> None:
    assert parse(written(sorted(pages)), 400) == tuple(sorted(pages))
