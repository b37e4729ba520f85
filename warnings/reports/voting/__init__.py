"""Votes: "this helps". One for each person and thing, never on one's own; they only sort."""
