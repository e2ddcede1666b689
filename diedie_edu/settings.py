"""Settings, from the environment alone; docs/deploy.md explains each variable.

Without any variable the settings are those of production, and production refuses to
start half-configured. DEMO=true (set by `make run` and `make test`) allows the keys and
accounts that everybody knows.
"""

from pathlib import Path

import environ
from bootstrap_wrapper import get_bootstrap_css_dir
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from diedie_edu.backups import *  # noqa: F403 - back-ups and the list of endings
from diedie_edu.bells import *  # noqa: F403 - Celery, and what it rings for
from diedie_edu.browsers import *  # noqa: F403 - what pages may load and ask a device for
from diedie_edu.gateways import *  # noqa: F403 - text messages and e-mail
from diedie_edu.numbers import *  # noqa: F403 - what staff may want to change
from diedie_edu.signing_in import *  # noqa: F403 - accounts, sessions, the second factor
from diedie_edu.stores import *  # noqa: F403 - where rows and files are kept

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Keys and mode ---------------------------------------------------------------------
DEMO = env.bool("DEMO", False)
DEBUG = env.bool("DEBUG", False)
DEMO_KEY = "demo-key-that-everybody-knows-and-production-refuses"
SECRET_KEY = env("SECRET_KEY", default=DEMO_KEY if DEMO else "")
DEMO_FIELD_KEY = "ZGVtby1rZXktb2YtdGhpcnR5LXR3by1ieXRlcy0wMTI="
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
FIELD_KEYS = env.list("FIELD_KEYS", default=[DEMO_FIELD_KEY] if DEMO else [])
# Where the plan's facts of another community lie (fixtures/README.md); empty: those of this one.
PLAN_FOLDER = env("PLAN_FOLDER", default="")
PORTAL_URL = env("PORTAL_URL", default="http://127.0.0.1:8000").rstrip("/")
_HERE = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=_HERE if DEMO else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

HAS_OWN_KEYS = (
    len(SECRET_KEY) >= 50
    and DEMO_KEY not in SECRET_KEY
    and bool(FIELD_KEYS)
    and DEMO_FIELD_KEY not in FIELD_KEYS
)
if not (DEMO or HAS_OWN_KEYS):
    raise ImproperlyConfigured(
        "SECRET_KEY (50 characters or more) and FIELD_KEYS must be set to keys of your own; "
        "docs/deploy.md says how to make them. For a trial, set DEMO=true."
    )

# --- Apps ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "diedie_edu.portal",
    "residents_school",
    "after_school",
    "happy_square",
    "edu_base",
    "diedie_edu.office",
    "diedie_edu.publicity",
    "diedie_edu.figures",
    "diedie_edu.door",
    "diedie_edu.volunteering",
    "diedie_edu.activities",
    "diedie_edu.venues",
    "diedie_edu.programmes",
    "diedie_edu.decisions",
    "diedie_edu.notices",
    "diedie_edu.people",
    "diedie_edu.lists",
    "diedie_edu.jobs",
    "diedie_edu.keeping",
    "diedie_edu.community",
    "diedie_edu.files",
    "diedie_edu.accounts",
    "diedie_edu.common",
    "diedie_edu.accounts.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "heroicons",
    "import_export",
    "pghistory",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "diedie_edu.accounts.access.AccessMiddleware",
    "diedie_edu.people.looks.LooksMiddleware",
    "diedie_edu.common.reading.BoundedReading",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "axes.middleware.AxesMiddleware",
    "diedie_edu.common.wechat.InWeChat",
    "diedie_edu.common.last_resort.LastResort",
]

ROOT_URLCONF = "diedie_edu.urls"
WSGI_APPLICATION = "diedie_edu.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "diedie_edu.portal.context.frame",
            ],
            "builtins": ["diedie_edu.people.templatetags.people"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Security --------------------------------------------------------------------------
SECURE = PORTAL_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
# Browsers take a cookie of such a name over HTTPS alone, and from no neighbouring host.
if SECURE:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "diedie_edu.accounts.typed_again.refused_token"
# A name with __Host- is taken from this very host over https alone, never from a neighbour.
DEVICE_COOKIE_NAME = "__Host-device" if SECURE else "device"
# How many proxies of our own stand in front; each adds one address to X-Forwarded-For.
PROXY_COUNT = env.int("PROXY_COUNT", 0)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", SECURE)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 3600 if SECURE else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 22 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Language and time -----------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = "diedie_edu.formats"

# --- Files -----------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_css_dir())]
# Plain manifest: compressing every file with brotli took 25 times as long at start.
STORAGES = {
    "default": MEDIA,  # noqa: F405
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    if env.bool("COMPRESS_STATIC", False)
    else {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

# --- Logs: to standard output, and no personal data in them ----------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "diedie_edu.common.logs.Line",
            "fmt": "{asctime} {levelname} {name} {account} {message}",
            "style": "{",
        }
    },
    "filters": {"secrets": {"()": "diedie_edu.common.logs.HideSecretAddresses"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # A bell that found nothing to do says nothing; when each ran stands in the database.
    "loggers": {
        f"celery.{name}": {"level": "WARNING"} for name in ("worker.strategy", "app.trace", "beat")
    },
}
