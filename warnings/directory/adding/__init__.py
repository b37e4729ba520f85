"""Adding tools to the directory on the site, beside the catalogue."""
