"""Enrolling a child, with the guardian's consent, and leaving again.

Lock order: the guardian → the child's name → the child → activity → sign-up → notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from after_school.actions import collecting, consenting, seeing
from after_school.actions.deciding import Actor, OnBehalf, let_decide
from after_school.actions.first_words import notify_of_enrolment
from after_school.models import Enrolment, FamilyEvent, GuardianRight, Term, Zone
from after_school.queries.children import enrolled_alone
from after_school.queries.second_enrolments import children_named
from after_school.rules import children
from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import offers, seats
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import local_day
from diedie_edu.common.names import name_key
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.people.rules.consents import check_child_is_open


@dataclass(frozen=True)
class ChildFacts:
    """Who the child is."""

    full_name: str
    birth_date: date
    relation: str


@dataclass(frozen=True)
class Place:
    """What the guardian tells of the child for this term."""

    school: str
    grade: str
    class_name: str
    zone: Zone
    weekdays: Sequence[int]
    allergies: str
    notes: str

    def fields(self) -> dict[str, object]:
        return vars(self) | {"weekdays": sorted(self.weekdays)}


@dataclass(frozen=True)
class Wish:
    """All that somebody tells to enrol a child; `approved_by` are staff who have looked at it."""

    term: Term
    guardian: Resident
    facts: ChildFacts
    place: Place
    collectors: Sequence[collecting.NewCollector]
    agreement: consents.Agreement
    approved_by: User | None = None


@transaction.atomic
def enrol(*, wish: Wish, by: User, now: datetime) -> Enrolment:
    """Take a child in with the guardian's consent, and give it a seat or a place in the queue.

    All or nothing. A child of this guardian with the same name and date of birth is the same
    child, so sending the form again is harmless. Raises `WaitsForStaff` where somebody else has
    entered such a child, or `by` has enrolled so many already; and `Refused` where the child is
    no pupil, the guardian does not decide for it, the consent cannot be given, or sign-up is
    closed.
    """
    children.check_age(wish.facts.birth_date, local_day(now))
    _lock_guardian(wish.guardian)
    _lock_name(wish.facts)
    named = children_named(wish.facts.full_name, wish.facts.birth_date)
    child = children.own_child(named, wish.guardian)
    _check_few_enough(child, wish, by, now)
    if child is None:
        return enrol_another(wish=wish, by=by, now=now)
    consenting.agree(child=child, guardian=wish.guardian, agreement=wish.agreement, by=by, now=now)
    child.refresh_from_db()  # it may have been locked until now
    return _enter(child, wish, by, now)


def _check_few_enough(child: Resident | None, wish: Wish, by: User, now: datetime) -> None:
    """Counted while the guardian's row is held."""
    if wish.approved_by is None and by.pk == wish.guardian.account_id:
        number = child.pk if child else None
        others = enrolled_alone(by, now).exclude(child=number)
        children.check_few_enough(others.values("child").distinct().count(), number)


@transaction.atomic
def enrol_another(*, wish: Wish, by: User, now: datetime) -> Enrolment:
    """Enrol a child that is in no list yet, whoever else has its name and birth date."""
    child = consents.add_child(
        full_name=wish.facts.full_name,
        birth_date=wish.facts.birth_date,
        guardian=wish.guardian,
        relation=wish.facts.relation,
        agreement=wish.agreement,
        by=by,
        now=now,
    )
    return _enter(child, wish, by, now)


