"""Reads of lectures."""

from datetime import datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet

from diedie_edu.activities.models import Activity, Duty, Occasion, SignUp
from diedie_edu.people.models import Resident, VolunteerKind
from residents_school.models import Lecture

# Plan 三(二): expert volunteers and the lecturers' team.
WHO_CAN_SPEAK = Q(is_active=True, kinds__overlap=[VolunteerKind.EXPERT, VolunteerKind.LECTURER])
WAITING = Count("sign_ups", filter=Q(sign_ups__status=SignUp.Status.WAITING))


def lectures() -> QuerySet[Lecture]:
    """Lectures with all that a card shows, in a constant number of queries."""
    occasions = Occasion.objects.select_related("venue")
    return (
        Lecture.objects.select_related("topic__area", "partner")
        .prefetch_related(Prefetch("occasions", occasions))
        .annotate(starts_at=F("occasions__starts_at"), ends_at=F("occasions__ends_at"))
    )


def lectures_ahead(now: datetime) -> QuerySet[Lecture]:
    """What residents see: announced and not over, soonest first; called-off ones too."""
    return (
        lectures()
        .filter(occasions__ends_at__gt=now)
        .exclude(state=Activity.State.DRAFT)
        .order_by("starts_at", "pk")
    )


def next_lectures(now: datetime, number: int) -> list[Lecture]:
    return list(lectures_ahead(now).exclude(state=Activity.State.CALLED_OFF)[:number])


def announced_lectures() -> QuerySet[Lecture]:
    """Every lecture a visitor may open, past ones too."""
    return lectures().exclude(state=Activity.State.DRAFT)


def planned_lectures() -> QuerySet[Lecture]:
    """What staff see: drafts too, with the length of the queue."""
    return lectures().annotate(waiting=WAITING)


def speakers(lecture: Lecture) -> list[Duty]:
    """Who gives it."""
    return list(
        Duty.objects.filter(occasion__activity_id=lecture.pk, work=Duty.Work.SPEAKER)
        .exclude(volunteer=None)
        .select_related("volunteer__resident")
    )


def lectures_given_by(words: str) -> QuerySet[Duty]:
    """Ids of lectures with a speaker whose name holds `words`."""
    named = Duty.objects.filter(
        work=Duty.Work.SPEAKER, volunteer__resident__full_name__icontains=words
    )
    return named.values("occasion__activity_id")


def with_own_sign_ups(page: list[Lecture], family: list[Resident]) -> list[Lecture]:
    """Mark each lecture with the reader's own live sign-up, in one query."""
    rows = SignUp.objects.filter(
        activity__in=[lecture.pk for lecture in page],
        resident__in=family,
        status__in=SignUp.LIVE,
    )
    own = {row.activity_id: row for row in rows}
    for lecture in page:
        lecture.sign_up = own.get(lecture.pk)
    return page
