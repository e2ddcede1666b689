"""Children in groups: let in by a guardian, looked after by checked people, out where either ends.

The database holds all of it (`models.children`); here it is done in time and said in words. Lock
order: the child's row → the group → as in `members`.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import seats
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, Resident
from diedie_edu.volunteering.actions.duties import assign_duty
from diedie_edu.volunteering.models import Duty
from happy_square import group_messages as messages
from happy_square.actions import members
from happy_square.models import Group
from happy_square.queries import children as queries
from happy_square.queries import leaders
from happy_square.rules import children as rules


@dataclass(frozen=True)
class NewChild:
    """A child that is not in the register, or of whom the guardian does not know it."""

    full_name: str
    birth_date: date
    relation: str


@transaction.atomic
def join(
    *,
    group: Group,
    child: Resident | NewChild,
    guardian: Resident,
    agreement: consents.Agreement,
    by: User,
    now: datetime,
) -> Resident:
    """A guardian agrees and the child belongs to the group, or asks to where its leader says yes.
    Agreeing again lets the consent begin anew.

    Raises `Refused` (`grown_ups`, `no_child`, `not_checked`), and as `give_consent` and
    `members.take_in` do.
    """
    today = local_day(now)
    rules.check_takes_children(group)
    rules.check_leaders_are_checked(queries.are_checked(group.pk, today))
    found = _consented(child, guardian, agreement, by, now)
    if group.joining == Group.Joining.APPROVAL:
        members.ask(group=group, resident=found, wants_reminders=True, by=by, now=now)
        return found
    seat = members.take_in(group=group, resident=found, wants_reminders=True, by=by, now=now)
    _tell_leaders(messages.CHILD_JOINED, seat, now)
    return found


def _consented(
    child: Resident | NewChild,
    guardian: Resident,
    agreement: consents.Agreement,
    by: User,
    now: datetime,
) -> Resident:
    who: dict[str, Any] = {"guardian": guardian, "agreement": agreement, "by": by, "now": now}
    if isinstance(child, NewChild):
        rules.check_is_a_child(child.birth_date, local_day(now))
        return consents.add_child(**vars(child), **who)
    consents.give_consent(child=child, **who)
    return child


def _tell_leaders(kind: Kind, seat: SignUp, now: datetime) -> None:
    notify(
        kind=kind,
        recipients=leaders.leader_ids(seat.activity_id),
        subject=ACTIVITY.of(seat.activity_id),
        revision=f"child.{seat.pk}",
        data=_about(seat),
        now=now,
    )


def _about(seat: SignUp) -> dict[str, Any]:
    return messages.about(seat.activity, person=covered(seat.resident.full_name))


@transaction.atomic
def withdraw(*, consent: Consent, by: User, now: datetime) -> None:
    """A guardian takes the consent back (PIPL art. 15): the child leaves its groups at once.
    Raises `Refused` where it has ended already."""
    ending = Consent.Ending.WITHDRAWN_ONLINE
    consents.end_consent(consent=consent, ending=ending, by=by, now=now)
    _let_go(now, child=consent.child)


# --- At every tick ---------------------------------------------------------------------


def look_after(now: datetime) -> int:
    """Put those who lead on duty where children come; say where a check has run out, and let
    children go for whom no guardian agrees any more. How many messages."""
    put_on_duty(now)
    with transaction.atomic():
        return _say_who_is_unchecked(now) + _let_go(now)


def put_on_duty(now: datetime) -> None:
    """Leader, deputy and acting leader look after the children at each date: the gate of
    volunteering holds their checks there. Whoever is elsewhere at that time is not put down."""
    for occasion, volunteer in queries.dates_to_attend(now):
        with suppress(Refused):
            work = Duty.Work.CARER
            assign_duty(occasion=occasion, volunteer=volunteer, work=work, by=None, now=now)


def _say_who_is_unchecked(now: datetime) -> int:
    """Once for each check that has ended: guardians, those who lead the group and who guide it."""
    told = 0
    for row in queries.unchecked_leaderships(local_day(now)):
        seats_there = queries.seats_of_children(local_day(now)).filter(activity=row.group_id)
        children = list(seats_there.values_list("resident", flat=True))
        if children:
            told += notify(
                kind=messages.CHECK_ENDED,
                recipients=[*queries.guardians_of(children), *leaders.leader_ids(row.group_id)],
                accounts=leaders.accounts_of_leads(),
                subject=ACTIVITY.of(row.group_id),
                revision=f"check.{row.pk}.{queries.last_check(row.resident)}",
                data=messages.about(row.group),
                now=now,
            )
    return told


def _let_go(now: datetime, child: Resident | None = None) -> int:
    """Children without a consent give their places back; guardians, leaders and leads hear."""
    found = queries.seats_without_consent(local_day(now))
    if child:
        found = found.filter(resident=child)
    told = 0
    for seat in list(found):
        group, person = seat.activity, seat.resident
        seats.cancel_sign_up(activity=group, resident=person, by=None, now=now)
        told += notify(
            kind=messages.CONSENT_ENDED,
            recipients=[*queries.guardians_of([person.pk]), *leaders.leader_ids(group.pk)],
            accounts=leaders.accounts_of_leads(),
            subject=ACTIVITY.of(group.pk),
            revision=f"consent.{seat.pk}",
            data=_about(seat),
            now=now,
        )
    return told
