"""Section by section, what every screen owes those who cannot see, hear or point."""
