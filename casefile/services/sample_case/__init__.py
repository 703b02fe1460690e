"""The sample case: built from the papers and the list in ``resources/sample``, and the demo that
walks the whole job on it."""

from casefile.services.sample_case.build import PASSPHRASE, build_sample

__all__ = ["PASSPHRASE", "build_sample"]
