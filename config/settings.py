"""The one settings file. Everything that differs between machines comes from the environment.

Each secret may also be given as a file: NAME_FILE holds the path (Docker secrets).
`config.checks` refuses to boot a production that is half configured.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from config import logs
from config.alert_settings import *  # noqa: F403 - Child Rescue Alerts
from config.api_settings import *  # noqa: F403 - the API, all capitals
from config.backup_settings import *  # noqa: F403 - backups
from config.environment import *  # noqa: F403 - which environment, which site
from config.environment import IS_PRODUCTION, IS_PUBLIC_SITE, IS_TEST, env
from config.installed import *  # noqa: F403 - what is installed
from config.outside import *  # noqa: F403 - texts, e-mail and webhooks, all capitals
from config.sign_in import *  # noqa: F403 - settings of the sign-in libraries, all capitals
from config.transport import *  # noqa: F403 - how browsers and proxies reach us, all capitals

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCT_NAME = "Harbour"
# Look everything up, change and send nothing (config.read_only).
READ_ONLY: bool = env.bool("READ_ONLY", default=False)

DEBUG = False
_DEV_KEY = "" if IS_PRODUCTION else "demo-only-" + "k" * 50
SECRET_KEY: str = env.str("SECRET_KEY", default=_DEV_KEY)
# Fernet keys for personal fields, newest first; older ones only decrypt (docs/security.md: rotation).
FIELD_KEYS: list[str] = env.list(
    "FIELD_KEYS", default=[] if IS_PRODUCTION else ["ZGVtby1vbmx5LWRlbW8tb25seS1kZW1vLW9ubHktMDA="]
)
# Keys the blind index of phone numbers; never rotated without re-indexing.
INDEX_KEY: str = env.str("INDEX_KEY", default="" if IS_PRODUCTION else "demo-only-index-key")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where browsers and providers reach us, without a trailing slash.
STAFF_BASE_URL: str = env.str("STAFF_BASE_URL", default="" if IS_PRODUCTION else "http://127.0.0.1:8000")
PUBLIC_BASE_URL: str = env.str("PUBLIC_BASE_URL", default="" if IS_PRODUCTION else "http://127.0.0.1:8001")

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.webhook_door.WebhookDoorMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.policy.PolicyMiddleware",
    "config.private_pages.PrivatePagesMiddleware",
    "appeals.public.door.AppealDoorMiddleware",
    "appeals.public.outlets.door.OutletDoorMiddleware",
    "alerts.public.door.AlertDoorMiddleware",
    "config.held.HeldMiddleware",
    "missingcases.desk.door.DeskDoorMiddleware",
    "missingcases.api.door.PullDoorMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "config.request_log.RequestLogMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foundation.accounts.middleware.SessionLimitsMiddleware",
    "foundation.accounts.middleware.ActorMiddleware",
    "foundation.accounts.middleware.AccountGateMiddleware",
    "foundation.access.AccessMiddleware",
    "foundation.single_sign_on.middleware.KeptApartMiddleware",
    "config.read_only.ReadOnlyMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

WSGI_APPLICATION = "config.wsgi.application"
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
                "config.context.chrome",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
# A misspelt field in a layout is an error wherever it can still be mended.
CRISPY_FAIL_SILENTLY = IS_PRODUCTION
UI_TONES = "config.tones.TONES"

_DEMO_DATABASE = "" if IS_PRODUCTION else "postgres://harbour:harbour@127.0.0.1:5432/harbour"
DATABASES = {"default": env.database("DATABASE_URL", default=_DEMO_DATABASE)}
_OPTIONS: dict[str, str] = DATABASES["default"].get("OPTIONS", {})  # type: ignore[assignment]
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# What is prepared (foundation.prepared) is written so that one plan suits every value: plan it once.
DATABASES["default"]["OPTIONS"] = {"options": "-c plan_cache_mode=force_generic_plan"} | _OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL: str = env.str("REDIS_URL", default="" if IS_PRODUCTION else "redis://127.0.0.1:6379/0")
CACHES = {
    # Throttling and used sign-in codes live here, in Postgres: a lost Redis must neither lock everybody
    # out nor let a code be used twice.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # For what may be lost at any time. Ask for it by name: caches["fast"].
    "fast": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    },
}

AUTH_USER_MODEL = "accounts.User"
SWITCHBOARD = "config.switchboard"
CONTRIBUTIONS = "config.contributions"

LANGUAGE_CODE = "en-gb"
# One language, whatever the browser asks for: a page half in another is read out wrongly.
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
# The public site also speaks Welsh, where the address says so (foundation.ui.languages).
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("guides", BASE_DIR / "docs" / "guides" / "images"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = IS_TEST
# Found when asked for: every test client loads the middleware anew, which would list all files each time.
WHITENOISE_AUTOREFRESH = IS_TEST
MEDIA_ROOT: str = env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# Looks at an uploaded file before it opens, such as `clamdscan` (foundation.files.scanning).
SCAN_COMMAND: str = env.str("SCAN_COMMAND", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}

# --- Accounts: sign-in, second factor, sessions (foundation.accounts) ---
# Figures of what people answered tell no count under this, and never one under five (docs/adr/0099).
VOICE_FEWEST: int = max(5, env.int("VOICE_FEWEST", default=10))
# An invitation's link works this long.
INVITATION_DAYS: int = env.int("INVITATION_DAYS", default=7)
if IS_TEST:  # Slow hashing is the point of it, but not a thousand times in a test run.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Sessions live in Postgres: a lost Redis signs nobody out, and a suspension is one DELETE. The public site
# keeps none and its database role could not look one up: a cookie brought along is only checked and dropped.
SESSION_ENGINE = (
    "django.contrib.sessions.backends.signed_cookies" if IS_PUBLIC_SITE else "foundation.accounts.sessions"
)
SESSION_IDLE_SECONDS: int = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_LONGEST_SECONDS: int = env.int("SESSION_LONGEST_SECONDS", default=12 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS
# The cookie goes with the browser window; the limits above hold whatever the browser does.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{PRODUCT_NAME}: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_PRODUCTION else "http"
MFA_TOTP_ISSUER = PRODUCT_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION

# A month of the audit trail may be dropped so long after its end (manage.py audit_drop_month), not before.
AUDIT_KEEP_MONTHS: int = env.int("AUDIT_KEEP_MONTHS", default=84)

# Log lines are JSON with a request id; what an exception says is dropped (config.logs).
LOG_LEVEL: str = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "foreign_pre_chain": logs.SHARED,
            "processors": logs.FINAL,
            "pass_foreign_args": True,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.db.backends": {"level": "WARNING"},
        "aiohttp": {"level": "WARNING"},
        "twilio": {"level": "WARNING"},
        "urllib3": {"level": "WARNING"},
    },
}
logs.configure()
# A caller's own ids are not written down: they may be anything.
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = False
DJANGO_STRUCTLOG_TRUST_UPSTREAM_CORRELATION_ID = False

# Whoever asks for /metrics brings this as a bearer token; without one there is no such page.
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")
