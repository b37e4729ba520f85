"""Tags: how they are found and offered, their pages, and how moderators keep them in order."""
