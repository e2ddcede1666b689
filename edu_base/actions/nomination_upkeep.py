"""What the clock does to nominations: reminding, ending, forgetting. Every tick may call it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from edu_base import dream_messages as messages
from edu_base.actions.nominations import Ending, end, tell_worker
from edu_base.models import Nomination
from edu_base.queries import nominations as queries

FORGOTTEN = dict.fromkeys(["full_name", "name_key", "phone", "phone_key", "job", "reason"], "")


@transaction.atomic
def remind(now: datetime) -> int:
    """Whoever has not answered NOMINATION_REMINDER_DAYS after the nomination hears once more; how
    many messages."""
    since = now - timedelta(days=settings.NOMINATION_REMINDER_DAYS)
    rows = _waiting().filter(nominated_at__lt=since, reminded_at=None)
    due = list(rows.select_for_update(of=("self",), skip_locked=True))
    for row in due:
        tell_worker(messages.NOMINATED_REMINDER, row, now)
    Nomination.objects.filter(pk__in=[row.pk for row in due]).update(reminded_at=now)
    return len(due)


@transaction.atomic
def lapse(now: datetime) -> int:
    """What nobody confirmed until the last class of the year has closed ends, and so does that of
    whoever has withdrawn since; no messages."""
    over = _waiting().exclude(year__in=queries.years_open(local_day(now)))
    for row in over.order_by("pk"):
        end(row, Ending.LAPSED, None, now)
    for row in queries.withdrawn().order_by("pk"):
        end(row, Ending.DECLINED, None, now)
    return 0


def forget_old(now: datetime) -> int:
    """PIPL art. 47: what an enterprise wrote of somebody who never agreed goes NOMINATION_KEEP_DAYS
    after the end, and of others with the words of their application; no messages."""
    kept_from = now - timedelta(days=settings.NOMINATION_KEEP_DAYS)
    never = Q(confirmed_at=None, ended_at__lt=kept_from)
    erased = Q(confirmed_at__isnull=False) & (
        Q(application__erased_at__isnull=False) | Q(application=None, ended_at__lt=kept_from)
    )
    _forget(Nomination.objects.filter(never | erased), now)
    return 0


def forget_person(person: Resident, now: datetime) -> None:
    """Of somebody who is erased no words stay, and nothing waits for their answer; whoever was only
    nominated is known by name and phone."""
    same = Q(name_key=person.name_key, phone_key=person.phone_key) & ~Q(phone_key="")
    rows = Nomination.objects.filter(same | Q(person=person))
    rows.filter(ended_at=None).update(ended_at=now, ending=Ending.DECLINED)
    _forget(rows, now)


def _forget(rows: QuerySet[Nomination], now: datetime) -> None:
    numbers = list(rows.filter(forgotten_at=None).values_list("pk", flat=True))
    Nomination.objects.filter(pk__in=numbers).update(forgotten_at=now, **FORGOTTEN)


def _waiting() -> QuerySet[Nomination]:
    rows = Nomination.objects.filter(confirmed_at=None, ended_at=None, forgotten_at=None)
    return rows.select_related("allotment__enterprise__organisation")
