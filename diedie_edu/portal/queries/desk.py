"""The staff desk: today and the weekend, and what belongs to no programme."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities import traits
from diedie_edu.activities.models import Activity
from diedie_edu.activities.queries import occasions
from diedie_edu.common.addresses import address_of
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import local, local_day, moment, weekend_of
from diedie_edu.common.manifests import programmes
from diedie_edu.common.parts import DeskFigures, DeskProblems, Figure, Problem, rows_of_both
from diedie_edu.common.templatetags.ui import day_word
from diedie_edu.venues.queries.special_days import calendar

ASK_FOR_NEXT_YEAR_FROM = 11  # November: the State Council publishes the days off about then


class Row(NamedTuple):
    """One occasion in the desk's table, in values by which it is drawn once; an address that the
    reader may not open is empty."""

    starts_at: datetime
    day_word: str
    title: str
    place: str
    state: str
    get_state_display: str
    is_called_off: bool  # the activity
    is_off: bool  # this date
    taken: int
    capacity: int
    waiting: int
    url: str
    sheet_url: str
    door_url: str


def coming_rows(user: User, now: datetime) -> tuple[list[Row], list[Row]]:
    """What takes place from today until the weekend at hand is over, and what in the week after
    it, soonest first; groups have a page of their week."""
    _saturday, sunday = weekend_of(local_day(now))
    monday = moment(sunday + timedelta(days=1))
    start, end = moment(local_day(now)), moment(sunday + timedelta(days=8))
    desk = _Desk(user)
    rows = [_row(occasion, desk) for occasion in COMING.rows(start=start, end=end)]
    weekend = [row for row in rows if row.starts_at < monday]
    return weekend, rows[len(weekend) :]


COMING = Composed[Any](
    lambda start, end: traits.in_calendar(
        occasions.occasions_between(start, end).filter(activity__is_ongoing=False)
    ).only(
        *("starts_at", "is_called_off", "venue__title_zh", "venue__title_en"),
        *("activity__title", "activity__state", "activity__is_dropped", "activity__taken"),
        *("activity__capacity", "activity__programme__slug"),
    ),
    start=datetime,
    end=datetime,
)


class _Desk:
    """In which programmes (their slugs) the reader plans, and keeps the register; the words for
    days and states, which most rows share."""

    def __init__(self, user: User) -> None:
        self.day_words: dict[date, str] = {}
        self.states = {state: str(label) for state, label in Activity.State.choices}
        self.plans = {one for one in programmes() if user.may(Permission.PLAN_ACTIVITIES, one)}
        self.keeps = {one for one in programmes() if user.may(Permission.KEEP_REGISTER, one)}
        self.doors = traits.programmes_kept_by(user)

    def day_word(self, starts_at: datetime) -> str:
        day = local_day(starts_at)
        if day not in self.day_words:
            self.day_words[day] = day_word(local(starts_at))
        return self.day_words[day]


def _row(occasion: Any, desk: _Desk) -> Row:
    activity, programme = occasion.activity, occasion.activity.programme.slug
    has_door = activity.was_announced and programme in desk.doors
    return Row(
        starts_at=occasion.starts_at,
        day_word=desk.day_word(occasion.starts_at),
        title=activity.title,
        place=occasion.venue.title,
        state=activity.state,
        get_state_display=desk.states[activity.state],
        is_called_off=activity.is_called_off,
        is_off=occasion.is_called_off,
        taken=activity.taken,
        capacity=activity.capacity,
        waiting=occasion.waiting,
        url=traits.change_url(activity) if programme in desk.plans else "",
        sheet_url=traits.sheet_url(activity) if programme in desk.keeps else "",
        door_url=address_of("door:door", occasion.pk) if has_door else "",
    )


def figures(rows: list[Row]) -> list[Figure]:
    """What the tiles on top say of the rows below them."""
    live = [row for row in rows if not row.is_off]
    seats = sum(row.capacity for row in live)
    waiting = sum(row.waiting for row in live)
    taken = sum(row.taken for row in live)
    queue = ngettext("person waiting", "people waiting", waiting)
    return [
        Figure(
            30,
            taken,
            npgettext("a tile of the desk", "seat taken", "seats taken", taken),
            note=_("of %(seats)s") % {"seats": seats},
        ),
        Figure(31, waiting, queue, tone="amber" if waiting else "leaf"),
    ]


def tiles_and_problems(user: User, now: datetime) -> tuple[list[Figure], list[Problem]]:
    """The tiles that programmes bring, and what somebody should look at, most pressing first."""
    tiles, problems = rows_of_both(DeskFigures, DeskProblems, user, now)
    return tiles, sorted(problems, key=lambda problem: problem.tone != "brick")


def calendar_unknown(user: User, now: datetime) -> Iterator[Problem]:
    """Next year's days off are asked for when they are published."""
    if not user.may(Permission.KEEP_CALENDAR):
        return
    today = local_day(now)
    year = today.year + (today.month >= ASK_FOR_NEXT_YEAR_FROM)
    if not calendar().is_announced(year):
        yield Problem(
            70,
            _(
                "The holidays and make-up workdays of %(year)s are not announced yet. "
                "Until they are entered, every weekend counts as free."
            )
            % {"year": year},
            reverse("venues:year", args=[year]),
            _("Enter special days"),
        )
