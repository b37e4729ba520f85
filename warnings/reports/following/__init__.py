"""Following a report that was sent: where it stands, answers to moderators, corrections, taking it back."""
