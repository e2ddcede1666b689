"""Who sees the logo, and whether the facts stand."""

from datetime import datetime

from django.db.models import QuerySet

from diedie_edu.community.known import community
from diedie_edu.community.models import Community
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile


def reached(now: datetime) -> QuerySet[Community]:
    """The row where it says where the community is found and rung."""
    return Community.objects.exclude(phone="").exclude(address_zh="")


def may_read_logo(_reader: Reader, file: StoredFile) -> bool:
    """Everybody, as long as it stands on the pages."""
    return community().logo_id == file.pk
