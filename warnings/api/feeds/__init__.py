"""The newest warnings as feeds, for everybody: all of them, or about one tool, tag or marketplace."""
