"""Which occasions take place, and when."""

from datetime import date, datetime, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.common.days import moment


def announced(path: str = "") -> Q:
    """What residents may see: not a draft, nor one that was called off as a draft.

    `path` leads to the activity, as "occasion__activity__" does from a duty. Whatever shows
    residents anything asks this; of one row, `Activity.was_announced` says it.
    """
    return Q(**{f"{path}is_dropped": False}) & ~Q(**{f"{path}state": Activity.State.DRAFT})


def occasions_between(start: datetime, end: datetime) -> QuerySet[Occasion]:
    """Every occasion that begins in [start, end), drafts and called-off ones too."""
    return (
        Occasion.objects.filter(starts_at__gte=start, starts_at__lt=end)
        .select_related("activity__programme", "venue")
        .annotate(waiting=number_waiting("activity"))
        .order_by("starts_at", "id")
    )


def number_waiting(path: str = "pk") -> Combinable:
    """How many people wait for the activity at `path` of a row, counted for the rows of one page: a
    join would count them for all rows before the page is cut."""
    queue = SignUp.objects.filter(activity=OuterRef(path), status=SignUp.Status.WAITING)
    number = queue.order_by().values("activity").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def occasions_standing(day: date, now: datetime) -> QuerySet[Occasion]:
    """What begins on a day and is neither over nor called off, in every programme."""
    start, end = moment(day), moment(day + timedelta(days=1))
    return occasions_between(start, end).filter(is_called_off=False, ends_at__gt=now)


def next_occasion(activity: Activity, now: datetime) -> Occasion:
    """The one that people look forward to; the last one when all is over."""
    occasions = activity.occasions.select_related("venue").order_by("starts_at")
    ahead = occasions.filter(ends_at__gt=now, is_called_off=False).first()
    return ahead or occasions.reverse()[0]
