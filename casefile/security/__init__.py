"""Keys, the sealed document file, and process hardening. No Qt, no SQL."""
