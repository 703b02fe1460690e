"""Casefile: a desktop app for investigative reporters who work offline."""

__version__ = "0.1.0"
