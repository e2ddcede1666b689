"""What was held in a span: sessions, their seats, what people said, how long volunteers served.

Every count is one statement for all programmes, whatever the number of rows.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from diedie_edu.activities.models import Activity, Attendance, Occasion
from diedie_edu.activities.queries.occasions import announced
from diedie_edu.activities.traits import topic_title
from diedie_edu.common.manifests import parts_of
from diedie_edu.door.models import Feedback
from diedie_edu.door.rules.feedback import counted_together, is_enough
from diedie_edu.figures.kinds import ALL, NOTHING, Comings, Sheet, Topic, Value, Values
from diedie_edu.figures.spans import Span
from diedie_edu.people.models import VolunteerKind
from diedie_edu.volunteering.models import Duty

PROGRAMME = "activity__programme__slug"
STUDENTS, RETIRED = VolunteerKind.STUDENT_PARTY, VolunteerKind.RETIRED_PARTY
IS_STUDENT = Q(volunteer__kinds__contains=[STUDENTS])
IS_RETIRED = Q(volunteer__kinds__contains=[RETIRED])
# Whoever is of both kinds counts as a student, so that the kinds add up.
KINDS = {
    "students": IS_STUDENT,
    "retired": IS_RETIRED & ~IS_STUDENT,
    "others": ~IS_RETIRED & ~IS_STUDENT,
    "all": Q(),
}


def within_span(span: Span, path: str = "") -> Q:
    """What begins on one of its days; `path` leads to the occasion."""
    begins = f"{path}starts_at"
    return Q(**{f"{begins}__gte": span.starts_at, f"{begins}__lt": span.ends_at})


def held(sheet: Sheet) -> "QuerySet[Occasion]":
    """Announced, over, and not called off."""
    rows = Occasion.objects.filter(within_span(sheet.span), announced("activity__"))
    rows = rows.filter(sheet.about("activity__"))
    return rows.filter(is_called_off=False, ends_at__lte=sheet.now).order_by()


def sessions(sheet: Sheet) -> Values:
    rows = held(sheet).values_list(PROGRAMME).annotate(Count("pk"))
    return {slug: Value(number) for slug, number in rows}


def seats_filled(sheet: Sheet) -> Values:
    """Of activities with seats: not of groups that go on, nor of what one just comes to, where
    sign-up opens as it begins."""
    first = held(sheet).filter(activity=OuterRef("pk"), starts_at__gt=OuterRef("sign_up_opens_at"))
    rows = Activity.objects.filter(Exists(first), is_ongoing=False).order_by()
    counted = rows.values_list("programme__slug").annotate(Sum("taken"), Sum("capacity"))
    return {slug: Value(taken, capacity) for slug, taken, capacity in counted}


def came_of_seats(sheet: Sheet) -> Values:
    """Who came, of all seats: not of programmes whose comings stand elsewhere than in attendance,
    nor of what one just comes to."""
    others = [own.programme for own in parts_of(Comings)]
    rows = (
        held(sheet)
        .filter(activity__is_ongoing=False, starts_at__gt=F("activity__sign_up_opens_at"))
        .exclude(**{f"{PROGRAMME}__in": others})
    )
    seats = dict(rows.values_list(PROGRAMME).annotate(Sum("activity__capacity")))
    attended = Attendance.objects.filter(occasion__in=rows.values("pk")).order_by()
    came = dict(attended.values_list(f"occasion__{PROGRAMME}").annotate(Count("pk")))
    return {slug: Value(came.get(slug, 0), number) for slug, number in seats.items()}


def would_come_again(sheet: Sheet) -> Values:
    """Of whole answers; of sessions with few answers only where they are enough together."""
    path = "attendance__occasion"
    whole = Feedback.objects.filter(within_span(sheet.span, f"{path}__")).order_by()
    whole = whole.filter(sheet.about(f"{path}__activity__"))
    whole = whole.exclude(use="").exclude(level="").exclude(again="")
    rows = whole.values_list(f"{path}__{PROGRAMME}", path).annotate(
        yes=Count("pk", filter=Q(again=Feedback.Again.YES)), number=Count("pk")
    )
    said: dict[str, dict[int, Value]] = defaultdict(dict)
    for slug, occasion, yes, number in rows:
        said[slug][occasion] = Value(yes, number)
    return {slug: _together(answers, sheet.topic) for slug, answers in said.items()}


def _together(answers: dict[int, Value], topic: Topic | None) -> Value:
    """Of one topic only sessions that are enough by themselves: taken from the sum of all, small
    ones could else be worked out."""
    numbers = {key: int(value.whole or 0) for key, value in answers.items()}
    enough = {key for key, number in numbers.items() if is_enough(number)}
    told = enough if topic else counted_together(numbers)
    return sum((answers[key] for key in told), NOTHING)


def served(sheet: Sheet) -> dict[str, dict[str, Any]]:
    """Confirmed minutes of volunteers by kind of volunteer, and how many served; by programme and
    for ALL, each volunteer once."""
    rows = Duty.objects.filter(within_span(sheet.span), confirmed_at__isnull=False).order_by()
    sums: dict[str, Any] = {key: Sum("served_minutes", filter=kind) for key, kind in KINDS.items()}
    sums["people"] = Count("volunteer", distinct=True)
    counted: Any = rows.values(slug=F(f"occasion__{PROGRAMME}")).annotate(**sums)
    return {row["slug"]: row for row in counted} | {ALL: rows.aggregate(**sums)}


def hours(kind: str) -> Any:
    """`Indicator.of` for the confirmed hours of a kind, with one decimal."""

    def of(sheet: Sheet) -> Values:
        rows = sheet.read(served)
        return {slug: _hours(row[kind]) for slug, row in rows.items() if row["people"]}

    return of


def volunteers(sheet: Sheet) -> Values:
    rows = sheet.read(served)
    return {slug: Value(row["people"]) for slug, row in rows.items() if row["people"]}


def _hours(minutes: int | None) -> Value:
    return Value((Decimal(minutes or 0) / 60).quantize(Decimal("0.1")))


def session_rows(sheet: Sheet, programmes: list[str]) -> "QuerySet[Any]":
    """What the figures of sessions, visits, answers and hours are made of, the latest first:
    sessions that were held, and called-off ones to which somebody had come all the same."""
    here = OuterRef("pk")
    answers = Feedback.objects.filter(attendance__occasion=here)
    whole = answers.exclude(use="").exclude(level="").exclude(again="")
    duties = Duty.objects.filter(occasion=here, confirmed_at__isnull=False)
    own = (one.at_occasion() for one in parts_of(Comings) if one.programme in programmes)
    attended = _number(Attendance.objects.filter(occasion=here), "occasion", Count("pk"))
    rows = Occasion.objects.filter(within_span(sheet.span), announced("activity__"))
    rows = rows.filter(sheet.about("activity__"))
    return (
        rows.filter(ends_at__lte=sheet.now, activity__programme__slug__in=programmes)
        .annotate(
            came=sum(own, attended),
            answers=_number(whole, "attendance__occasion", Count("pk")),
            minutes=_number(duties, "occasion", Sum("served_minutes")),
            topic=topic_title("activity__"),
        )
        .filter(Q(is_called_off=False) | Q(came__gt=0) | Q(minutes__gt=0))
        .select_related("activity__programme", "venue")
        .order_by("-starts_at", "-pk")
    )


def _number(rows: "QuerySet[Any]", by: str, count: Aggregate) -> Any:
    """One number for each occasion, 0 for those without a row."""
    counted = rows.order_by().values(by).annotate(number=count).values("number")
    return Coalesce(Subquery(counted), 0)
