"""Decisions: what can be decided on a case, what it does, how it is told, and how it is undone."""
