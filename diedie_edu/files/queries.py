"""Reads of stored files."""

from datetime import datetime

from django.db.models import Q, QuerySet

from diedie_edu.files.models import StoredFile


def files_at(now: datetime) -> QuerySet[StoredFile]:
    """Those that have not come to their end."""
    return StoredFile.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now))
