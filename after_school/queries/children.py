"""Reads of children: their enrolments, who answers for them, and how today goes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from after_school.models import (
    Absence,
    Collector,
    Enrolment,
    GuardianRight,
    Note,
    Presence,
    Session,
    Term,
)
from after_school.queries import terms
from after_school.rules.sessions import is_unopened
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident

SHOWN_AHEAD = 5


def rights_of(user: User) -> QuerySet[GuardianRight]:
    """The children an account answers for at the 4:30 school, by name."""
    return (
        GuardianRight.objects.filter(guardian__account=user)
        .select_related("child", "guardian")
        .order_by("child__sort_key", "child_id")
    )


def right_over(user: User, child: int) -> GuardianRight | None:
    """What an account sees and decides of a child (id); None where it is another's."""
    return rights_of(user).filter(child__in=Resident.objects.numbered(child)).first()


def is_barred(right: GuardianRight) -> bool:
    """Whether this guardian is barred from collecting the child."""
    own = Collector.objects.filter(child=right.child_id, guardian=right.guardian_id)
    return own.filter(barred_at__isnull=False).exists()


def guardians_of(child: Resident) -> QuerySet[GuardianRight]:
    """At most two, the first first."""
    return GuardianRight.objects.filter(child=child).select_related("guardian__account")


def live_enrolments() -> QuerySet[Enrolment]:
    """Children with a seat or in the queue."""
    return Enrolment.objects.filter(sign_up__status__in=SignUp.LIVE).select_related(
        "child", "term", "zone", "sign_up"
    )


def enrolment_of(child: int, now: datetime) -> Enrolment | None:
    """The child's (id) place in the term at hand, or in the next one."""
    ahead = live_enrolments().filter(child=child, term__last_day__gte=local_day(now))
    return ahead.order_by("term__first_day").first()


def children_to_list(term: Term) -> QuerySet[Enrolment]:
    """The children of a term by pinyin: name, grade and zone are all that a list shows."""
    return (
        live_enrolments()
        .filter(term=term)
        .defer("allergies", "notes")
        .order_by("child__sort_key", "pk")
    )


@dataclass(frozen=True)
class Afternoon:
    """How a child's day stands, as its guardian reads it."""

    now: datetime
    session: Session | None
    is_expected: bool
    absence: Absence | None
    presence: Presence | None
    notes: list[Note]

    @property
    def is_called_off(self) -> bool:
        return self.session is not None and not self.session.stands  # type: ignore[attr-defined]

    @property
    def is_over(self) -> bool:
        return self.session is not None and self.session.ends_at <= self.now

    @property
    def is_unopened(self) -> bool:
        """Nobody has opened it, so nobody knows whether the child is there."""
        return self.session is not None and is_unopened(self.session, self.now)


def afternoon_of(enrolment: Enrolment, now: datetime, sees_notes: bool) -> Afternoon:
    """The child's day, with the notes of staff where this guardian sees them."""
    day = local_day(now)
    session = (
        Session.objects.filter(term=enrolment.term_id, day=day)
        .annotate(stands=terms.STANDS)
        .select_related("term")
        .first()
    )
    presence = _presence(session, enrolment)
    absence = Absence.objects.filter(
        Q(first_day__lte=day, last_day__gte=day), enrolment=enrolment, taken_back_at=None
    ).first()
    return Afternoon(
        now=now,
        session=session,
        is_expected=session is not None and session.weekday in enrolment.weekdays,
        absence=absence,
        presence=presence,
        notes=list(presence.notes.all()) if presence and sees_notes else [],
    )


def _presence(session: Session | None, enrolment: Enrolment) -> Presence | None:
    if session is None:
        return None
    found = Presence.objects.filter(session=session, child=enrolment.child_id)
    with_notes = found.prefetch_related(Prefetch("notes", Note.objects.order_by("written_at")))
    return with_notes.select_related("zone", "collector", "collector_pass", "walk_home").first()


def next_days(enrolment: Enrolment, now: datetime) -> list[Session]:
    """The child's next five days that take place, each with the absence told for it, if any."""
    ahead = Session.objects.filter(
        terms.STANDS,
        term=enrolment.term_id,
        day__gte=local_day(now),
        weekday__in=enrolment.weekdays,
    )
    days = list(ahead.order_by("day")[:SHOWN_AHEAD])
    absences = list(enrolment.absences.filter(taken_back_at=None))
    for session in days:
        session.absence = next(  # type: ignore[attr-defined]
            (row for row in absences if row.first_day <= session.day <= row.last_day), None
        )
    return days


def past_afternoons(right: GuardianRight, number: int) -> QuerySet[Presence]:
    """The last afternoons of a child, with who collected."""
    past = Presence.objects.filter(child=right.child_id, arrived_at__isnull=False)
    return past.select_related("session", "zone", "collector", "collector_pass").order_by(
        "-session__day"
    )[:number]
