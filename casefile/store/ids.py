"""Ids and times as the store writes them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime


def new_id() -> str:
    """16 random hexadecimal digits: 64 bits, so that a case of millions of things has no twins."""
    return secrets.token_hex(8)


def now() -> str:
    """The present moment in UTC, ISO 8601 to the microsecond: ``2026-11-03T09:15:00.000000Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
