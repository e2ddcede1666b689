"""Reads of visits, findings and support; and who leads a group."""

from datetime import date, timedelta

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from happy_square.models import Finding, FollowUp, Group, Leadership, Visit
from happy_square.queries.groups import LISTED

OPEN = Finding.State.OPEN
HISTORY = Prefetch("follow_ups", FollowUp.objects.order_by("id"))


def leaders_of(group: int) -> list[int]:
    """Residents (ids) who lead a group at present: they hear what concerns it."""
    live = Leadership.objects.filter(group=group, ended_at=None)
    return list(live.values_list("resident", flat=True))


def leads_group(user: User | None, group: int | None) -> bool:
    """Whether the account's own person leads it at present, staff or not."""
    live = Leadership.objects.filter(group=group, ended_at=None)
    return user is not None and live.filter(resident__account=user).exists()


def findings() -> QuerySet[Finding]:
    return Finding.objects.select_related("group", "venue", "visit").prefetch_related(HISTORY)


def to_see_to() -> QuerySet[Finding]:
    """All that is not put right yet, the most pressing first."""
    return findings().exclude(state=Finding.State.CLOSED)


def overdue(today: date) -> QuerySet[Finding]:
    """Still to be put right, and the day has passed."""
    return findings().filter(state=OPEN, due_on__lt=today)


def visits_of(group: int) -> QuerySet[Visit]:
    return Visit.objects.filter(group=group).prefetch_related("findings").select_related("by")


def groups_to_visit(today: date) -> QuerySet[Group]:
    """Each listed group with when it `meets_at` today, its `last_visit` and how many findings are
    `open_findings`; first those that meet today, then whoever was not visited for longest."""
    begins, ends = moment(today), moment(today + timedelta(days=1))
    meets = Occasion.objects.filter(
        activity=OuterRef("pk"), is_called_off=False, starts_at__gte=begins, starts_at__lt=ends
    )
    counted = Group.objects.filter(standing__in=LISTED).select_related("kind")
    counted = counted.annotate(
        meets_at=Subquery(meets.order_by("starts_at").values("starts_at")[:1]),
        last_visit=Max("visits__visited_at"),
        open_findings=Count(
            "findings", filter=~Q(findings__state=Finding.State.CLOSED), distinct=True
        ),
    )
    first = (F("meets_at").asc(nulls_last=True), F("last_visit").asc(nulls_first=True))
    return counted.order_by(*first, "title", "pk")
