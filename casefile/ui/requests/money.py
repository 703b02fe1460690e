"""Amounts: whole numbers of hundredths inside, words outside."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from casefile.domain.money import figures


def money(amount: int | None, currency: str) -> str:
    """``420.00 USD``; nothing where there is no amount."""
    if amount is None:
        return ""
    return f"{figures(amount, grouped=True)} {currency}".strip()


def hundredths(typed: str) -> int | None:
    """What was typed as an amount, in hundredths; None where it is empty. Raises ``ValueError``."""
    plain = "".join(typed.split())
    if not plain:
        return None
    last = max(plain.rfind(","), plain.rfind("."))
    if last >= 0 and len(plain) - last - 1 in (1, 2):
        plain = plain[:last].replace(",", "").replace(".", "") + "." + plain[last + 1 :]
    else:
        plain = plain.replace(",", "").replace(".", "")
    try:
        amount = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(typed) from error
    if not amount.is_finite() or amount < 0:
        raise ValueError(typed)
    return int(amount * 100)
