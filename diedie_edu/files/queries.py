"""Reads of stored files."""

from datetime import datetime

from diedie_edu.files.models import StoredFile

# Written out: it is asked for every picture of a page.
AT_KEY = """
SELECT * FROM files_storedfile WHERE key = %s AND (ends_at IS NULL OR ends_at > %s)
"""


def file_at(key: str, now: datetime) -> StoredFile | None:
    """The file of a key, if it has not come to its end."""
    return next(iter(StoredFile.objects.raw(AT_KEY, [key, now])), None)
