"""Reads of enterprises and of the workers they nominate."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from diedie_edu.common.days import moment
from edu_base.models import (
    Allotment,
    Enterprise,
    Intake,
    Nomination,
    Scheme,
    SchemeYear,
    State,
)


def dream_years() -> QuerySet[SchemeYear]:
    """The newest first."""
    return SchemeYear.objects.filter(scheme=Scheme.DREAM).order_by("-year")


def classes_open(year: int, today: date) -> Sequence[Intake]:
    """Classes of the Dream scheme that still take applications, or will."""
    rows = Intake.objects.filter(scheme=Scheme.DREAM, year=year, closes_on__gte=today)
    return list(rows.order_by("pk"))


def years_open(today: date) -> list[int]:
    """Years in which there is such a class."""
    rows = Intake.objects.filter(scheme=Scheme.DREAM, closes_on__gte=today)
    return list(rows.values_list("year", flat=True))


def answer_until(year: int) -> date | None:
    """The last day on which a worker can say yes: that of the last class of the year."""
    rows = Intake.objects.filter(scheme=Scheme.DREAM, year=year)
    return rows.aggregate(day=Max("closes_on"))["day"]


def enterprises(year: SchemeYear | None) -> QuerySet[Enterprise]:
    """All of them with what each has in a year: the number of `places` given, `used`, `returned`
    and `confirmed`, and until when its link holds."""
    own = Allotment.objects.filter(enterprise=OuterRef("pk"), scheme_year=year)
    confirmed = Count(
        "allotments__nominations",
        filter=Q(
            allotments__scheme_year=year,
            allotments__nominations__confirmed_at__isnull=False,
            allotments__nominations__ended_at=None,
        ),
    )
    columns = ("places", "used", "returned", "link_ends_on")
    rows = Enterprise.objects.select_related("organisation").annotate(
        confirmed=confirmed, **{name: Subquery(own.values(name)) for name in columns}
    )
    return rows.order_by("organisation__title", "pk")


def allotments_of(enterprise: Enterprise) -> QuerySet[Allotment]:
    rows = Allotment.objects.filter(enterprise=enterprise).select_related("scheme_year")
    return rows.order_by("-year")


def to_remind(today: date, last: date) -> QuerySet[Allotment]:
    """With places left, a link that holds, and an end of nominating from today to `last`; not told
    since the link was sent, which was not today."""
    rows = Allotment.objects.filter(
        scheme_year__allotments_end_on__range=(today, last),
        link_ends_on__gte=today,
        link_sent_at__lt=moment(today),
        reminded_at=None,
        places__gt=F("used") + F("returned"),
    ).exclude(enterprise__organisation__phone="")
    return rows.select_related("scheme_year", "enterprise__organisation").order_by("pk")


def newest_allotments() -> QuerySet[Allotment]:
    """Of the newest year of the scheme."""
    rows = Allotment.objects.filter(scheme_year=dream_years().values("pk")[:1])
    return rows.select_related("enterprise__organisation")


def nominations_of(allotment: Allotment) -> QuerySet[Nomination]:
    """Those whose words are still there, as the enterprise may see them."""
    rows = Nomination.objects.filter(allotment=allotment, forgotten_at=None)
    return rows.select_related("application").order_by("nominated_at", "pk")


def left_the_job() -> QuerySet[Nomination]:
    """Confirmed, and their enterprise says they have left: staff see to it."""
    rows = Nomination.objects.filter(left_on__isnull=False, ended_at=None, forgotten_at=None)
    return rows.select_related("allotment__enterprise__organisation").order_by("left_on", "pk")


def withdrawn() -> QuerySet[Nomination]:
    """Confirmed, and the application was taken back: as a draft it is gone."""
    rows = Nomination.objects.filter(confirmed_at__isnull=False, ended_at=None, forgotten_at=None)
    return rows.filter(Q(application=None) | Q(application__state=State.WITHDRAWN))
