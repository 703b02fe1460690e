"""Whether letters are an English word, as far as the lists go that zxcvbn brings for judging
passphrases (words of Wikipedia and of film subtitles): no other list is installed with Casefile."""

from __future__ import annotations

from functools import cache

#: Shorter ones are as often a syllable.
LEAST = 3


def is_word(letters: str) -> bool:
    """Only for words in lower case of ``LEAST`` letters and more; names are no words."""
    return len(letters) >= LEAST and letters in _words()


@cache
def _words() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["english_wikipedia"]) | frozenset(
        FREQUENCY_LISTS["us_tv_and_film"]
    )
