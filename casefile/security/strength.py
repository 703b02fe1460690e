"""How well a passphrase would stand up to guessing, in a word, by zxcvbn.

zxcvbn (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016) estimates
the number of guesses. Its own five scores are made for web sites; whoever seizes a laptop can guess
for years. The words here reckon with 100,000 guesses a second, a large effort against half a
second of Argon2id: below 10^8 guesses (a quarter of an hour) "very weak", below 10^10 (a day)
"weak", below 10^12 (four months) "fair", below 10^14 (thirty years) "good", else "strong". It is
advice: a weak passphrase can still be chosen knowingly. The library takes a tenth of a second to
import, so it is loaded at first use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

StrengthWord: TypeAlias = Literal["very weak", "weak", "fair", "good", "strong"]

_WORDS: Final[tuple[StrengthWord, ...]] = ("very weak", "weak", "fair", "good", "strong")
_THRESHOLDS: Final = (8.0, 10.0, 12.0, 14.0)
"""Powers of ten of the guesses at which the next word begins."""

_JUDGED: Final = 72
"""Characters: the estimate's time grows steeply with length, and longer ones are strong anyway."""


@dataclass(frozen=True, slots=True)
class Strength:
    """``score`` 0 to 4 with its ``word``; ``guesses_log10``: the estimated guesses as a power of
    ten; ``advice``: sentences in English, maybe none."""

    score: int
    word: StrengthWord
    guesses_log10: float
    advice: tuple[str, ...]

    @property
    def weak(self) -> bool:
        """Whether choosing it should be asked for twice."""
        return self.score < 2


def judge(passphrase: str, known: tuple[str, ...] = ()) -> Strength:
    """Judge ``passphrase``; ``known``: words an attacker would try first, such as the name of the
    case or of the reporter."""
    if not passphrase:
        return Strength(0, _WORDS[0], 0.0, ())
    from zxcvbn import zxcvbn

    found = zxcvbn(passphrase[:_JUDGED], user_inputs=["casefile", *filter(None, known)])
    guesses = float(found["guesses_log10"])
    score = sum(guesses >= threshold for threshold in _THRESHOLDS)
    feedback = found["feedback"]
    advice = tuple(filter(None, (feedback["warning"], *feedback["suggestions"])))
    return Strength(score, _WORDS[score], guesses, advice)
