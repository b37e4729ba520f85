"""The only settings module. Values that a host can change come from the environment (config/environment.py)."""

from typing import Any

from config import BASE_DIR
from config.browser_features import DISABLED_FEATURES
from config.environment import read

ENVIRONMENT = read()

DEBUG = ENVIRONMENT.debug
DATA_DIR = ENVIRONMENT.data_dir
SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_key_fallbacks
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
PUBLIC_URL = ENVIRONMENT.public_url.rstrip("/")
CONTACT_EMAIL = ENVIRONMENT.contact_email
BEHIND_PROXY = ENVIRONMENT.behind_proxy
RATE_LIMITS = ENVIRONMENT.rate_limits
BREACHED_PASSWORDS = ENVIRONMENT.breached_passwords
WEB_PROCESSES = ENVIRONMENT.web_processes
WEB_THREADS = ENVIRONMENT.web_threads
PAGE_CACHE_MB = ENVIRONMENT.page_cache_mb
PAGE_CACHE_STALE_MS = ENVIRONMENT.page_cache_stale_ms
PORT = ENVIRONMENT.port
SITE_NAME = "Forewarned"

PROJECT_DIR = BASE_DIR
CATALOGUE_DIR = BASE_DIR / "catalogue"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "corsheaders",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "common.apps.CommonConfig",
    "audit.apps.AuditConfig",
    "accounts.apps.AccountsConfig",
    "directory.apps.DirectoryConfig",
    "reports.apps.ReportsConfig",
    "search.apps.SearchConfig",
    "moderation.apps.ModerationConfig",
    "api.apps.ApiConfig",
    "pages.apps.PagesConfig",
]

# The headers middleware is first, so that all responses have them: errors, redirects and static files too.
MIDDLEWARE = [
    "common.http.headers.ResponseHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "common.http.cache_headers.CachingMiddleware",
    "accounts.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.SignedInMiddleware",
    "common.http.answers.AnswerRedirectMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "reports.middleware.MergedWarningRedirectMiddleware",
    "common.http.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                *("django.templatetags.static", "django.templatetags.l10n"),
                *("common.templatetags.site", "accounts.templatetags.people"),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "common.context_processors.site_context",
                "accounts.context_processors.unread_notifications",
            ],
        },
    }
]

# Fields take the direction of what is typed, and have no `maxlength`, with which browsers cut what is pasted.
FORM_RENDERER = "common.forms.DirectedInputs"

# Databases

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    # FULL: a commit survives a power failure, not only a crash of the process.
    "PRAGMA synchronous=FULL;"
    "PRAGMA mmap_size=0;"
    "PRAGMA journal_size_limit=67108864;"
    "PRAGMA wal_autocheckpoint=1000;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-64000;"
)
# For web processes only (config/wsgi.py): migrations and catalogue loads may take longer than a request.
POSTGRES_WEB_OPTIONS: dict[str, Any] = {
    "options": "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000",
    "pool": {"min_size": 1, "max_size": WEB_THREADS + 4, "timeout": 10},
}


