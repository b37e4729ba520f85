"""The list of reasons that moderators choose from."""
