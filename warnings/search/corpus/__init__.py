"""Synthetic warnings, reports, comments and votes in bulk, for benchmarks."""
