"""What the staff desk says of the doors."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.notices.models import Notice
from diedie_edu.portal.sign_in.messages import HOUSE_IS_FULL

SHOWN_FOR = timedelta(hours=2)
DOORS = Peek(lambda since: _said(since), since=lambda now: now - SHOWN_FOR)


def problems(user: User, now: datetime) -> Iterator[Problem]:
    if not user.may(Permission.KEEP_ACCOUNTS):
        return
    if _said(now - SHOWN_FOR).exists():
        text = _(
            "Strangers ask for very many codes, or guess at them, and have to wait. If this is no "
            "rush of ours, please call whoever looks after the server."
        )
        yield Problem(1, text, tone="brick")


def _said(since: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(subject=HOUSE_IS_FULL.code, created_at__gt=since)
