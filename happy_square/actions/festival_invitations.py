"""Asking groups to a festival, and what their leaders answer.

Lock order: the festival's activity → invitation → notices.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.activities.messages import occasion_data
from diedie_edu.activities.models import Occasion
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from happy_square import festival_messages
from happy_square.actions.rehearsals import call_off_rehearsal
from happy_square.actions.running_order import ItemPlan, add_item
from happy_square.models import Festival, FestivalInvitation, Group
from happy_square.queries.festivals import leaders_of
from happy_square.rules.festivals import check_can_answer, check_can_be_asked, check_is_ahead

SUBJECT = festival_messages.FESTIVAL_INVITATION
State = FestivalInvitation.State


@transaction.atomic
def invite(
    *, festival: Festival, groups: Sequence[Group], note: str, by: User, now: datetime
) -> int:
    """Ask groups to take part; how many. Whoever waits or has said yes is not asked again, and
    whoever had said no may be. Raises `Refused` where one does not meet at present."""
    occasion = _lock(festival, now)
    stands = {State.OPEN, State.ACCEPTED}
    known = {row.group_id: row for row in festival.invitations.all()}
    asked = [one for one in groups if one.pk not in known or known[one.pk].state not in stands]
    for group in sorted(asked, key=lambda one: one.pk):
        check_can_be_asked(group)
        row = known.get(group.pk, FestivalInvitation(festival=festival, group=group))
        row.state, row.note, row.word = State.OPEN, note, ""
        row.asked_at, row.asked_by, row.answered_at, row.answered_by = now, by, None, None
        row.save()
        _tell_group(festival_messages.FESTIVAL_INVITED, row, occasion, now)
    return len(asked)


@transaction.atomic
def answer(
    *,
    invitation: FestivalInvitation,
    takes_part: bool,
    word: str,
    by: User,
    now: datetime,
    shows: ItemPlan | None = None,
) -> FestivalInvitation:
    """The leader's yes or no, or staff's on their behalf; with a yes, what the group `shows` goes
    to the end of the running order. The same answer twice is harmless. Raises `Refused`."""
    occasion = _lock(invitation.festival, now)
    locked = FestivalInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    check_can_answer(locked)
    state = State.ACCEPTED if takes_part else State.DECLINED
    if locked.state == state:
        return locked
    locked.state, locked.word, locked.answered_at, locked.answered_by = state, word, now, by
    locked.save()
    if takes_part and shows is not None:
        add_item(festival=invitation.festival, plan=replace(shows, invitation=locked), now=now)
    if locked.asked_by_id and locked.asked_by_id != by.pk:
        _tell(festival_messages.FESTIVAL_ANSWERED, locked, occasion, now, [], [locked.asked_by_id])
    return locked


@transaction.atomic
def withdraw(*, invitation: FestivalInvitation, by: User, now: datetime) -> None:
    """Its group hears of it; its items and own rehearsals go. Twice is harmless."""
    occasion = _lock(invitation.festival, now)
    locked = FestivalInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if locked.state == State.WITHDRAWN:
        return
    locked.items.all().delete()
    for rehearsal in locked.rehearsals.all():
        call_off_rehearsal(rehearsal=rehearsal, now=now)
    locked.state, locked.answered_at, locked.answered_by = State.WITHDRAWN, now, by
    locked.save()
    cancel(subject=SUBJECT.of(locked.pk), now=now)
    _tell_group(festival_messages.FESTIVAL_UNINVITED, locked, occasion, now)


def _lock(festival: Festival, now: datetime) -> Occasion:
    locked = lock_activity(festival.pk)
    occasion = festival.occasions.select_related("activity", "venue").get()
    check_is_ahead(locked, occasion.starts_at, now)
    return occasion


def _tell_group(
    kind: Kind, invitation: FestivalInvitation, occasion: Occasion, now: datetime
) -> None:
    _tell(kind, invitation, occasion, now, leaders_of([invitation.group_id]), [])


def _tell(
    kind: Kind,
    invitation: FestivalInvitation,
    occasion: Occasion,
    now: datetime,
    people: Sequence[int],
    accounts: Sequence[int],
) -> None:
    """Once for each time that the group is asked, or answers."""
    facts = {"performer": invitation.group.title, "note": invitation.note, "word": invitation.word}
    notify(
        kind=kind,
        recipients=people,
        accounts=accounts,
        subject=SUBJECT.of(invitation.pk),
        revision=int((invitation.answered_at or invitation.asked_at).timestamp()),
        data=occasion_data(occasion, invitation=str(invitation.pk), **facts),
        now=now,
        expires_at=occasion.ends_at,
    )
