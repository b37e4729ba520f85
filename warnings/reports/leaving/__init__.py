"""What becomes of somebody's reports, comments and edits when their account goes."""
