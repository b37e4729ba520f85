"""Public feeds of the newest warnings: all, or by tool, tag or marketplace."""
