"""The tables behind the site, for administrators to look into; on a path of its own."""
