"""The palette (Ctrl+K): everything that can be done here, by typing a part of its name."""
