"""Tools that reports name and the directory does not know."""
