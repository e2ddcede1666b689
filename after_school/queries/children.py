"""Reads of children: their enrolments, who answers for them, and the days ahead of them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from after_school.models import (
    Absence,
    Collector,
    Enrolment,
    GuardianInvitation,
    GuardianRight,
    Presence,
    Session,
    Term,
)
from after_school.queries import terms
from after_school.queries.consents import may_come_in
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident

SHOWN_AHEAD = 5
# Staff have seen a guardian of the child; until then it is to be confirmed at the gate.
IS_CONFIRMED = Exists(GuardianRight.objects.filter(child=OuterRef("child"), seen_at__isnull=False))


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
    """Whether this guardian is barred from collecting the child, by whatever row."""
    own = Q(guardian=right.guardian_id) | Q(name_key=right.guardian.name_key)
    barred = Collector.objects.filter(child=right.child_id, barred_at__isnull=False)
    return barred.filter(own).exists()


def guardians_who_decide(child: int) -> set[int]:
    """Ids of a child's (id) guardians who decide and are not barred from collecting it."""
    barred = Collector.objects.filter(child=child, barred_at__isnull=False, guardian__isnull=False)
    deciding = GuardianRight.objects.filter(child=child, decides=True)
    return set(
        deciding.exclude(guardian__in=barred.values("guardian")).values_list("guardian", flat=True)
    )


def guardians_of(child: int) -> QuerySet[GuardianRight]:
    """Those of a child (id), at most two, the first first."""
    return GuardianRight.objects.filter(child=child).select_related("guardian__account")


def open_invitation(child: int, now: datetime) -> GuardianInvitation | None:
    """Who is asked to be the second guardian of a child (id), and has not answered yet."""
    found = GuardianInvitation.objects.filter(child=child, answered_at=None, expires_at__gt=now)
    return found.select_related("invited").first()


def live_enrolments() -> QuerySet[Enrolment]:
    """Children with a seat or in the queue."""
    return Enrolment.objects.filter(sign_up__status__in=SignUp.LIVE).select_related(
        "child", "term", "zone", "sign_up"
    )


def to_register(session: Session, came: Iterable[int], now: datetime) -> QuerySet[Enrolment]:
    """Those with a seat in the term, and whoever came (children's ids) while they had one; each
    says whether it `is_confirmed`, and whether it `may_come`: no consent is missing."""
    rows = Enrolment.objects.filter(term=session.term_id).filter(
        Q(sign_up__status=SignUp.Status.SEATED) | Q(child__in=list(came))
    )
    may_come = may_come_in(local_day(now))
    marked = rows.annotate(is_confirmed=IS_CONFIRMED, may_come=may_come)
    ordered = marked.select_related("child", "zone").order_by("child__sort_key", "child_id")
    return ordered.defer("allergies", "notes")


def namesakes(children: Iterable[Resident]) -> set[int]:
    """Ids of those who share their name with another of them."""
    there = list(children)
    named = Counter(child.name_key for child in there)
    return {child.pk for child in there if named[child.name_key] > 1}


def to_be_confirmed(now: datetime) -> QuerySet[Enrolment]:
    """Children with a seat in a term that goes on, none of whose guardians staff have seen."""
    seated = live_enrolments().filter(sign_up__status=SignUp.Status.SEATED)
    return seated.filter(
        ~IS_CONFIRMED, term__last_day__gte=local_day(now), child__erase_due_on=None
    ).exclude(term__state=Activity.State.CALLED_OFF)


def enrolment_of(child: int, now: datetime) -> Enrolment | None:
    """The child's (id) place in the term at hand, or in the next one."""
    ahead = live_enrolments().filter(child=child, term__last_day__gte=local_day(now))
    return ahead.order_by("term__first_day").first()


def enrolled_alone(user: User, now: datetime) -> QuerySet[Enrolment]:
    """Children whom an account answers for and has enrolled by itself, in terms that go on. The
    database counts the same (`an_account_enrols_few_children_by_itself`)."""
    own = live_enrolments().filter(
        sign_up__signed_up_by=user,
        child__in=rights_of(user).order_by().values("child"),
        term__last_day__gte=local_day(now),
    )
    return own.exclude(term__state=Activity.State.CALLED_OFF)


def children_to_list(term: Term) -> QuerySet[Enrolment]:
    """The children of a term by pinyin: name, grade and zone are all that a list shows."""
    return (
        live_enrolments()
        .filter(term=term)
        .defer("allergies", "notes")
        .order_by("child__sort_key", "pk")
    )


def absences_ahead(child: Resident, today: date) -> QuerySet[Absence]:
    """What is told of a child for today or later, in every term."""
    told = Absence.objects.filter(enrolment__child=child, taken_back_at=None)
    return told.filter(last_day__gte=today).select_related("enrolment")


def next_days(enrolment: Enrolment, now: datetime) -> list[Session]:
    """The child's next five days, called off (not `stands`) or not, each with the absence told for
    it, if any."""
    ahead = Session.objects.filter(
        term=enrolment.term_id, day__gte=local_day(now), weekday__in=enrolment.weekdays
    )
    days: list[Session] = list(ahead.annotate(stands=terms.STANDS).order_by("day")[:SHOWN_AHEAD])
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
