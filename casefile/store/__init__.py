"""The case folder: SQLCipher, one module per table group, search, vault, custody log, backup."""
