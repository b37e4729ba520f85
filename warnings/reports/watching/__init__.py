"""Watching a warning, tool, tag or marketplace, and what is new there."""
