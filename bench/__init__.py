"""Benchmarks: ratios measured in one run, never single times. `make bench` runs all of them."""
