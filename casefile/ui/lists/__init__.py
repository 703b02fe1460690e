"""The list screens: documents, quotes, sources, follow-ups, trash."""
