"""Read and validate the settings in the environment.

Every setting that a host can change is a field here with a safe default; `docs/settings.md` lists them. An invalid
value prevents the start, with a sentence that names it.
"""

import os
import re
import secrets
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, ValidationError, validate

from config import BASE_DIR

SECRET_KEY_BYTES = 64


class WrongSetting(ImproperlyConfigured):
    """An invalid value in the environment. The message names the setting."""


@dataclass(frozen=True)
class Environment:
    """The validated configuration from the environment."""

    debug: bool
    data_dir: Path
    secret_key: str
    secret_key_fallbacks: list[str]
    database: dict[str, Any]
    allowed_hosts: list[str]
    public_url: str
    behind_proxy: bool
    port: int
    web_processes: int
    web_threads: int
    page_cache_mb: int
    page_cache_stale_ms: int
    contact_email: str
    hsts_preload: bool
    rate_limits: bool
    email: dict[str, Any]
    mail_from: str
    cache_url: str
    breached_passwords: str
    background_work: str
    moderator_names: str
    evidence_store: dict[str, Any]
    admin_path: str


def read() -> Environment:
    """Read and validate the environment. Raises WrongSetting with one line that names each invalid value."""
    env = Env(eager=False, expand_vars=False)
    data_dir, database = _data_dir_and_database(env)
    values = {
        "debug": env.bool("DEBUG", False),
        "secret_key_fallbacks": env.list("SECRET_KEY_FALLBACKS", [], subcast=str),
        "database": database,
        "allowed_hosts": env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"], subcast=str),
        "public_url": env.str("PUBLIC_URL", "", validate=_is_origin_or_empty),
        "behind_proxy": env.bool("BEHIND_PROXY", False),
        "port": env.int("PORT", 8000, validate=validate.Range(min=1, max=65535)),
        "web_processes": env.int("WEB_PROCESSES", None, validate=validate.Range(min=1, max=64)),
        "web_threads": env.int("WEB_THREADS", 4, validate=validate.Range(min=1, max=256)),
        "page_cache_mb": env.int("PAGE_CACHE_MB", 32, validate=validate.Range(min=0, max=65_536)),
        "page_cache_stale_ms": env.int("PAGE_CACHE_STALE_MS", 100, validate=validate.Range(min=0, max=10_000)),
        "contact_email": env.str("CONTACT_EMAIL", "", validate=_is_email_or_empty),
        "hsts_preload": env.bool("HSTS_PRELOAD", False),
        "rate_limits": env.str("RATE_LIMITS", "on", validate=validate.OneOf(["on", "off"])) == "on",
        "email": env.dj_email_url("EMAIL_URL", ""),
        "mail_from": env.str("MAIL_FROM", "", validate=_is_email_or_empty),
        "cache_url": env.str("CACHE_URL", "", validate=_is_redis_or_empty),
        "background_work": env.str("BACKGROUND_WORK", "web", validate=validate.OneOf(["web", "worker"])),
        "moderator_names": env.str(
            "MODERATOR_NAMES", "pseudonym", validate=validate.OneOf(["role", "pseudonym", "name"])
        ),
        "admin_path": env.str("ADMIN_PATH", "", validate=_is_path_part_or_empty),
        "breached_passwords": env.str("BREACHED_PASSWORDS", "", validate=_is_file_or_empty),
    }
    evidence_store = {
        "bucket_name": env.str("EVIDENCE_S3_BUCKET", ""),
        "endpoint_url": env.str("EVIDENCE_S3_ENDPOINT", "") or None,
        "region_name": env.str("EVIDENCE_S3_REGION", "") or None,
        "access_key": env.str("EVIDENCE_S3_KEY", "") or None,
        "secret_key": env.str("EVIDENCE_S3_SECRET", "") or None,
    }
    given_key = env.str("SECRET_KEY", "")
    try:
        env.seal()
    except EnvError as error:
        raise WrongSetting(_one_line(error)) from None
    _refuse_unknown_database(values["database"])
    _refuse_store_without_library(evidence_store["bucket_name"])
    values["public_url"] = values["public_url"] or f"http://localhost:{values['port']}"
    values["web_processes"] = values["web_processes"] or _usual_processes(values["database"])
    return Environment(
        data_dir=_usable(data_dir),
        secret_key=given_key or _kept_secret_key(data_dir),
        evidence_store=evidence_store if evidence_store["bucket_name"] else {},
        **values,
    )