def _database(parsed: dict[str, Any]) -> dict[str, Any]:
    options, engine = dict(parsed.get("OPTIONS", {})), parsed["ENGINE"]
    if engine.endswith(".sqlite3"):
        # Only Django's own engine defaults to an in-memory database for tests.
        engine, parsed = "common.db.sqlite_busy_retry", parsed | {"TEST": {"NAME": ":memory:"}}
        options |= {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
    else:
        options["connect_timeout"] = 3
    return parsed | {"ENGINE": engine, "OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database(ENVIRONMENT.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must apply across processes and restarts, so the cache is in the database, or in Redis if configured.
# Images can be regenerated, so each process caches its own.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENVIRONMENT.cache_url}
    if ENVIRONMENT.cache_url
    else {"BACKEND": "accounts.database_cache.DatabaseCache"},
    "pictures": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Users

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["accounts.hashers.NormalisingHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("handle", "email")},
    },
    {"NAME": "accounts.validators.NotTooLong"},
    {"NAME": "accounts.validators.NotOfContextWords"},
    {"NAME": "accounts.validators.NotBreached"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.accounts.SignupForm",
    "login": "accounts.forms.accounts.LoginForm",
    "reset_password": "accounts.forms.accounts.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "email"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
# In seconds. Users who read the mail later can request another link.
PASSWORD_RESET_TIMEOUT = 600
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
# Strict: respond alike to addresses with and without an account, when signing up too.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = PUBLIC_URL.partition("://")[0]
# Counted per network and account. `False` is only for benchmarks on loopback.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = (
    {
        "signup": "10/h/ip",
        "login": "30/m/ip",
        "login_failed": "10/m/ip,5/300s/key",
        "reset_password": "10/h/ip,3/h/key",
        "reset_password_from_key": "20/m/ip",
        "confirm_email": "1/180s/key",
    }
    if RATE_LIMITS
    else False
)
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.codes.AuthenticateForm",
    "reauthenticate": "accounts.forms.codes.ReauthenticateForm",
    "activate_totp": "accounts.forms.codes.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.keys.AddWebAuthnForm",
    "authenticate_webauthn": "accounts.forms.keys.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "accounts.forms.keys.ReauthenticateWebAuthnForm",
    "login_webauthn": "accounts.forms.keys.LoginWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PUBLIC_URL.startswith("http://")
MFA_RECOVERY_CODE_COUNT = 10
# Ten digits, shown once.
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_TOLERANCE = 1

# Background tasks are database rows, run by a thread of each web process or by `manage.py work`.

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
BACKGROUND_WORK = ENVIRONMENT.background_work
# How the public record names the moderator who decided.
MODERATOR_NAMES = ENVIRONMENT.moderator_names
# The path of the admin site; disabled if empty.
ADMIN_PATH = ENVIRONMENT.admin_path

# Mail. Without EMAIL_URL it is written to files, so that a trial site neither loses nor logs it.

_MAIL = ENVIRONMENT.email
EMAIL_BACKEND = "common.mail.QueuedBackend"
DELIVERY_BACKEND = _MAIL.get("EMAIL_BACKEND") or "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_HOST = _MAIL.get("EMAIL_HOST") or ""
EMAIL_PORT = _MAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from or CONTACT_EMAIL or "forewarned@localhost"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Language and time

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Static files: fingerprinted and compressed by `collectstatic`, served by the same process.

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Evidence images have no public URL: a view checks access.
    "evidence": {
        "BACKEND": "common.storage.ObjectStorage",
        "OPTIONS": {"location": "evidence", **ENVIRONMENT.evidence_store},
    }
    if ENVIRONMENT.evidence_store
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "evidence",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Security: see the table of headers in docs/security.md.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "frame-src": ["'none'"],
        "upgrade-insecure-requests": True,
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["app"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in DISABLED_FEATURES} | {
    "publickey-credentials-get": ["self"],
    "publickey-credentials-create": ["self"],
    "clipboard-write": ["self"],
}
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = ENVIRONMENT.hsts_preload
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "accounts.sessions"
# Fourteen days without a visit; less for staff, see accounts.policies.
SESSION_COOKIE_AGE = 14 * 86_400
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "pages.views.csrf_failure"
SILENCED_SYSTEM_CHECKS = [
    # The proxy redirects http to https, so the site itself sees only one scheme.
    "security.W008",
    # HSTS preloading affects a whole domain for years, so hosts opt in with HSTS_PRELOAD.
    "security.W021",
]

CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
# Public feeds too, but not private ones, whose secret URL is for the user's feed reader only.
CORS_URLS_REGEX = r"^/(api/v1/|feeds/(?!mine/))"

# Larger requests are refused before parsing. Above the limit of any form, so that a form can show its own error.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Uploads stay in memory until they are cleaned; untrusted files are never written to disk.
FILE_UPLOAD_HANDLERS = ["common.uploads.InMemoryHandler"]

TAGGIT_CASE_INSENSITIVE = True
# Keep non-Latin letters, so that a Chinese tag keeps its name in its URL.
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

# Logs contain no addresses, queries or bodies, only what Django reports as errors.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "without_secrets": {"()": "common.log_filters.WithoutSecrets"},
        "without_traceback": {"()": "common.log_filters.WithoutTraceback"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]},
        "refused": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_secrets", "without_traceback"],
        },
        # Python prints the warnings of a logger that has no handler.
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A missing page is usually a typo, and its path may contain what the visitor typed.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["refused"], "level": "WARNING", "propagate": False},
        # Log failed tasks only.
        "django_tasks": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
