"""A year of demo data, for trying the review queue. All people are made up."""