@transaction.atomic
def enrol_with_second_guardian(*, child: Resident, wish: Wish, by: User, now: datetime) -> None:
    """The guardian of the wish answers for a child whom another has entered: sees it, collects
    it, and decides where nobody else does. A place in the term that is there stays as it is, and a
    consent that another has withdrawn stays so.

    Raises `Refused` where two guardians are entered already (`two`), this one is barred
    (`barred`), or the child is locked (`locked`).
    """
    _lock_guardian(wish.guardian)
    if GuardianRight.objects.filter(child=child):
        check_child_is_open(consents.lock_child_row(child.pk))
    bond = {"defaults": {"relation": wish.facts.relation}}
    Guardianship.objects.get_or_create(guardian=wish.guardian, child=child, **bond)
    trail.note(trail.Kind.CUSTODY, by=by.pk, what=f"child {child.pk}", now=now)
    consents.give_consent(
        child=child, guardian=wish.guardian, agreement=wish.agreement, by=by, now=now
    )
    if Enrolment.objects.filter(term=wish.term, child=child, sign_up__status__in=SignUp.LIVE):
        _enter_guardian(child, wish, by, now)
    else:
        _enter(child, wish, by, now)


def _enter(child: Resident, wish: Wish, by: User, now: datetime) -> Enrolment:
    _enter_guardian(child, wish, by, now)
    by_whom = wish.approved_by or by
    entered = seats.sign_up(activity=wish.term, resident=child, by=by_whom, now=now, is_told=False)
    enrolment, _is_new = Enrolment.objects.update_or_create(
        sign_up=entered, defaults={"term": wish.term, "child": child, **wish.place.fields()}
    )
    notify_of_enrolment(enrolment, now)
    return enrolment


def _enter_guardian(child: Resident, wish: Wish, by: User, now: datetime) -> None:
    """Who answers for the child here, and who may collect it: themselves, and whom they name where
    they decide."""
    rights = list(GuardianRight.objects.filter(child=child))
    own = next((row for row in rights if row.guardian_id == wish.guardian.pk), None)
    if own is None:
        place = children.free_place(rights)
        is_first = place == GuardianRight.Place.FIRST
        right = {"child": child, "guardian": wish.guardian, "place": place}
        own = GuardianRight.objects.create(**right, decides=is_first)
    reference = wish.agreement.paper_reference
    if reference:
        paper = GuardianRight.Seen.PAPER
        seeing.note_sight(right=own, how=paper, reference=reference, by=by, now=now)
    relation = wish.facts.relation
    collecting.list_guardian(child=child, guardian=wish.guardian, relation=relation, by=by, now=now)
    for new in wish.collectors if own.decides else ():
        who = OnBehalf(by, wish.guardian, reference) if reference else by
        collecting.name_collector(child=child, new=new, by=who, now=now)


def _lock_guardian(guardian: Resident) -> None:
    Resident.objects.select_for_update(of=("self",), no_key=True).get(pk=guardian.pk)


def _lock_name(facts: ChildFacts) -> None:
    """Two who enrol a child of one name and birth date at once do so one after the other."""
    text = f"{name_key(facts.full_name)} {facts.birth_date}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [text])


def accept_place(*, enrolment: Enrolment, by: Actor, now: datetime) -> None:
    """Take the place that is offered to the child.

    Raises `Refused` where it was too late, the term is called off, or `by` does not decide.
    """
    with transaction.atomic():
        user = let_decide(enrolment.child_id, by, FamilyEvent.What.ACCEPTED, now)
        answered = offers.confirm_offer(sign_up=enrolment.sign_up, by=user, now=now)
    children.check_was_in_time(answered)  # afterwards: what was too late has gone to the next


@transaction.atomic
def change_place(*, enrolment: Enrolment, place: Place, by: Actor, now: datetime) -> None:
    """Other weekdays, another zone, news about the child. Raises `Refused` where `by` does not
    decide for it."""
    let_decide(enrolment.child_id, by, FamilyEvent.What.PLACE, now)
    Enrolment.objects.filter(pk=enrolment.pk).update(**place.fields())


@transaction.atomic
def leave_term(*, enrolment: Enrolment, by: Actor, now: datetime) -> bool:
    """Plan 四(一): voluntary, so a child may leave at any time; the next one waiting moves up.

    Raises `Refused` once the last day has begun, and where `by` does not decide for it.
    """
    user = let_decide(enrolment.child_id, by, FamilyEvent.What.LEFT, now)
    term = enrolment.sign_up.activity
    return seats.cancel_sign_up(activity=term, resident=enrolment.child, by=user, now=now)
