"""Requests on the pages that cross programmes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Panel, Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.decisions.kinds import titled
from diedie_edu.decisions.models import OPEN, Request
from diedie_edu.decisions.queries import requests
from diedie_edu.people.models import Resident

SHOWN_AFTER = timedelta(days=30)


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """All that waits for the reader in one line, red where something is late."""
    today = local_day(now)
    counts = requests.waiting_for(user, today).order_by()
    found = counts.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    if not found["all"]:
        return
    text = ngettext(
        "%(number)d request waits for your decision.",
        "%(number)d requests wait for your decision.",
        found["all"],
    ) % {"number": found["all"]}
    if found["late"]:
        late = ngettext("%(number)d is late.", "%(number)d are late.", found["late"])
        text = _("{text} {more}").format(text=text, more=late % {"number": found["late"]})
    tone = "brick" if found["late"] else "amber"
    yield Problem(20, text, reverse("decisions:waiting"), _("Decide"), tone)


def asked_lately(account: int, since: datetime) -> QuerySet[Request]:
    rows = requests.asked_by(account)
    return rows.filter(Q(state__in=OPEN) | Q(decided_at__gt=since))


ASKED_LATELY = Composed[Request](asked_lately, account=int, since=datetime)
LATELY = Peek(asked_lately, since=lambda now: now - SHOWN_AFTER)


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """What the reader asked for: all that is open, and what was answered lately."""
    rows = titled(ASKED_LATELY.rows(account=user.pk, since=now - SHOWN_AFTER))
    yield Panel(45, "decisions/my_requests.html", {"requests": rows})
