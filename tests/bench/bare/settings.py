"""The portal's keys and database, and the middleware of every project that Django starts."""

from pathlib import Path

from diedie_edu.settings import (  # noqa: F401
    ALLOWED_HOSTS,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    LOGGING,
    MEDIA_ROOT,
    SECRET_KEY,
    TIME_ZONE,
    USE_TZ,
)

DEBUG = False
INSTALLED_APPS = [
    "tests.bench.bare",
    "residents_school",
    "diedie_edu.volunteering",
    "diedie_edu.activities",
    "diedie_edu.venues",
    "diedie_edu.programmes",
    "diedie_edu.notices",
    "diedie_edu.people",
    "diedie_edu.files",
    "diedie_edu.community",
    "diedie_edu.accounts",
    "axes",  # as is what the portal's own actions import
    "pgtrigger",  # without it the models' Meta is not understood
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTH_USER_MODEL = "bare.User"
ROOT_URLCONF = "tests.bench.bare.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
