"""The project's settings, read top to bottom.

Every value that an installation may want to change comes through ``env``; .env.example lists and
explains them all. What has no variable is the same everywhere.
"""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from factcheck.embedded_files import broker_socket, kept_secret
from factcheck.env import Env

# Lets classes say what they hold (`ModelForm[Claim]`) where Django itself has no brackets yet.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env(os.environ)

# The version is written once: in the changelog, as the newest heading.
VERSION = next(
    iter(re.findall(r"^## (\d+\.\d+\.\d+)", (BASE_DIR / "CHANGELOG.md").read_text("utf-8"), re.M)),
    "0.0.0",
)

# --- The desk ---------------------------------------------------------------------------------

# Everything the installation itself writes: database, keys, logs, sockets.
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# The port of `make run` and of a web server started by hand.
PORT = env.port("PORT", 8000)

# The address readers and feeds see. Never taken from a request: a Host header must not be able
# to put a foreign address into a feed.
SITE_URL = env.url("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
_site = urlsplit(SITE_URL)
_https = _site.scheme == "https"

DESK_NAME = env.text("DESK_NAME", "Touchstone")
DESK_LICENCE = env.url("DESK_LICENCE", "https://creativecommons.org/licenses/by/4.0/")

# The name of the verdict log in its checkpoints: a URL without scheme (C2SP tlog-checkpoint).
# Without the port, so that a desk tried out on another port keeps its log.
LOG_ORIGIN = f"{_site.hostname}{_site.path}/log"
SIGNING_KEY_FILE = env.path("SIGNING_KEY_FILE", DATA_DIR / "signing.key")
# Files under their public addresses, which a web server in front may serve by itself.
PUBLIC_DIR = DATA_DIR / "public"

# --- Security ---------------------------------------------------------------------------------

DEBUG = env.boolean("DEBUG", False)

_secret_key = env.secret("SECRET_KEY")
_database = env.database("DATABASE_URL", DATA_DIR / "desk.sqlite3")
_embedded_database = _database["ENGINE"] == "django.db.backends.sqlite3"
if _secret_key is None and not _embedded_database:
    # Web, worker and beat may run on different machines: a key that each makes for itself would
    # sign everybody out at every second request.
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. With PostgreSQL, set SECRET_KEY or SECRET_KEY_FILE to the same "
        "50 or more random characters for every process."
    )
SECRET_KEY = _secret_key or kept_secret(DATA_DIR / "secret.key")

# Seals the few secrets that the database has to keep: keys of second factors. None: not set, with
# PostgreSQL, where nobody may make it but the operator; `check --deploy` and the desk say so.
_field_key = env.path("FIELD_KEY_FILE", Path())
FIELD_KEY_FILE = _field_key if _field_key.name else None
if FIELD_KEY_FILE is None and _embedded_database:
    FIELD_KEY_FILE = DATA_DIR / "field.key"
    kept_secret(FIELD_KEY_FILE)

ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", sorted({_site.hostname or "", "127.0.0.1", "localhost"}))
CSRF_FAILURE_VIEW = "claims.admin.site.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", [f"{_site.scheme}://{_site.netloc}"])

# Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed (factcheck/wsgi.py).
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")

# Tied to the site's scheme and not to DEBUG: a desk on loopback speaks http, and a secure cookie
# would lock its editor out.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
# Whether the other hosts below ours speak https is not ours to promise.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["claims.permissions.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# A pasted article that is too long must reach its form, which says so, instead of a bare 400.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

# Signing in through the organisation's own provider, beside passwords. Without OIDC_ISSUER nothing of
# it shows. A provider on a private address also stands in FETCH_ALLOW.
OIDC_ISSUER = env.url("OIDC_ISSUER", "")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.secret("OIDC_CLIENT_SECRET", "")
OIDC_LABEL = env.text("OIDC_LABEL", "OpenID Connect")
OIDC_DOMAINS = env.hosts("OIDC_DOMAINS", [])
OIDC_GROUPS = env.text("OIDC_GROUPS", "groups")
OIDC_ROLES = env.pairs("OIDC_ROLES", ("Editor", "Reviewer", "Publisher", "Administrator"))
OIDC_SECOND_FACTOR = env.boolean("OIDC_SECOND_FACTOR", False)
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured(
        "OIDC_ISSUER is set, so OIDC_CLIENT_ID and OIDC_CLIENT_SECRET (or OIDC_CLIENT_SECRET_FILE) "
        "are needed too: the provider gives both when you register the desk there."
    )