def database_settings() -> tuple[Path, dict[str, Any]]:
    """Return where the data and the database are, without creating anything. Raises WrongSetting."""
    env = Env(eager=False, expand_vars=False)
    data_dir, database = _data_dir_and_database(env)
    try:
        env.seal()
    except EnvError as error:
        raise WrongSetting(_one_line(error)) from None
    _refuse_unknown_database(database)
    return data_dir, database


def _data_dir_and_database(env: Env) -> tuple[Path, Any]:
    data_dir = Path(env.str("DATA_DIR", str(BASE_DIR / "data"))).expanduser().absolute()
    return data_dir, env.dj_db_url("DATABASE_URL", f"sqlite:///{quote(str(data_dir / 'forewarned.sqlite3'))}")


def _one_line(error: EnvError) -> str:
    """Join the errors of environs to one line: `PORT: not a valid integer; DEBUG: ...`."""
    messages = getattr(error, "error_messages", None)
    if not messages:
        return " ".join(str(error).split())
    return "; ".join(f"{name}: {' '.join(texts).rstrip('.')}" for name, texts in messages.items())


def _is_origin_or_empty(url: str) -> None:
    if not url:
        return
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValidationError(f"{url!r} is not an address like https://forewarned.example")


def _is_email_or_empty(address: str) -> None:
    if address and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
        raise ValidationError(f"{address!r} is not an e-mail address")


def _is_redis_or_empty(url: str) -> None:
    if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ValidationError(f"{url!r} is not an address like redis://127.0.0.1:6379/0")


def _is_path_part_or_empty(part: str) -> None:
    if part and not re.fullmatch(r"[A-Za-z0-9-]{4,60}", part):
        raise ValidationError(f"{part!r} is not 4 to 60 letters, digits and hyphens")


def _is_file_or_empty(path: str) -> None:
    if path and not Path(path).is_file():
        raise ValidationError(f"there is no file {path}")


def _refuse_unknown_database(database: dict[str, Any]) -> None:
    engine = str(database.get("ENGINE", ""))
    if not engine.endswith((".sqlite3", ".postgresql")):
        raise WrongSetting("DATABASE_URL: only sqlite:// and postgres:// addresses are supported.")
    if engine.endswith(".postgresql") and not database.get("NAME"):
        raise WrongSetting("DATABASE_URL: the address names no database (postgres://user@host/NAME).")


def _refuse_store_without_library(bucket: str | None) -> None:
    if bucket and not (find_spec("boto3") and find_spec("storages")):
        raise WrongSetting("EVIDENCE_S3_BUCKET: install requirements-s3.txt, which speaks to the store.")


def _usual_processes(database: dict[str, Any]) -> int:
    """Return one process for SQLite, which has one writer, or one per core for PostgreSQL, from 2 to 8."""
    return 1 if database["ENGINE"].endswith(".sqlite3") else min(max(os.cpu_count() or 2, 2), 8)


def _usable(data_dir: Path) -> Path:
    """Create the data directory if it is missing, and make it private. Raises WrongSetting if it is not writable."""
    # The database, mail and pictures are for the site's own user only: neither in new files nor in older ones.
    os.umask(0o077)
    probe = data_dir / f".write-probe-{secrets.token_hex(4)}"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if data_dir.stat().st_uid == os.getuid():
            data_dir.chmod(0o700)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise WrongSetting(f"DATA_DIR: cannot write to {data_dir} ({error.strerror}).") from None
    return data_dir


def _kept_secret_key(data_dir: Path) -> str:
    """Return the key in DATA_DIR, which is generated on the first start and readable by its owner only."""
    data_dir = _usable(data_dir)
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            fresh = data_dir / f".secret_key-{secrets.token_hex(8)}"
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(SECRET_KEY_BYTES), encoding="ascii")
            try:
                # A hard link fails if another process was faster; both then read the same key.
                path.hardlink_to(fresh)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"SECRET_KEY: cannot read or make {path} ({error}).") from None
    if len(key) < SECRET_KEY_BYTES:
        raise WrongSetting(f"SECRET_KEY: {path} is too short to be a key; remove it and start again.")
    return key
