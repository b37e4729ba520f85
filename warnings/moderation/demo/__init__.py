"""A year of demo data, for trying the review queue; none of the people exist."""
