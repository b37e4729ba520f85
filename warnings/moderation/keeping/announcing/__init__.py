"""What administrators say to everybody at the top of each page."""
