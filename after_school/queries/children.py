"""Reads of children: their enrolments, who answers for them, and the days ahead of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

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
from after_school.queries.expected import on_register
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common import alike
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.phones import phone_key
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import is_child, last_birth_date_of_grown

SHOWN_AHEAD = 5
# Staff have seen a guardian of the child; until then it is to be confirmed at the gate.
IS_CONFIRMED = Exists(GuardianRight.objects.filter(child=OuterRef("child"), seen_at__isnull=False))

# A guardian (of a right) is barred from collecting the child, by whatever row.
IS_BARRED = Exists(
    Collector.objects.filter(
        Q(guardian=OuterRef("guardian")) | Q(name_key=OuterRef("guardian__name_key")),
        child=OuterRef("child"),
        barred_at__isnull=False,
    )
)


def children_of(account: int) -> QuerySet[GuardianRight]:
    """The children an account (its id) answers for at the 4:30 school, by name."""
    return (
        GuardianRight.objects.filter(guardian__account=account)
        .select_related("child", "guardian")
        .order_by("child__sort_key", "child_id")
    )


RIGHTS = Composed[GuardianRight](children_of, account=int)


def rights_of(user: User) -> QuerySet[GuardianRight]:
    return children_of(user.pk)


def right_over(user: User, child: int) -> GuardianRight | None:
    """What an account sees and decides of a child (id); None where it is another's."""
    return rights_of(user).filter(child__in=Resident.objects.numbered(child)).first()


def is_barred(right: GuardianRight) -> bool:
    """Whether this guardian is barred from collecting the child, by whatever row."""
    return GuardianRight.objects.filter(IS_BARRED, pk=right.pk).exists()


def is_concerned(user: User, child: int) -> bool:
    """Whether an account's owner is a guardian of a child (id), or barred from it."""
    own = Resident.objects.filter(account=user)
    person = Q(guardian__in=own) | Q(name_key__in=own.values("name_key"))
    person |= Q(phone_key=phone_key(user.phone))
    barred = Collector.objects.filter(person, child=child, barred_at__isnull=False)
    return right_over(user, child) is not None or barred.exists()


def guardians_who_decide(child: int) -> set[int]:
    """Ids of a child's (id) guardians who decide and are not barred from collecting it."""
    deciding = GuardianRight.objects.filter(~IS_BARRED, child=child, decides=True)
    return set(deciding.values_list("guardian", flat=True))


def guardians_of(child: int) -> QuerySet[GuardianRight]:
    """Those of a child (id), at most two, the first first."""
    return GuardianRight.objects.filter(child=child).select_related("guardian__account")


def open_invitation(child: int, now: datetime) -> GuardianInvitation | None:
    """Who is asked to be the second guardian of a child (id), and has not answered yet."""
    found = GuardianInvitation.objects.filter(child=child, answered_at=None, expires_at__gt=now)
    return found.select_related("invited").first()


def others_of(right: GuardianRight) -> QuerySet[GuardianRight]:
    """The child's other guardian, who hears of every change; empty where there is none."""
    return guardians_of(right.child_id).exclude(pk=right.pk)


def live_enrolments() -> QuerySet[Enrolment]:
    """Children with a seat or in the queue."""
    return Enrolment.objects.filter(sign_up__status__in=SignUp.LIVE).select_related(
        "child", "term", "zone", "sign_up"
    )


def _to_register(session: int, term: int, today: date, grown: date) -> QuerySet[Enrolment]:
    may_come = may_come_in(today, grown)
    marked = on_register(session, term).annotate(is_confirmed=IS_CONFIRMED, may_come=may_come)
    ordered = marked.select_related("child").order_by("child__sort_key", "child_id")
    return ordered.only(
        *("child", "zone", "weekdays", "school", "grade", "class_name"),
        *("child__full_name", "child__sort_key", "child__birth_date"),
    )


TO_REGISTER = Composed[Enrolment](_to_register, session=int, term=int, today=date, grown=date)


def to_register(session: Session, now: datetime) -> list[Enrolment]:
    """Those with a seat in the term, and whoever is in the register of this afternoon; each says
    whether it `is_confirmed`, and whether it `may_come`: no consent is missing."""
    today = local_day(now)
    return TO_REGISTER.rows(
        session=session.pk,
        term=session.term_id,
        today=today,
        grown=last_birth_date_of_grown(today),
    )


