"""Invitations to speak in the demo season, one in every state."""

from datetime import datetime, timedelta

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.volunteering.actions.hours import confirm_hours
from diedie_edu.volunteering.queries.hours import duties_to_confirm
from residents_school.actions.invitations import (
    accept_invitation,
    decline_invitation,
    invite_speaker,
    propose_other_date,
    withdraw_invitation,
)
from residents_school.models import Invitation
from residents_school.queries.invitations import who_can_be_invited
from residents_school.queries.lectures import planned_lectures
from residents_school.rules.lectures import PROGRAMME

INVITED_BEFORE = timedelta(days=4)  # so that the desk asks after the one without an answer
NOTE = "街坊们盼您来！"


def create_invitations(staff: User, now: datetime) -> None:
    """To the lectures after the next, one each."""
    asked = now - INVITED_BEFORE
    lectures = planned_lectures().filter(starts_at__gt=now).order_by("starts_at")
    states = list(Invitation.State)
    for number, (state, lecture) in enumerate(zip(states, lectures[5:], strict=False)):
        volunteers = who_can_be_invited(lecture)
        invitation = invite_speaker(
            lecture=lecture,
            volunteer=volunteers[number % len(volunteers)],
            note=NOTE,
            by=staff,
            now=asked,
        )
        _answer(invitation, state, lecture.starts_at, staff, now)


def confirm_past_hours(staff: User, now: datetime) -> None:
    """Of all lectures but the last, which the desk names."""
    waiting = list(duties_to_confirm([PROGRAMME], now))[:-1]
    confirm_hours(served={duty.pk: duty.planned_minutes for duty in waiting}, by=staff, now=now)


def _answer(
    invitation: Invitation, state: str, starts_at: datetime, staff: User, now: datetime
) -> None:
    week_later = local_day(starts_at) + timedelta(days=7)
    if state == Invitation.State.ACCEPTED:
        accept_invitation(invitation=invitation, now=now)
    elif state == Invitation.State.DECLINED:
        decline_invitation(invitation=invitation, word="那天要带孙子，下次一定来。", now=now)
    elif state == Invitation.State.OTHER_DATE:
        days = [week_later, week_later + timedelta(days=7)]
        propose_other_date(invitation=invitation, days=days, word="上午都方便。", now=now)
    elif state == Invitation.State.WITHDRAWN:
        withdraw_invitation(invitation=invitation, by=staff, now=now)
