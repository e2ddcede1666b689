"""Planning a series of lectures, and changing the following or all of them.

Lock order: the calendar → activities (by id) → occasions (by id) → rooms (by id) → notices.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.schedule import lock_occasions
from diedie_edu.activities.messages import occasion_data
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import day_text, local, local_day, moment
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Booking
from diedie_edu.venues.rules.series import check_as_shown
from diedie_edu.volunteering.models import Duty
from residents_school import messages
from residents_school.actions.lectures import (
    WORDS,
    LecturePlan,
    announce_lecture,
    change_lecture,
    plan_lecture,
)
from residents_school.models import Lecture, LectureSeries
from residents_school.queries.seasons import lectures_of, lectures_to_change, season_days
from residents_school.rules.seasons import Season


@dataclass(frozen=True)
class SeriesPlan:
    """What staff decide about a series: its days, and the lecture that each of them holds.

    `lecture` gives words, seats and speakers; its time and room are those of each day.
    Sign-up opens `opens_before` each lecture, or at once; it closes when the lecture begins.
    """

    season: Season
    lecture: LecturePlan
    opens_before: timedelta | None

    def on(self, place: Booking, now: datetime) -> LecturePlan:
        opens_at = place.starts_at - self.opens_before if self.opens_before else now
        return replace(
            self.lecture,
            starts_at=place.starts_at,
            ends_at=place.ends_at,
            venue=place.venue,
            sign_up_opens_at=max(now, opens_at),
            sign_up_closes_at=place.starts_at,
        )


@transaction.atomic
def plan_series(
    *, plan: SeriesPlan, kept: frozenset[str], announce: bool, by: User, now: datetime
) -> LectureSeries:
    """Plan the days that were ticked in the preview (`PlannedDay.key`), all of them or none.

    The preview is made again while no room can be taken and no day closed. Raises `Refused`
    (`changed`) where it does not agree with what was shown, and as `plan_lecture` does.
    """
    lock_calendar()
    bookings.lock_rooms()
    chosen = check_as_shown(season_days(plan.season, now), kept)
    series = _create(plan, by)
    for day in chosen:
        lecture = plan_lecture(
            plan=plan.on(day.rooms[0], now), by=by, now=now, notifies_speakers=False
        )
        Lecture.objects.filter(pk=lecture.pk).update(series=series)
        if announce:
            announce_lecture(lecture=lecture, by=by, now=now)
    _notify_speakers(series, plan, now)
    return series


def _notify_speakers(series: LectureSeries, plan: SeriesPlan, now: datetime) -> None:
    """Once for the whole series, not once for each day."""
    lectures = lectures_of(series).select_related("occasion__activity")
    first = lectures.first()
    if first is None:
        return
    notify(
        kind=messages.APPOINTED_TO_SERIES,
        recipients=[speaker.resident_id for speaker in plan.lecture.speakers],
        subject=messages.SERIES.of(series.pk),
        data=occasion_data(first.occasion, lectures=str(len(lectures))),
        now=now,
    )


def _create(plan: SeriesPlan, by: User) -> LectureSeries:
    season = plan.season
    return LectureSeries.objects.create(
        title=plan.lecture.title,
        first_day=season.first_day,
        weekdays=sorted(season.weekdays),
        weeks=season.weeks,
        starts=season.starts,
        ends=season.ends,
        on_clash=season.on_clash,
        created_by=by,
    )


@transaction.atomic
def change_series(
    *,
    series: LectureSeries,
    since: datetime,
    changes: Mapping[str, Any],
    by: User,
    now: datetime,
) -> int:
    """Change every lecture of a series that begins from `since` on; returns how many.

    `changes` are fields of `LecturePlan` and, for the time of day, `starts` and `ends`: what
    is not named stays as it is in each lecture. All of them or none: raises `Refused` as
    `change_lecture` does, and names the day.
    """
    lock_calendar()
    found = [row.pk for row in lectures_to_change(series, since, now)]
    list(Activity.objects.filter(pk__in=found).order_by("pk").select_for_update(of=("self",)))
    lock_occasions(Occasion.objects.filter(activity__in=found))
    bookings.lock_rooms()
    lectures = list(lectures_to_change(series, since, now).filter(pk__in=found))
    for lecture in lectures:
        plan = _changed(plan_of(lecture), changes)
        try:
            change_lecture(lecture=lecture, plan=plan, by=by, now=now)
        except Refused as refusal:
            raise _on_its_day(refusal, plan.starts_at) from refusal
    return len(lectures)


def plan_of(lecture: Lecture) -> LecturePlan:
    """A lecture as it stands."""
    occasion = lecture.occasion
    spoken = occasion.duties.filter(work=Duty.Work.SPEAKER).select_related("volunteer")
    return LecturePlan(
        capacity=lecture.capacity,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        venue=occasion.venue,
        speakers=[duty.volunteer for duty in spoken if duty.volunteer],
        **{name: getattr(lecture, name) for name in WORDS},
    )


def _changed(plan: LecturePlan, changes: Mapping[str, Any]) -> LecturePlan:
    """With another time of day; sign-up that closed at the beginning goes on doing so."""
    words = {name: value for name, value in changes.items() if name not in ("starts", "ends")}
    day = local_day(plan.starts_at)
    starts_at = moment(day, changes.get("starts", local(plan.starts_at).time()))
    ends_at = moment(day, changes.get("ends", local(plan.ends_at).time()))
    closes_at = plan.sign_up_closes_at
    return replace(
        plan,
        starts_at=starts_at,
        ends_at=ends_at,
        sign_up_closes_at=starts_at if closes_at == plan.starts_at else closes_at,
        **words,
    )


def _on_its_day(refusal: Refused, starts_at: datetime) -> Refused:
    words = {"day": day_text(local_day(starts_at)), "reason": refusal.message}
    return Refused(refusal.code, _("%(day)s: %(reason)s") % words, refusal.field)
