"""A month of limits, agencies' dates and follow-ups."""
