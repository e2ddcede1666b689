"""Messages on the staff desk: those that did not surely arrive."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Problem
from diedie_edu.notices.models import Notice, Status


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """All of them in one line."""
    if not user.may(Permission.SEE_DELIVERY):
        return
    troubled = Notice.objects.filter(status__in=[Status.FAILED, Status.UNKNOWN], again=None).count()
    if troubled:
        text = ngettext(
            "%(number)d message did not surely arrive.",
            "%(number)d messages did not surely arrive.",
            troubled,
        )
        url = reverse("notices:trouble")
        yield Problem(10, text % {"number": troubled}, url, _("Look at them"), "brick")
