"""Sums of money: whole numbers of hundredths inside, exact words outside."""

from __future__ import annotations


def figures(amount: int, *, grouped: bool = False) -> str:
    """``1234.50``, so that no program rounds it; ``grouped`` for people: ``1,234.50``."""
    whole = f"{amount // 100:,}" if grouped else str(amount // 100)
    return f"{whole}.{amount % 100:02}"
