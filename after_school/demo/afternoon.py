"""Volunteers on the roster of the 4:30 school, and today's afternoon where one is on."""

from datetime import datetime, time, timedelta
from itertools import cycle

from django.db.models import QuerySet

from after_school.actions import presence, whereabouts
from after_school.actions.guardian_messages import write_message
from after_school.actions.sessions import open_session
from after_school.models import (
    Absence,
    Enrolment,
    GuardianMessage,
    GuardianRight,
    Session,
    Term,
    Whereabouts,
)
from after_school.queries.expected import expected_at
from after_school.rules.sessions import opens_at
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.models import Duty

AHEAD = 5  # sessions with volunteers on duty; every second one lacks somebody


def create_roster(term: Term, staff: User, now: datetime) -> None:
    """Hours served on the afternoons that lie behind, a day of them still to confirm; duties on
    the next ones."""
    today = local_day(now)
    helpers = list(Volunteer.objects.filter(clearances__isnull=False).order_by("pk").distinct())
    if not helpers:
        return
    past = term.sessions.filter(state=Session.State.CLOSED).order_by("-day")
    for number, session in enumerate(past):
        _serve(session, helpers, staff if number else None)
    next_ones = term.sessions.filter(day__gte=today).order_by("day")[:AHEAD]
    turn = cycle(helpers)
    for number, session in enumerate(next_ones):
        for slot in list(_free_slots(session).filter(ends_at__gt=now))[number % 2 :]:
            roster.assign_slot(duty=slot, volunteer=next(turn), by=staff, now=now)


def _free_slots(session: Session) -> QuerySet[Duty]:
    return Duty.objects.filter(
        occasion__zone_day__session=session, is_off=False, volunteer=None
    ).order_by("pk")


def _serve(session: Session, helpers: list[Volunteer], approver: User | None) -> None:
    came, went = moment(session.day, time(16, 15)), moment(session.day, time(18, 50))
    for slot, helper in zip(_free_slots(session), helpers, strict=False):
        slot.volunteer, slot.signed_in_at = helper, came
        if approver is not None:
            slot.confirmed_at, slot.confirmed_by = went + timedelta(hours=1), approver
        if approver is not None or helper != helpers[0]:  # who forgot to sign out
            slot.signed_out_at, slot.served_minutes = went, 155
        slot.save()


def play_today(term: Term, staff: User, now: datetime) -> None:
    """By the clock: half of the children are here, one is excused, the others are awaited."""
    session = term.sessions.filter(day=local_day(now)).select_related("term").first()
    if session is None or not opens_at(session) <= now < session.ends_at:
        return
    expected = list(expected_at(session).select_related("zone", "child").order_by("pk"))
    open_session(session=session, by=staff, now=now)
    excused, *others = expected
    Absence.objects.create(
        enrolment=excused,
        first_day=session.day,
        last_day=session.day,
        reported_by=staff,
        reported_at=now,
    )
    here = others[: len(others) // 2 + 1]
    for enrolment in here:
        presence.let_in(
            session=session, enrolment=enrolment, zone=enrolment.zone, by=staff, now=now
        )
    _hear_from_families(session, here[0], others[-1], now)


def _hear_from_families(
    session: Session, here: Enrolment, awaited: Enrolment, now: datetime
) -> None:
    """One guardian is late, and after the start another child is on its way."""
    late = GuardianRight.objects.get(child=here.child_id, place=GuardianRight.Place.FIRST)
    what = GuardianMessage.What.LATE_30
    write_message(session=session, enrolment=here, right=late, what=what, text="", now=now)
    if session.starts_at <= now and awaited != here:
        right = GuardianRight.objects.get(child=awaited.child_id, place=GuardianRight.Place.FIRST)
        whereabouts.answer(
            session=session,
            enrolment=awaited,
            guardian=right.guardian,
            said=Whereabouts.Said.ON_THE_WAY,
            way=Whereabouts.Way.LINK,
            now=now,
        )
