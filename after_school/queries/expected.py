"""Which children are expected at an afternoon, and who of them has not come."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, Q, QuerySet

from after_school.models import Absence, Enrolment, Presence, Session, Whereabouts
from diedie_edu.activities.models import Occasion, SignUp
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.queries.duties import duties_at


def expected_at(session: Session) -> QuerySet[Enrolment]:
    """Children with a seat who come on this weekday and of whom no absence was told; nobody where
    it is called off."""
    found = Enrolment.objects.filter(_is_enrolled_on(session))
    stands = Occasion.objects.filter(zone_day__session=session, is_called_off=False)
    return found.filter(Exists(stands))


def _is_enrolled_on(session: Session) -> Q:
    absences = absences_on(session.day, session.term_id)
    seated = Q(term=session.term_id, sign_up__status=SignUp.Status.SEATED)
    return (
        seated
        & Q(weekdays__contains=[session.weekday], child__erase_due_on=None)
        & ~Q(pk__in=absences.values("enrolment"))
    )


def enrolled_on(days: Sequence[Session]) -> QuerySet[Resident]:
    """The children who come on one of these days at least, or are inside, called off or not."""
    is_enrolled = reduce(or_, map(_is_enrolled_on, days), Q(pk__in=[]))
    enrolled = Enrolment.objects.order_by().filter(is_enrolled)
    inside = Presence.objects.order_by().filter(Presence.INSIDE, session__in=days)
    children = enrolled.values("child").union(inside.values("child"))
    return Resident.objects.filter(pk__in=children)


def called_off_children(days: Sequence[Session]) -> QuerySet[Resident]:
    """Those of them who have not come yet."""
    came = Presence.objects.filter(session__in=days, arrived_at__isnull=False)
    return enrolled_on(days).exclude(pk__in=came.values("child"))


def inside_elsewhere_at(session: int, day: date) -> QuerySet[Presence]:
    """Who is inside at another term's session of the day than the one (id): nobody misses them
    there."""
    others = Presence.objects.filter(Presence.INSIDE, session__day=day)
    return others.exclude(session=session).order_by()


def inside_elsewhere(presence: Presence) -> Presence | None:
    """Where else the child is down as inside, with the session."""
    others = Presence.objects.filter(Presence.INSIDE, child=presence.child_id)
    return others.exclude(session=presence.session_id).select_related("session", "child").first()


def on_register(session: int, term: int) -> QuerySet[Enrolment]:
    """Those with a seat in the term (id), and whoever is in the register of an afternoon (id)."""
    there = Presence.objects.filter(session=session)
    return Enrolment.objects.filter(term=term).filter(
        Q(sign_up__status=SignUp.Status.SEATED) | Q(child__in=there.values("child"))
    )


def awaited_at(session: Session) -> QuerySet[Enrolment]:
    """Expected, and neither arrived, nor with a guardian, nor inside at another term's; in the
    order of locking."""
    known = Q(arrived_at__isnull=False) | Q(whereabouts__said=Whereabouts.Said.WITH_ME)
    seen = Presence.objects.filter(known, session=session)
    late = expected_at(session).exclude(child__in=seen.values("child"))
    late = late.exclude(child__in=inside_elsewhere_at(session.pk, session.day).values("child"))
    return late.select_related("child").defer("allergies", "notes").order_by("child_id")


def not_come(session: Session) -> QuerySet[Enrolment]:
    """Those of them of whom nobody has been told yet, and nobody has said where they are."""
    known = Q(missing_notified_at__isnull=False) | Q(whereabouts__isnull=False)
    told = Presence.objects.filter(known, session=session)
    return awaited_at(session).exclude(child__in=told.values("child"))


def absences_on(day: date, term: int) -> QuerySet[Absence]:
    return Absence.objects.filter(
        enrolment__term=term, first_day__lte=day, last_day__gte=day, taken_back_at=None
    )


def whom_it_concerns(session: Session) -> dict[str, int]:
    """How many children are inside, how many more would come, and how many are on duty."""
    return {
        "inside": Presence.objects.filter(Presence.INSIDE, session=session).count(),
        "to_come": called_off_children([session]).count(),
        "on_duty": duties_at(session.zone_days.values("occasion")).count(),
    }
