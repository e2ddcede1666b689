"""Pictures of a group: kept, published with the yes of those shown, taken away."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.common.documents import read_document
from diedie_edu.files.actions import store
from diedie_edu.files.rules import check_size
from happy_square.models import Group, GroupPicture, MeetUp
from happy_square.rules import pictures as rules

KIND = "group_picture"


@transaction.atomic
def add(
    *,
    group: Group,
    data: bytes,
    caption: str,
    shown: str,
    agreed_note: str,
    meet_up: MeetUp | None = None,
    by: User,
    now: datetime,
) -> GroupPicture:
    """Keep a picture, decoded and written anew, without the place where it was taken. It stands on
    the group's page, beside the day of its `meet_up`, once it is known that those shown agree.

    Raises `Refused` where it is too large, no picture, one too many, or `no_note`.
    """
    check_size(len(data), settings.MATERIAL_MEGABYTES)
    document = read_document(data)
    rules.check_is_picture(document)
    lock_activity(group.pk)
    rules.check_room_for_more(GroupPicture.objects.filter(group=group).count())
    file = store.keep_document(document=document, kind=KIND, title=caption, by=by, now=now)
    made = GroupPicture.objects.create(group=group, file=file, caption=caption, meet_up=meet_up)
    if shown:
        permit(picture=made, shown=shown, agreed_note=agreed_note, by=by, now=now)
    return made


@transaction.atomic
def permit(*, picture: GroupPicture, shown: str, agreed_note: str, by: User, now: datetime) -> None:
    """Write down that those shown agree; from now on everybody sees it. Raises `Refused`."""
    rules.check_permission(shown, agreed_note)
    given = {"shown": shown, "agreed_note": agreed_note, "agreed_at": now, "agreed_by": by}
    GroupPicture.objects.filter(pk=picture.pk).update(**given)


@transaction.atomic
def remove(*, picture: GroupPicture, by: User) -> None:
    """Somebody shown changed their mind, or it is old. Twice is harmless."""
    GroupPicture.objects.filter(pk=picture.pk).delete()
    store.remove(file=picture.file)
