"""Lighthouse, kept apart: it brings two hundred packages that nothing else needs."""
