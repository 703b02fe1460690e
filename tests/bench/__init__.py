"""Figures, as ratios against a peer taken in the same run. Benchmarks are not tests."""
