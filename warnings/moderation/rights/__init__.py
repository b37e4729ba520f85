"""Rights of others: legal notices, and statements of vendors."""
