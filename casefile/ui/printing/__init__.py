"""Printing pages on paper."""
