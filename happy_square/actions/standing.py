"""Resting, suspending (停办整改), ending a group, and letting it go on.

While a group does not take anybody its sign-up is closed; while it is suspended it stands as a
draft, so that no page, calendar, feed or reminder shows it. Lock order: as in `dates`.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.days import call_off_occasions
from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Activity
from diedie_edu.activities.participants import messages_of_the_old_time
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import RoomRequest
from happy_square import group_messages as messages
from happy_square.actions.dates import make_dates
from happy_square.models import Group, StandingChange
from happy_square.queries import leaders
from happy_square.queries import standing as queries
from happy_square.queries.rooms import lent_to
from happy_square.rules import standing as rules

Standing = Group.Standing
TOLD = {
    Standing.ACTIVE: messages.GOES_ON,
    Standing.RESTING: messages.RESTS,
    Standing.SUSPENDED: messages.SUSPENDED,
    Standing.ENDED: messages.ENDED,
}


@transaction.atomic
def rest(*, group: Group, reason: str, by: User, now: datetime) -> None:
    """It meets again later; what is ahead is called off, so that its rooms are free."""
    _change(group, Standing.RESTING, by, now, reason)
    _let_go(group, reason, by, now)


@transaction.atomic
def suspend(*, group: Group, reason: str, until: date, by: User, now: datetime) -> None:
    """停办整改: out of sight until staff let it go on. Its rooms are kept for some days. Who leads
    it hears the reason, and is asked what was put right."""
    rules.check_until(until, local_day(now))
    made = _change(group, Standing.SUSPENDED, by, now, reason, until)
    if made:
        notify(
            kind=messages.PUT_RIGHT,
            recipients=leaders.leader_ids(group.pk),
            subject=ACTIVITY.of(group.pk),
            revision=made.pk,
            data=messages.about(group, reason=reason, until_on=until, days=rules.ROOMS_KEPT.days),
            now=now,
        )


@transaction.atomic
def end(*, group: Group, reason: str, by: User, now: datetime) -> None:
    """It meets no more; its page and its history stay."""
    _change(group, Standing.ENDED, by, now, reason)
    _let_go(group, reason, by, now)


@transaction.atomic
def go_on(*, group: Group, by: User, now: datetime, is_staff: bool) -> None:
    """It meets again. Raises `Refused` (`staff`) where staff have stopped it."""
    rules.check_may_lift(group, is_staff)
    lock_calendar()
    _change(group, Standing.ACTIVE, by, now)
    ended = [RoomRequest.State.ENDED, RoomRequest.State.WITHDRAWN]
    group.weekly_times.filter(request__state__in=ended).update(request=None)  # asked for anew
    make_dates(now, [group.pk])


def _change(
    group: Group,
    standing: str,
    by: User,
    now: datetime,
    reason: str = "",
    until: date | None = None,
) -> StandingChange | None:
    """Nothing where it stands so already. Raises `Refused` (`ended`, `suspended`, `no_reason`)."""
    lock_activity(group.pk)
    group.refresh_from_db()
    if group.standing == standing:
        return None
    rules.check_can_change(group, standing)
    rules.check_has_a_reason(standing, reason)
    group.standing, group.standing_reason = standing, reason
    group.standing_until, group.standing_since = until, now
    is_hidden = standing == Standing.SUSPENDED
    group.state = Activity.State.DRAFT if is_hidden else Activity.State.PUBLISHED
    is_open = standing == Standing.ACTIVE
    closes = max(now, group.sign_up_opens_at + timedelta(seconds=1))
    group.sign_up_closes_at = rules.ALWAYS_OPEN if is_open else closes
    group.save()
    row = {"group": group, "standing": standing, "reason": reason, "until": until}
    made = StandingChange.objects.create(**row, at=now, by=by)
    _tell_members(made, now)
    return made


def _tell_members(made: StandingChange, now: datetime) -> None:
    data = messages.about(made.group, reason=made.reason, until_on=made.until or local_day(now))
    notify(
        kind=TOLD[Standing(made.standing)],
        recipients=leaders.members_of(made.group_id),
        subject=ACTIVITY.of(made.group_id),
        revision=made.pk,
        data=data,
        now=now,
    )


def _let_go(group: Group, reason: str, by: User, now: datetime) -> None:
    """Dates ahead go, and their rooms are free; whoever wanted to try one hears. Where the group
    goes on, its weekly times make them anew."""
    ahead = queries.dates_ahead(group.pk, now)
    tried = list(ahead.filter(trials__isnull=False).distinct().values_list("pk", flat=True))
    if tried:
        call_off_occasions(occasions=tried, reason=reason, by=by, now=now)
    ahead.exclude(pk__in=tried).delete()
    bookings.call_off(bookings=lent_to(group.pk, now))
    cancel(subject=ACTIVITY.of(group.pk), kinds=messages_of_the_old_time(), now=now)


@transaction.atomic
def answer(*, group: Group, words: str, by: User, now: datetime) -> None:
    """The group says what it has put right; who guides it hears. Raises `Refused`."""
    lock_activity(group.pk)
    change = rules.check_may_answer(queries.last_change(group.pk))
    change.answer, change.answered_at, change.answered_by = words, now, by
    change.save(update_fields=["answer", "answered_at", "answered_by"])
    notify(
        kind=messages.ANSWERED,
        accounts=leaders.accounts_of_leads(),
        subject=ACTIVITY.of(group.pk),
        revision=change.pk,
        data=messages.about(group, word=words),
        now=now,
    )


@transaction.atomic
def free_rooms(now: datetime) -> int:
    """At every tick: rooms of groups that have been suspended for more than a week are free for
    others. Members know already that the group does not meet."""
    for group in queries.to_be_freed(now):
        lock_activity(group.pk)
        _let_go(group, group.standing_reason, group.standings.latest("at").by, now)
    return 0
