"""Tests of keys, the sealed document file, the keyring and process hardening."""
