"""Before a case is open: start, unlock, new case, recovery code."""
