"""Where rows and files are kept, and who stands between: settings, from the environment."""

from pathlib import Path as _Path
from typing import Any as _Any

from environ import Env as _Env

_env = _Env()
_VAR = _Path(__file__).resolve().parent.parent / "var"

DATABASES = {"default": _env.db("DATABASE_URL", default="postgres:///diedie_edu")}
DATABASES["default"]["ENGINE"] = "diedie_edu.common.postgres"
DATABASES["default"]["CONN_MAX_AGE"] = _env.int("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Nothing is kept in the memory of a process that another one would have to know.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

# A pool in transaction mode (PgBouncer) stands between the portal and PostgreSQL: no settings at
# the start of a connection, and the limits of time belong to the role (`manage.py limit_time`).
POOLED = _env.bool("POOLED", False)
TIME_LIMITS = {
    "statement_timeout": _env("STATEMENT_SECONDS", cast=int, default=60),
    "lock_timeout": _env("LOCK_SECONDS", cast=int, default=30),
    # Long work reads a file between two statements.
    "idle_in_transaction_session_timeout": _env("IDLE_SECONDS", cast=int, default=600),
}

# Files: a folder that every machine sees, or a bucket of a store that speaks S3. The portal alone
# reads and writes it; nobody is ever given an address of it.
MEDIA_ROOT = _Path(_env("MEDIA_ROOT", default=str(_VAR / "media")))
MEDIA_STORAGE = _env("MEDIA_STORAGE", default="folder")  # folder or s3
_BUCKET = {
    "bucket_name": _env("MEDIA_S3_BUCKET", default=""),
    "endpoint_url": _env("MEDIA_S3_ENDPOINT", default="") or None,
    "region_name": _env("MEDIA_S3_REGION", default="") or None,
    "access_key": _env("MEDIA_S3_KEY_ID", default=""),
    "secret_key": _env("MEDIA_S3_KEY_SECRET", default=""),
    # The bucket is part of the host (virtual: Alibaba, Tencent) or of the path (MinIO, Ceph).
    "addressing_style": _env("MEDIA_S3_ADDRESSING", default="virtual"),
    "location": _env("MEDIA_S3_FOLDER", default=""),
}
MEDIA: dict[str, _Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
if MEDIA_STORAGE == "s3":
    MEDIA = {"BACKEND": "diedie_edu.common.buckets.Bucket", "OPTIONS": _BUCKET}
