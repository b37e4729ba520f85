"""A made-up year on the site, for trying the desk; nobody in it exists."""
