"""Front-end files from the npm registry, brought into `static/vendor/` at a pinned version."""
