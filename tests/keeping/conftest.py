"""A back-up of a small portal, and what a table holds."""

from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def kept(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder for back-ups, under a key of the operator."""
    settings.BACKUP_KEY = urlsafe_b64encode(KEY).decode()
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


def hashes() -> dict[str, str]:
    """Of every table the hash of all it holds, in no order."""
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t"
            )
            found[name] = cursor.fetchone()[0]
    return found
