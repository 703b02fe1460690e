"""The page ledger of a request: where every promised page is."""
