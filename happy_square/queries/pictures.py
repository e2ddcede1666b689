"""Pictures of groups, and who sees them."""

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile
from happy_square.models import GroupPicture
from happy_square.queries.groups import announced_groups, run_by


def pictures_of(group: int) -> QuerySet[GroupPicture]:
    """All of a group (its number), for those who run it."""
    return GroupPicture.objects.filter(group=group).select_related("file", "meet_up__occasion")


def published(group: int) -> QuerySet[GroupPicture]:
    return pictures_of(group).filter(agreed_at__isnull=False)


def may_read_picture(reader: Reader, file: StoredFile) -> bool:
    """Everybody what is published; before, those who run the group."""
    found = GroupPicture.objects.filter(file=file).first()
    if found is None:
        return False
    shown = found.is_published and announced_groups().filter(pk=found.group_id).exists()
    return shown or (isinstance(reader, User) and run_by(reader).filter(pk=found.group_id).exists())
