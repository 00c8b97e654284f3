"""The one settings page; every value comes from the environment (docs/settings.md)."""

import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from config.enum_names import ENUM_NAMES
from config.environment import Reader, kept_secret
from config.password_rules import PASSWORD_RULES

BASE_DIR = Path(__file__).resolve().parent.parent
read = Reader(BASE_DIR / ".env")

# What runs where

DEBUG = read.flag("DEBUG", default=False)
DEMO = read.flag("DEMO", default=False)
DATABASE = read.database(BASE_DIR / "var" / "jianbei.sqlite3")
ON_SQLITE = DATABASE["ENGINE"].endswith("sqlite3")
IN_MEMORY = ON_SQLITE and ":memory:" in DATABASE["NAME"]
REDIS_URL = read.text("REDIS_URL")
BIND = read.text("BIND", "127.0.0.1")
CHECKPOINT_RECEIPT_HOURS = read.number("CHECKPOINT_RECEIPT_HOURS", 0, low=0, high=168)
PORT = read.number("PORT", 8000, low=1, high=65535)
WEB_THREADS = read.number("WEB_THREADS", 8, low=1, high=200)
WEB_PROCESSES = read.number("WEB_PROCESSES", 1, low=1, high=64)
FOLD_MINUTES = read.number("FOLD_MINUTES", 5, low=0, high=1440)
PROXY_ADDRESSES = read.words("PROXY_ADDRESSES", "127.0.0.1,::1")

# Security

SECRET_KEY = read.text("SECRET_KEY")
if not SECRET_KEY and ON_SQLITE:
    SECRET_KEY = kept_secret((BASE_DIR / "var/x") if IN_MEMORY else Path(DATABASE["NAME"]))
elif len(SECRET_KEY) < 50:
    read.refuse("SECRET_KEY", "*" * len(SECRET_KEY))
    SECRET_KEY = "refused"  # noqa: S105 - the system check stops every command that would use it
FIELD_KEYS = read.words("FIELD_KEYS")
if any(len(one) < 32 for one in FIELD_KEYS):
    read.refuse("FIELD_KEYS", "…")
AUDIT_RETENTION = read.number("AUDIT_RETENTION", 1095, low=183, high=36500)
ALLOWED_HOSTS = read.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = read.words("CSRF_TRUSTED_ORIGINS")
HTTPS = read.flag("HTTPS", default=not ON_SQLITE)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else "sid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_ENGINE = "config.sessions"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 11_000  # a result of 50 items, 100 points, 2 fields each, and more
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
CLAMD = read.shaped("CLAMD", r"/.+|[^/\s]+:[1-9][0-9]{0,4}")
CLAMD_SECONDS = read.number("CLAMD_SECONDS", 10, low=1, high=120)
MEDIA_ROOT = Path(read.text("FILES_DIR", str(BASE_DIR / "var" / "files")))

# Parts

INSTALLED_APPS = [
    "config",
    "reports",
    "filings",
    "officers",
    "agencies",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "config.caller.Walls",
    "config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.door.PublicDoor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.sessions.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "config.caller.CallerAuthority",
    "config.refusals.PageRefusals",
    "config.steps.SignInSteps",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.frame",
            ],
        },
    },
]
LOGIN_URL = "officers:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "officers:sign_in"

# Data

if ON_SQLITE:
    # Opening the file and reading what tables it has takes longer than many a page.
    DATABASE["CONN_MAX_AGE"] = 600
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA cell_size_check=ON"
        ),
    }
else:
    DATABASE["OPTIONS"] = {
        **DATABASE.get("OPTIONS", {}),
        "pool": {"min_size": 2, "max_size": read.number("DATABASE_POOL", 16, low=2, high=200)},
        # Bound on the server, a statement that is asked again and again is planned once: planning
        # the joins of one page costs more than reading its rows.
        "server_side_binding": True,
        "prepare_threshold": 5,
        "connect_timeout": 3,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "options": "-c statement_timeout={}s -c lock_timeout=10s".format(
            read.number("STATEMENT_TIMEOUT", 0, low=0, high=86400)
        ),
    }
DATABASES = {"default": DATABASE}
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "config.hints.Hints", "LOCATION": REDIS_URL}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "officers.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["officers.backend.AccountBackend"]
AUTH_PROFILE = read.text("AUTH_PROFILE", "mlps3", among=("mlps3", "asvs"))
AUTH_PASSWORD_VALIDATORS = PASSWORD_RULES[AUTH_PROFILE]
PASSWORD_MAX_AGE_DAYS = 90 if AUTH_PROFILE == "mlps3" else 0
SECOND_FACTOR = read.text(
    "SECOND_FACTOR", "offered" if DEMO else "required", among=("required", "offered")
)

# Letters

MAIL = read.mail("consolemail://" if DEMO else "smtp://localhost:25")
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = MAIL.get("EMAIL_HOST") or "localhost", MAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"], MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = read.text("EMAIL_FROM", "jianbei@localhost")
SMS_GATEWAY = read.shaped("SMS_GATEWAY", "https?://.+")
OIDC_ISSUER = read.text("OIDC_ISSUER")
OIDC_CLIENT_ID = read.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = read.text("OIDC_CLIENT_SECRET")

# Language, time, files

LANGUAGE_CODE = "zh-hans"
FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("All")
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

# API

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.parsing.StrictJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "config.authentication.BearerAuthentication",
        "config.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["config.parsing.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "config.paging.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.errors.problem",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Jianbei",
    "DESCRIPTION": "The register in which a city files inspections before they happen.",
    "VERSION": "v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.described.name_refusals",
    ],
}

# Background work: a message carries an id, the row is the queue (docs/adr/0002-row-as-queue.md)

CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {
        "visibility_timeout": 1300,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 25,
        "retry_on_timeout": True,
    }
    if REDIS_URL
    else {"polling_interval": 0.1}
)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30 if REDIS_URL else 0
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = bool(REDIS_URL)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = True

# Log

LOG_FORMAT = read.text("LOG_FORMAT", "auto", among=("auto", "json", "text"))
if LOG_FORMAT == "auto":
    LOG_FORMAT = "text" if sys.stderr.isatty() else "json"
LOG_LEVEL = read.text("LOG_LEVEL", "INFO", among=("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.formatter", "form": LOG_FORMAT}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": False},
        "gunicorn": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
    },
}

if WEB_PROCESSES > 1 and (ON_SQLITE or not REDIS_URL):
    read.refuse("WEB_PROCESSES", str(WEB_PROCESSES))
ENVIRONMENT_PROBLEMS = tuple(read.problems)
