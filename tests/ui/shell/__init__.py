"""The frame of the window: opening, locking, importing, settings."""
