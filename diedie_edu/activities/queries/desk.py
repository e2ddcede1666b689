"""What the calendar asks of staff, on the desk."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext, pgettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.queries.changed_days import AHEAD, undecided_between, undecided_days
from diedie_edu.common.days import day_text, local_day
from diedie_edu.common.parts import Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.venues.models import SpecialDay

CHANGED = Peek(undecided_between, until=lambda now: local_day(now) + AHEAD)


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """Days that a list has changed while something is planned on them; all in one line."""
    days = undecided_days(now) if user.may(Permission.KEEP_CALENDAR) else []
    if days:
        text = ngettext(
            "%(day)s has changed, and what is planned on it does not suit.",
            "%(number)d days have changed, and what is planned does not suit; the first: %(day)s.",
            len(days),
        )
        words = {"day": day_text(days[0], year=False), "number": len(days)}
        kind = SpecialDay.objects.get(day=days[0]).kind
        url = reverse("activities:change_day", args=[days[0].isoformat(), kind])
        yield Problem(30, text % words, url, pgettext("a changed day", "Decide"), "brick")
