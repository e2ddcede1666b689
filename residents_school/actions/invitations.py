"""Inviting speakers, and what they answer.

Lock order: activity → invitation → occasion → volunteers → notices.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.activities.messages import occasion_data
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions.leaving import cannot_come
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries import duties
from diedie_edu.volunteering.rules import booked
from residents_school import messages
from residents_school.actions.speakers import book_speakers, notify_invited, withdraw
from residents_school.models import Invitation, Lecture
from residents_school.queries.invitations import stale_invitations
from residents_school.queries.lectures import speaker_ids
from residents_school.rules.invitations import (
    check_can_invite,
    check_days,
    check_invitation_stands,
    check_needs_speaker,
)
from residents_school.rules.lectures import PROGRAMME

State = Invitation.State


@transaction.atomic
def invite_speaker(
    *, lecture: Lecture, volunteer: Volunteer, note: str, by: User, now: datetime
) -> Invitation:
    """Ask somebody to speak; they get a message with a link by which they answer.

    Inviting somebody again who has not answered is harmless; after a proposed date a new
    invitation takes the place of the old one. Raises `Refused` where the lecture needs nobody
    any more, or the person cannot speak or is booked.
    """
    occasion = _lock(lecture.pk)
    speakers = speaker_ids(lecture.pk)
    check_can_invite(occasion.activity, occasion, volunteer, speakers, now)
    taken = duties.clashes([volunteer.pk], occasion)
    if taken:
        raise booked(taken, by)
    own = Invitation.objects.filter(lecture=lecture.pk, volunteer=volunteer)
    waiting = own.filter(state=State.INVITED).first()
    if waiting:
        return waiting
    own.filter(state=State.OTHER_DATE).update(state=State.WITHDRAWN)
    invitation = Invitation.objects.create(
        lecture_id=lecture.pk, volunteer=volunteer, note=note, invited_by=by, invited_at=now
    )
    notify_invited(messages.INVITATION, invitation, occasion, now)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Take an open invitation back and tell the person; anything else stays as it is."""
    occasion, locked = _lock_both(invitation)
    if locked.is_open:
        withdraw(locked, occasion, now)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, now: datetime) -> Invitation:
    """Book the person and tell them and whoever invited them. Accepting twice is harmless.

    Raises `Refused` where it does not count any more, the lecture has its speakers, or the
    person is booked elsewhere meanwhile.
    """
    occasion, locked = _lock_both(invitation)
    if locked.state == State.ACCEPTED:
        return locked
    check_invitation_stands(locked, occasion, now)
    speakers = speaker_ids(locked.lecture_id)
    if locked.volunteer_id not in speakers:
        check_needs_speaker(occasion.activity, occasion, speakers, now)
    account = locked.volunteer.resident.account
    book_speakers(occasion, [locked.volunteer], by=account, now=now)
    locked.refresh_from_db()
    _notify_staff(locked, occasion, messages.INVITATION_ACCEPTED, now)
    return locked


def speaks_no_more(*, invitation: Invitation, word: str, now: datetime) -> None:
    """Whoever had accepted cannot come after all; the search for another starts. Raises `Refused`
    as `cannot_come` does."""
    spoken = Duty.objects.filter(
        occasion__activity=invitation.lecture_id,
        volunteer=invitation.volunteer_id,
        work=Duty.Work.SPEAKER,
    )
    for duty in spoken:
        cannot_come(duty=duty, word=word, by=invitation.volunteer.resident.account, now=now)


@transaction.atomic
def decline_invitation(*, invitation: Invitation, word: str, now: datetime) -> Invitation:
    """Say no, and why if they like. Declining twice is harmless. Raises `Refused` as above."""
    occasion, locked = _lock_both(invitation)
    if locked.state == State.DECLINED:
        return locked
    check_invitation_stands(locked, occasion, now)
    _answer(locked, State.DECLINED, [], word, now)
    _notify_staff(locked, occasion, messages.INVITATION_DECLINED, now)
    return locked


@transaction.atomic
def propose_other_date(
    *, invitation: Invitation, days: Sequence[date], word: str, now: datetime
) -> Invitation:
    """Name days that would suit better; the invitation stays open. Repeating it is harmless."""
    occasion, locked = _lock_both(invitation)
    check_invitation_stands(locked, occasion, now)
    wanted = sorted(set(days))
    check_days(wanted, now)
    if (locked.state, locked.proposed_days, locked.word) == (State.OTHER_DATE, wanted, word):
        return locked
    _answer(locked, State.OTHER_DATE, wanted, word, now)
    _notify_staff(locked, occasion, messages.INVITATION_OTHER_DATE, now)
    return locked


def ask_again(lecture_id: int, now: datetime) -> None:
    """Those who have not answered hear of a new time or place. The activity is locked."""
    occasion = _occasion(lecture_id)
    for invitation in Invitation.objects.filter(lecture=lecture_id, state=State.INVITED):
        cancel(subject=messages.INVITATION_SUBJECT.of(invitation.pk), now=now)
        notify_invited(messages.INVITATION, invitation, occasion, now)


@transaction.atomic
def close_invitations(now: datetime) -> int:
    """At every tick: take back what is open to lectures called off, and close what has begun.

    Returns how many people are told. A whole day may be called off at a stroke, by people who
    know nothing of lectures; so this looks for itself.
    """
    stale = stale_invitations(now).values_list("lecture", flat=True)
    lectures = Activity.objects.filter(pk__in=stale).order_by("pk")
    told = 0
    for activity in lectures.select_for_update(of=("self",), skip_locked=True):
        occasion = _occasion(activity.pk)
        for invitation in stale_invitations(now).filter(lecture=activity.pk):
            withdraw(invitation, occasion, now)
            told += occasion.ends_at > now
    return told


def _lock(lecture_id: int) -> Occasion:
    """Lock the lecture; its occasion as it stands."""
    Activity.objects.select_for_update(of=("self",)).get(pk=lecture_id)
    return _occasion(lecture_id)


def _lock_both(invitation: Invitation) -> tuple[Occasion, Invitation]:
    occasion = _lock(invitation.lecture_id)
    found = Invitation.objects.select_related("volunteer__resident__account", "invited_by")
    return occasion, found.select_for_update(of=("self",)).get(pk=invitation.pk)


def _occasion(lecture_id: int) -> Occasion:
    return Occasion.objects.select_related("activity", "venue").get(activity=lecture_id)


def _answer(
    invitation: Invitation, state: str, days: Sequence[date], word: str, now: datetime
) -> None:
    invitation.state, invitation.proposed_days = state, list(days)
    invitation.word, invitation.answered_at = word, now
    invitation.save(update_fields=["state", "proposed_days", "word", "answered_at"])


def _notify_staff(invitation: Invitation, occasion: Occasion, kind: Kind, now: datetime) -> None:
    """Whoever invited reads it in the portal, or all who plan where they are gone; their phones
    stay quiet."""
    days = [day.isoformat() for day in invitation.proposed_days]
    may = accounts_with(Permission.PLAN_ACTIVITIES, PROGRAMME)
    planners = list(may.values_list("pk", flat=True))
    notify(
        kind=kind,
        accounts=[pk for pk in planners if pk == invitation.invited_by_id] or planners,
        subject=f"{messages.INVITATION_SUBJECT.of(invitation.pk)}:answer",
        revision=int(now.timestamp()),
        data=occasion_data(occasion, person=str(invitation.volunteer), word=invitation.word)
        | ({"first_on": days[0]} if days else {}),
        now=now,
    )
