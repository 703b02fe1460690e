"""How passphrases are judged."""

from __future__ import annotations

import subprocess
import sys

import pytest

from casefile.security.strength import judge


@pytest.mark.parametrize(
    ("passphrase", "word"),
    [
        ("", "very weak"),
        ("password", "very weak"),
        ("casefile2026", "very weak"),
        ("Tr0ub4dor&3", "fair"),
        ("correct horse battery staple", "strong"),
        ("rain over the old customs house", "strong"),
        ("x" * 5000, "very weak"),
    ],
)
def test_the_word_for_a_passphrase(passphrase: str, word: str) -> None:
    assert judge(passphrase).word == word


def test_weak_ones_come_with_advice_and_strong_ones_without() -> None:
    weak, strong = judge("qwerty"), judge("correct horse battery staple")
    assert weak.weak
    assert weak.advice
    assert not strong.weak
    assert strong.advice == ()
    assert strong.guesses_log10 > weak.guesses_log10 + 6


def test_words_that_are_known_are_guessed_first() -> None:
    name = "Harbormaster Kowalczyk"
    assert judge(name, known=(name, "")).score < judge(name).score


def test_it_is_loaded_only_when_something_is_judged() -> None:
    """Start-up pays neither for zxcvbn nor for the keyring nor for the cipher library."""
    code = (
        "import sys\n"
        "from casefile.security import cipher, disk_encryption, hardening, header, kdf\n"
        "from casefile.security import keyring_store, keys, slots, strength, wrapping\n"
        "print([m for m in ('zxcvbn', 'keyring', 'cryptography', 'argon2', 'rfc8785')"
        " if m in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
