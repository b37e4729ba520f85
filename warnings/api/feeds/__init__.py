"""Public feeds of the newest warnings: all, or about one tool, tag or marketplace."""
