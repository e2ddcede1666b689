"""What a group's filing (备案) and charter lack."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from happy_square.models import Group

SOON = timedelta(days=60)


def missing(group: Group, today: date) -> Iterator[str | Promise]:
    """Plan 五(一), to guide: in words, for whoever leads the group and who guides it; nothing where
    all is in order."""
    if group.charter_on is None:
        yield _("The group has no charter yet.")
    if group.filing == Group.Filing.NONE:
        yield _("The group is not filed yet.")
    elif group.filing == Group.Filing.UNDER_WAY:
        yield _("The filing is under way; the number is missing.")
    elif group.filed_until and group.filed_until < today:
        yield _("The filing has run out.")
    elif group.filed_until and group.filed_until <= today + SOON:
        yield _("The filing runs out soon: renew it in time.")
