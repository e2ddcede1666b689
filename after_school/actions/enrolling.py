"""Enrolling a child, with the guardian's consent, and leaving again.

Lock order: the child → activity → sign-up → notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from after_school.actions import collecting
from after_school.actions.deciding import check_decides
from after_school.models import Enrolment, GuardianRight, Term, Zone
from after_school.rules import children
from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import offers, seats
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import local_day
from diedie_edu.common.names import name_key
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Resident


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


@transaction.atomic
def enrol(
    *,
    term: Term,
    guardian: Resident,
    facts: ChildFacts,
    place: Place,
    collectors: Sequence[collecting.NewCollector],
    agreement: consents.Agreement,
    by: User,
    now: datetime,
) -> Enrolment:
    """Take a child in with the guardian's consent, and give it a seat or a place in the queue.

    All or nothing. A child of this guardian with the same name and date of birth is the same
    child, so sending the form again is harmless. Raises `Refused` where the child is no pupil,
    the consent cannot be given, or sign-up is closed.
    """
    children.check_age(facts.birth_date, local_day(now))
    Resident.objects.select_for_update(of=("self",), no_key=True).get(pk=guardian.pk)
    child = _child(guardian, facts, agreement, by, now)
    first = {"place": GuardianRight.Place.FIRST}
    if not GuardianRight.objects.filter(child=child).exists():
        GuardianRight.objects.create(child=child, guardian=guardian, **first)
    collecting.list_guardian(
        child=child, guardian=guardian, relation=facts.relation, by=by, now=now
    )
    for new in collectors:
        collecting.enter_collector(child=child, new=new, by=by, now=now)
    entered = seats.sign_up(activity=term, resident=child, by=by, now=now)
    enrolment, _is_new = Enrolment.objects.update_or_create(
        sign_up=entered, defaults={"term": term, "child": child, **place.fields()}
    )
    return enrolment


def _child(
    guardian: Resident, facts: ChildFacts, agreement: consents.Agreement, by: User, now: datetime
) -> Resident:
    known = Resident.objects.filter(
        guardians__guardian=guardian,
        name_key=name_key(facts.full_name),
        birth_date=facts.birth_date,
    ).first()
    if known is None:
        return consents.add_child(
            full_name=facts.full_name,
            birth_date=facts.birth_date,
            guardian=guardian,
            relation=facts.relation,
            agreement=agreement,
            by=by,
            now=now,
        )
    consents.give_consent(child=known, guardian=guardian, agreement=agreement, by=by, now=now)
    return known


def accept_place(*, enrolment: Enrolment, by: User, now: datetime) -> None:
    """Take the place that is offered to the child.

    Raises `Refused` where it was too late, the term is called off, or `by` does not decide.
    """
    check_decides(enrolment.child_id, by)
    children.check_was_in_time(offers.confirm_offer(sign_up=enrolment.sign_up, by=by, now=now))


@transaction.atomic
def change_place(*, enrolment: Enrolment, place: Place, by: User, now: datetime) -> None:
    """Other weekdays, another zone, news about the child. Raises `Refused` where `by` does not
    decide for it."""
    check_decides(enrolment.child_id, by)
    Enrolment.objects.filter(pk=enrolment.pk).update(**place.fields())


@transaction.atomic
def leave_term(*, enrolment: Enrolment, by: User, now: datetime) -> bool:
    """Plan 四(一): voluntary, so a child may leave at any time; the next one waiting moves up.

    Raises `Refused` once the last day has begun, and where `by` does not decide for it.
    """
    check_decides(enrolment.child_id, by)
    term = enrolment.sign_up.activity
    return seats.cancel_sign_up(activity=term, resident=enrolment.child, by=by, now=now)


def live_sign_ups(child: Resident) -> list[SignUp]:
    """All that the child holds, in every programme."""
    rows = SignUp.objects.filter(resident=child, status__in=SignUp.LIVE)
    return list(rows.select_related("activity").order_by("activity_id"))
