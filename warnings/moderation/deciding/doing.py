"""Carrying out what was decided: each act calls the named action of the app that owns the data."""
