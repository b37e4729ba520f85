"""Editing warnings: versions, suggestions, conflicts, histories."""
