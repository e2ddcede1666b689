"""Enrolling a child that somebody else has entered, or one more than an account enrols by itself:
it waits for staff (`decisions`).

Until they approve, nothing of the child changes, and nobody but staff hears of it.
Lock order: the child, as its erasure does, or the guardian where there is none → the second
enrolment → its request → as in `enrolling`.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from after_school import guardian_messages, messages
from after_school.actions import collecting, enrolling
from after_school.models import Enrolment, GuardianRight, SecondEnrolment, Zone
from after_school.queries import second_enrolments as queries
from after_school.rules.children import WaitsForStaff
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.names import covered
from diedie_edu.common.resealing import Rehashed
from diedie_edu.decisions.actions import erasing, requests
from diedie_edu.decisions.kinds import DecisionKind, canonical
from diedie_edu.decisions.models import Request
from diedie_edu.notices.actions import notify
from diedie_edu.people.actions import access_log, consents
from diedie_edu.people.models import Consent, Resident


def enrol_or_ask(*, wish: enrolling.Wish, by: User, now: datetime) -> Enrolment | Request:
    """Enrol the child; where staff look at it first, ask them.

    Raises `Refused` as `enrol` does.
    """
    try:
        return enrolling.enrol(wish=wish, by=by, now=now)
    except WaitsForStaff as waits:
        return ask(child=waits.child, wish=wish, by=by, now=now)


@transaction.atomic
def ask(*, child: int | None, wish: enrolling.Wish, by: User, now: datetime) -> Request:
    """Keep what was told, sealed and apart from the child (id, where it is entered), and let it
    wait for staff.

    Asking again puts the newer words in the place of the older.
    """
    consents.lock_child_row(child or wish.guardian.pk)
    kept = {
        "child_id": child,
        "sent": canonical(_told(wish)),
        "agreed_to": wish.agreement.text,
        "paper_reference": wish.agreement.paper_reference,
        "is_another_child": False,
    }
    which = consents.child_hash(wish.facts.full_name, wish.facts.birth_date)
    row, _is_new = SecondEnrolment.objects.update_or_create(
        term=wish.term, child_hash=which, guardian=wish.guardian, defaults=kept
    )
    return requests.submit(
        kind=SECOND_ENROLMENT,
        subject=row.pk,
        programme=PROGRAMME,
        data={"name": covered(wish.facts.full_name), "term": wish.term.title},
        by=by,
        now=now,
    )


def _told(wish: enrolling.Wish) -> dict[str, Any]:
    place = wish.place.fields() | {"zone": wish.place.zone.kind}
    return vars(wish.facts) | place | {"collectors": [vars(row) for row in wish.collectors]}


def _wish(row: SecondEnrolment, approved_by: User) -> enrolling.Wish:
    """What was told, read back."""
    told = queries.told(row)
    zone = Zone.objects.get(term=row.term, kind=told["zone"])
    names = ("school", "grade", "class_name", "weekdays", "allergies", "notes")
    way = Consent.Way.PAPER if row.paper_reference else Consent.Way.ONLINE
    return enrolling.Wish(
        term=row.term,
        guardian=row.guardian,
        facts=enrolling.ChildFacts(told["full_name"], told["birth_date"], told["relation"]),
        place=enrolling.Place(**{name: told[name] for name in names}, zone=zone),
        collectors=[collecting.NewCollector(**one) for one in told["collectors"]],
        agreement=consents.Agreement(row.agreed_to, way, row.paper_reference),
        approved_by=approved_by,
    )


def approve(request: Request, by: User, now: datetime) -> None:
    """Enrol the guardian's own or new child, the other child of its name, or the child that is
    known with this second guardian.

    What stands of an enrolled child stays as it is. Its other guardians are told. Raises
    `Refused` as `enrol` does, and where two guardians are entered already (`two`).
    """
    row = _rows().get(pk=request.subject)
    child, told = row.child, {"wish": _wish(row, by), "by": request.asked_by, "now": now}
    if row.is_another_child:
        enrolling.enrol_another(**told)
    elif child is None or queries.is_own(row):
        enrolling.enrol(**told)
    else:
        enrolling.enrol_with_second_guardian(child=child, **told)
        _notify_others(child, row.guardian, request, now)


def _notify_others(child: Resident, added: Resident, request: Request, now: datetime) -> None:
    others = GuardianRight.objects.filter(child=child).exclude(guardian=added)
    notify(
        kind=guardian_messages.GUARDIAN_ADDED,
        recipients=list(others.values_list("guardian_id", flat=True)),
        subject=messages.CHILD.of(child.pk),
        revision=request.pk,
        data=messages.child_data(child, who=added.full_name),
        now=now,
    )


def say_which_child(*, row: SecondEnrolment, is_another: bool) -> None:
    """Staff say whether it is the child that is known, or another of the same name and birth
    date. It is part of what is decided on: whoever has the page open decides on it anew."""
    SecondEnrolment.objects.filter(pk=row.pk).update(is_another_child=is_another)


def forget(person: Resident, now: datetime) -> None:
    """Of somebody who is erased no words stay in requests either."""
    rows = SecondEnrolment.objects.filter(Q(child=person) | Q(guardian=person))
    numbers = list(rows.values_list("pk", flat=True))
    erasing.erase(kind=SECOND_ENROLMENT, subjects=numbers, by=None, now=now)


def _rows() -> Any:
    return SecondEnrolment.objects.select_related("term", "child", "guardian", "agreed_to")


def _lock(number: int) -> SecondEnrolment:
    row = SecondEnrolment.objects.get(pk=number)
    consents.lock_child_row(row.child_id or row.guardian_id)
    return SecondEnrolment.objects.select_for_update().get(pk=number)


def _log_look(request: Request, by: User, now: datetime) -> None:
    rows = SecondEnrolment.objects.filter(pk=request.subject, child__isnull=False)
    children = list(rows.values_list("child", flat=True))
    access_log.log_access(children=children, by=by, page="second enrolment", now=now)


def _forget_words(number: int) -> None:
    SecondEnrolment.objects.filter(pk=number).delete()


def _form(number: int) -> str:
    return reverse("after_school:enrol", args=[SecondEnrolment.objects.get(pk=number).term_id])


SECOND_ENROLMENT = DecisionKind(
    slug="second-enrolment",
    title=_("Enrolment that staff look at first"),
    line=_("{name}, {term}"),
    permission=Permission.LOOK_AFTER_CHILDREN,
    days=2,
    lock=_lock,
    contents=queries.contents,
    lines=queries.lines,
    approve=approve,
    beside=queries.beside,
    opened=_log_look,
    change=_form,
    keep_days=90,
    forget=_forget_words,
)


def _child_hash(row: SecondEnrolment) -> str:
    facts = queries.told(row)
    return consents.child_hash(facts["full_name"], facts["birth_date"])


CHILD_HASH = Rehashed("after_school.SecondEnrolment", "child_hash", _child_hash)
