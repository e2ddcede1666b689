"""Reads of imports."""

from collections.abc import Iterable

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.models import ImportJob


def imports_seen_by(user: User, kinds: Iterable[ListKind]) -> QuerySet[ImportJob]:
    """Imports of these kinds, the last first.

    Whoever does not move people's data sees their own: lists hold people of other programmes.
    """
    rows = ImportJob.objects.filter(params__list__in=[kind.slug for kind in kinds])
    if not user.may(Permission.MOVE_PEOPLE):
        rows = rows.filter(asked_by=user)
    return rows.select_related("asked_by")
