"""Django's SQLite backend, with a different wait for locked databases."""
