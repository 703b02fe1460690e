"""From typed text or a file to the bytes that open a case."""

from __future__ import annotations

import pytest

from casefile.domain.errors import UserError
from casefile.security.passphrase import from_file, to_bytes


def test_normal_form_c_and_nothing_trimmed() -> None:
    assert to_bytes("  Ka\u0308se\t\n") == "  K\u00e4se\t\n".encode()


@pytest.mark.parametrize(
    ("content", "passphrase"),
    [
        (b"secret", "secret"),
        (b"secret\n", "secret"),
        (b"secret\r\n", "secret"),
        (b"secret\nsecond line\n", "secret"),
        (b"\xef\xbb\xbfsecret\r\n", "secret"),
        (b"  two blanks  \n", "  two blanks  "),
        (b"a\rb\r\r\n", "a\rb\r"),
        ("Käse".encode(), "Käse"),
    ],
)
def test_the_first_line_of_a_file(content: bytes, passphrase: str) -> None:
    assert from_file(content) == passphrase


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "passphrase.empty"),
        (b"\nsecret", "passphrase.empty"),
        (b"\xef\xbb\xbf\r\n", "passphrase.empty"),
        (b"\xff\xfes\0e\0", "passphrase.not_text"),
        (b"x" * 65_537, "passphrase.too_long"),
    ],
)
def test_files_that_hold_no_passphrase(content: bytes, code: str) -> None:
    with pytest.raises(UserError) as error:
        from_file(content)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "passphrase.empty"),
        ("\ud800", "passphrase.not_text"),
        ("x" * 65_537, "passphrase.too_long"),
        ("ä" * 40_000, "passphrase.too_long"),
    ],
)
def test_text_that_is_no_passphrase(typed: str, code: str) -> None:
    with pytest.raises(UserError) as error:
        to_bytes(typed)
    assert error.value.code == code
