"""Names of the directory: the variants by which they are compared, and matching of queries."""
