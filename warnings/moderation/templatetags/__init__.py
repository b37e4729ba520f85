"""Template tags for other apps' pages."""
