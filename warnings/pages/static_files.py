"""Collect, fingerprint and compress the static files."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command


def prepare_static_files() -> None:
    """Collect, fingerprint and compress the static files unless they are unchanged."""
    digest = _digest_of([Path(folder) for folder in settings.STATICFILES_DIRS])
    stamp = Path(settings.STATIC_ROOT) / ".digest"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest, encoding="ascii")


def _digest_of(folders: list[Path]) -> str:
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            total.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return total.hexdigest()
