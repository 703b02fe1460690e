"""Bringing files in: what is asked, what is told while it runs, what needs the reporter."""
