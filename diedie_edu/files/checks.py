"""Where files are kept must be said whole, before anybody sends one."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

NEEDED = {
    "bucket_name": "MEDIA_S3_BUCKET",
    "access_key": "MEDIA_S3_KEY_ID",
    "secret_key": "MEDIA_S3_KEY_SECRET",
}
STYLES = ("virtual", "path")


@register()
def check_store(**_: object) -> list[CheckMessage]:
    """MEDIA_STORAGE, and what a bucket needs."""
    if settings.MEDIA_STORAGE not in ("folder", "s3"):
        return [Error("MEDIA_STORAGE must be folder or s3.", id="files.E001")]
    options = settings.MEDIA.get("OPTIONS")
    if options is None:
        return []
    missing = [name for key, name in NEEDED.items() if not options[key]]
    if missing:
        return [Error(f"MEDIA_STORAGE=s3 needs {', '.join(missing)}.", id="files.E002")]
    if options["addressing_style"] not in STYLES:
        return [Error("MEDIA_S3_ADDRESSING must be virtual or path.", id="files.E003")]
    return []
