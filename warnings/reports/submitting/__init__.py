"""Writing a report and sending it: drafts, the form, what goes with it, and what becomes of it."""
