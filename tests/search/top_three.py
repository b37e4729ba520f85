"""Writes what the queries find on SQLite, for the comparison with PostgreSQL: `python -m tests.search.top_three`."""

import os
import shutil
import sys
import tempfile

import yaml


def main() -> None:
    """Make a fresh site, ask every query, write the answers beside this file."""
    folder = tempfile.mkdtemp(prefix="forewarned-top-three-")
    os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.pop("DATABASE_URL", None)
    try:
        _write()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from bench import relevance
    from tests.search import test_relevance

    call_command("migrate", verbosity=0)
    call_command("load_catalogue", stdout=sys.stderr)
    answers = {query: test_relevance.top_three(query) for query in relevance.all_queries()}
    test_relevance.TOP_THREE.write_text(yaml.safe_dump(answers, allow_unicode=True, sort_keys=False, width=200))


if __name__ == "__main__":
    main()