# --- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "claims.apps.ClaimsConfig",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "rest_framework",
]
MIDDLEWARE = [
    "claims.middleware.dispatch",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "claims.middleware.no_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "claims.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages and time -----------------------------------------------------------------------

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("tr", _("Turkish")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [BASE_DIR / "claims" / "locale"]
USE_TZ = True
# In which the desk reads and enters times, and in which its days begin; the log is in UTC.
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")

# --- Static files -----------------------------------------------------------------------------

STATIC_URL = "/static/"
# Set where `collectstatic` has run (the Dockerfile does); elsewhere the files are served from
# where they are written, and a newcomer waits for no collecting.
_collected = env.path("STATIC_ROOT", Path())
STATIC_ROOT = _collected if _collected.name else None
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
STORAGES = {
    # Copies of pages. No address leads there; the desk hands them out to its own people.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "media",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Database, sessions, cache ----------------------------------------------------------------

if _embedded_database:
    _database["OPTIONS"] = {
        # A deferred transaction that turns into a writer fails with BUSY at once, however long
        # the timeout; an immediate one waits its turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # synchronous=FULL although WAL would allow NORMAL: a checkpoint that a reader has seen
        # must still be there after a power cut, or the log has forked.
        # recursive_triggers: without it INSERT OR REPLACE deletes a row that no trigger lets go.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
            "PRAGMA recursive_triggers=ON; "
            "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
        ),
    }
else:
    _password = env.secret("DATABASE_PASSWORD")
    if _password is not None:
        _database["PASSWORD"] = _password
    _database["OPTIONS"]["connect_timeout"] = 5
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DATABASES: dict[str, dict[str, Any]] = {"default": _database}

# With Redis gone, editors still sign in and publish: sessions live in the database, and the cache
# in each process.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Background work --------------------------------------------------------------------------

BROKER_SOCKET = broker_socket(DATA_DIR)
REDIS_URL = env.secret("REDIS_URL") or f"redis+socket://{BROKER_SOCKET}"
if not re.match(r"(rediss?://[^/]|redis\+socket:///)", REDIS_URL):
    raise ImproperlyConfigured(
        "Unexpected REDIS_URL, use redis://host:6379/0, rediss://host:6380/0 or "
        "redis+socket:///path/to/socket."
    )
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = "touchstone"
CELERY_TASK_SERIALIZER = CELERY_EVENT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# What a task did is in the rows it wrote; nobody reads a result.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"

# A killed worker's task goes back to the queue. Redis notices only when the visibility timeout
# has passed (and would run a longer task twice), so it lies just above the hard limit; the sweep
# in `claims.tasks.send_due` is usually there first.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_DISABLE_PREFETCH = True
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 180,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # A request gives the broker one second and no second try: the row it has written is the
    # to-do note, and the sweep sends it later.
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CONCURRENCY = 2
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000  # KiB
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
# Its healthcheck sees from the file's time that it works.
CELERY_BEAT_SYNC_EVERY = 1
CELERY_BEAT_SCHEDULE = {
    # The expiry keeps an hour without a worker from becoming 360 sweeps in a row.
    "send-due": {"task": "claims.tasks.send_due", "schedule": 10.0, "options": {"expires": 10}},
}

# --- E-mail -----------------------------------------------------------------------------------

# The digests of news. Without a server nobody is written to, and the desk's settings say so.
_mail = env.mail("EMAIL_URL")
MAIL_IS_SET_UP = _mail is not None
globals().update(_mail or {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"})
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "EMAIL_FROM", f"{DESK_NAME} <desk@{_site.hostname or 'localhost'}>"
)

# --- Sources and the door to the network ------------------------------------------------------

WIKIPEDIA_URL = env.url("WIKIPEDIA_URL", "https://{language}.wikipedia.org/w/api.php")
WIKIDATA_URL = env.url("WIKIDATA_URL", "https://www.wikidata.org/w/api.php")
GOOGLE_FACT_CHECK_KEY = env.secret("GOOGLE_FACT_CHECK_KEY", "")
GOOGLE_FACT_CHECK_URL = env.url("GOOGLE_FACT_CHECK_URL", "https://factchecktools.googleapis.com")
GDELT_URL = env.url("GDELT_URL", "https://api.gdeltproject.org/api/v2/doc/doc")
# The desk's own search engine; without it the open web is not asked.
SEARXNG_URL = env.url("SEARXNG_URL", "")
ARCHIVE_AVAILABILITY_URL = env.url(
    "ARCHIVE_AVAILABILITY_URL", "https://archive.org/wayback/available"
)
ARCHIVE_CDX_URL = env.url("ARCHIVE_CDX_URL", "https://web.archive.org/cdx/search/cdx")
ARCHIVE_SAVE_URL = env.url("ARCHIVE_SAVE_URL", "https://web.archive.org/save")
# "access:secret" of an account there: with it, evidence that is kept here is also kept there.
ARCHIVE_KEY = env.secret("ARCHIVE_KEY", "")
# Exact host:port pairs that the base URL of a source may have although they are not public.
FETCH_ALLOW = env.host_ports("FETCH_ALLOW")

# --- The machine interface --------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "EXCEPTION_HANDLER": "claims.api.errors.as_problem",
}

# --- Logging ----------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "factcheck.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Handled by the root, where texts are kept out; Django's own handlers would mail them.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.db.backends": {"level": "WARNING"},
        "httpcore2": {"level": "WARNING"},
        # It logs every URL asked, and an article's URL can be a secret until it is published.
        "httpx2": {"level": "WARNING"},
    },
}

env.refuse_misspellings()
