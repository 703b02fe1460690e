"""The papers of the sample case: how they are set, and what stands in them."""