def namesakes(children: Iterable[Resident], enrolments: Iterable[Enrolment] = ()) -> dict[int, str]:
    """What tells those apart who share their name with another of some children (by their ids): the
    class that they are enrolled with, or as little of the birth date as it takes."""
    classes = {row.child_id: f"{row.grade} {row.class_name}".strip() for row in enrolments}
    facts = (lambda child: classes.get(child.pk, ""), *alike.OF_CHILDREN)
    return alike.told_apart(children, alike.reads_as_full_name, facts)


def to_be_confirmed(today: date) -> QuerySet[Enrolment]:
    """Children with a seat in a term that goes on, none of whose guardians staff have seen."""
    seated = live_enrolments().filter(sign_up__status=SignUp.Status.SEATED)
    return seated.filter(
        ~IS_CONFIRMED, term__last_day__gte=today, child__erase_due_on=None
    ).exclude(term__state=Activity.State.CALLED_OFF)


def whom_nobody_hears_of(today: date) -> QuerySet[Enrolment]:
    """Children in a term that goes on, of whom nobody could be told: no guardian reads messages
    here or has a telephone."""
    has_phone = ~Q(guardian__phone="") | ~Q(guardian__household__phone="") & Q(
        guardian__household__isnull=False
    )
    rights = GuardianRight.objects.filter(child=OuterRef("child"))
    told = rights.filter(has_phone | Q(guardian__account__is_active=True))
    return live_enrolments().filter(~Exists(told), term__last_day__gte=today)


def has_a_record(child: Resident) -> bool:
    """Whether staff of the 4:30 school have a page of this person."""
    today = local_day(local_now())
    return is_child(child.birth_date, today) and Enrolment.objects.filter(child=child).exists()


def enrolments_of(child: int, now: datetime) -> list[Enrolment]:
    """The child's (id) places in every term that goes on or comes, the first to begin first."""
    ahead = live_enrolments().filter(child=child, term__last_day__gte=local_day(now))
    return list(ahead.order_by("term__first_day", "pk"))


def enrolment_of(child: int, now: datetime, term: str = "") -> Enrolment | None:
    """The place in the term that is named (its id, as an address has it), or in the first."""
    found = enrolments_of(child, now)
    named = (row for row in found if not term or str(row.term_id) == term)
    return next(named, None)


def term_to_collect_from(child: int, day: date, now: datetime) -> Term | None:
    """Of the child's (id) terms the one that goes on longest on a day; an open one first."""
    enrolments = enrolments_of(child, now)
    rows = Session.objects.filter(term__in=[row.term_id for row in enrolments], day=day)
    states = dict(rows.values_list("term", "state"))

    def goes_on(term: Term) -> tuple[bool, bool, time]:
        state = states.get(term.pk)
        return state == Session.State.OPEN, state != Session.State.CLOSED, term.ends

    return max((row.term for row in enrolments), key=goes_on, default=None)


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


def next_days(enrolments: Sequence[Enrolment], now: datetime) -> list[Session]:
    """A child's next five days in all of its terms, called off (not `stands`) or not, each with
    the absence told for it, if any."""
    comes = Q(pk__in=[])
    for row in enrolments:
        comes |= Q(term=row.term_id, weekday__in=row.weekdays)
    ahead = Session.objects.filter(comes, day__gte=local_day(now)).select_related("term")
    found = ahead.annotate(stands=terms.STANDS).order_by("day", "pk")
    days: list[Session] = list(found[:SHOWN_AHEAD])
    absences = Absence.objects.filter(enrolment__in=enrolments, taken_back_at=None)
    told = list(absences.select_related("enrolment"))
    for session in days:
        session.absence = next(  # type: ignore[attr-defined]
            (row for row in told if _is_of(row, session)), None
        )
    return days


def _is_of(absence: Absence, session: Session) -> bool:
    within = absence.first_day <= session.day <= absence.last_day
    return within and absence.enrolment.term_id == session.term_id


def past_afternoons(right: GuardianRight, number: int) -> QuerySet[Presence]:
    """The last afternoons of a child, with who collected."""
    past = Presence.objects.filter(child=right.child_id, arrived_at__isnull=False)
    return past.select_related("session__term", "zone", "collector", "collector_pass").order_by(
        "-session__day"
    )[:number]
