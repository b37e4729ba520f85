"""Template tags by which other apps' pages show what moderators decided."""
