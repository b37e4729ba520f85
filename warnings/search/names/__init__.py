"""Names of the directory: the variants by which they are compared, and what a query means among them."""
