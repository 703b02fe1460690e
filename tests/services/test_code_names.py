"""Code names that say nothing about anybody."""

from __future__ import annotations

from casefile.services import code_names


def test_a_fresh_name_is_free_and_gives_nothing_away() -> None:
    taken: list[str] = []
    for _ in range(150):  # more sources than birds
        name = code_names.fresh(taken, ["Ann Heron", "the Stork"])
        assert name not in taken
        assert not {"HERON", "STORK"} & set(name.split())
        taken.append(name.lower())
    assert any(name.endswith(" 2") for name in taken)


def test_a_name_gives_away_by_any_word_it_shares() -> None:
    assert code_names.gives_away("Mr HERON", ["Ann Heron"])
    assert code_names.gives_away("j", ["J"])
    assert not code_names.gives_away("AL TEAL", ["Al Stork"])
    assert not code_names.gives_away("TEAL", [])
