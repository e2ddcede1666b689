"""What is planned on a day that changes, in every programme, and what could become of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.changed_days import DayRules, day_rules
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.participants import people_at
from diedie_edu.activities.queries.occasions import occasions_between
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import local_day, moment
from diedie_edu.venues.models import SpecialDay
from diedie_edu.venues.queries.special_days import calendar

AHEAD = timedelta(days=366)


class Choice(StrEnum):
    """What becomes of an activity's dates on a changed day."""

    KEEP = "keep"
    MOVE = "move"
    ROOM = "room"  # another, at the same time
    CALL_OFF = "call_off"
    LEAVE = "leave"  # called off, as it is
    HOLD = "hold"  # again


CHOICE_WORDS: dict[Choice, Promise] = {
    Choice.KEEP: _("keep it on this day"),
    Choice.MOVE: _("move it to another time"),
    Choice.ROOM: _("move it to another room"),
    Choice.CALL_OFF: _("call it off"),
    Choice.LEAVE: _("leave it called off"),
    Choice.HOLD: _("hold it after all"),
}


@dataclass(frozen=True)
class Planned:
    """What one activity has on the day; the first choice is what is proposed."""

    activity: Activity
    occasions: Sequence[Occasion]
    people: int
    choices: Sequence[Choice]

    @property
    def ids(self) -> list[int]:
        return [row.pk for row in self.occasions]

    @property
    def first(self) -> Occasion:
        return self.occasions[0]

    @property
    def rules(self) -> DayRules:
        return day_rules(self.activity.programme.slug)

    @property
    def title(self) -> str:
        return self.activity.title

    @property
    def whose(self) -> str:
        return self.activity.programme.title

    @property
    def name(self) -> str:
        """For fields of a form; an activity may have dates that stand and others that do not."""
        return f"{self.activity.pk}off" if self.first.is_called_off else str(self.activity.pk)

    @property
    def key(self) -> str:
        """What a page carries along: of anything else it was not shown."""
        rows = (f"{row.pk}.{row.starts_at:%H%M}.{row.venue_id}" for row in self.occasions)
        return f"{self.name}:{','.join(rows)}"


def calendar_with(day: date, kind: str) -> Calendar:
    """The calendar as it would be with this kind of day; "" as the public one says."""
    known = calendar()
    special = {key: value for key, value in known.special.items() if key != day}
    return replace(known, special=special | ({day: kind} if kind else {}))


def planned_on(day: date, kind: str, now: datetime) -> list[Planned]:
    """Of every programme by activity: what stands and is not over, and what was called off."""
    start, end = moment(day), moment(day + timedelta(days=1))
    found = occasions_between(start, end).filter(ends_at__gt=now)
    rows = sorted(found, key=lambda row: (row.is_called_off, row.activity_id, row.pk))
    known, was = calendar_with(day, kind), SpecialDay.objects.filter(day=day).first()
    each = groupby(rows, key=attrgetter("is_called_off", "activity_id"))
    return sorted(
        (_planned(list(occasions), day, known, was, now) for _key, occasions in each),
        key=lambda row: (row.first.starts_at, row.activity.pk),
    )


def _planned(
    occasions: list[Occasion], day: date, known: Calendar, was: SpecialDay | None, now: datetime
) -> Planned:
    activity = occasions[0].activity
    choices = (_again if occasions[0].is_called_off else _standing)(occasions, day, known, was, now)
    return Planned(activity, occasions, len(people_at([row.pk for row in occasions])), choices)


def _standing(
    occasions: list[Occasion], day: date, known: Calendar, was: SpecialDay | None, now: datetime
) -> list[Choice]:
    """House rule: on a closed day nothing is kept; what has begun is not moved."""
    activity = occasions[0].activity
    rules = day_rules(activity.programme.slug)
    keep = [] if known.is_closed(day) else [Choice.KEEP]
    may_move = rules.move and len(occasions) == 1 and occasions[0].starts_at > now
    rest = [Choice.CALL_OFF, *([Choice.MOVE] if may_move else [])]
    return [*keep, *rest] if rules.suits_date(activity.pk, day, known) else [*rest, *keep]


def _again(
    occasions: list[Occasion], day: date, known: Calendar, was: SpecialDay | None, now: datetime
) -> list[Choice]:
    """House rule: held again is proposed of what the day itself called off."""
    activity = occasions[0].activity
    if known.is_closed(day):
        return [Choice.LEAVE]
    by_the_day = was is not None and activity.call_off_reason in ("", was.reason)
    rules = day_rules(activity.programme.slug)
    if by_the_day and rules.suits_date(activity.pk, day, known):
        return [Choice.HOLD, Choice.LEAVE]
    return [Choice.LEAVE, Choice.HOLD]


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


def keys_of(planned: Iterable[Keyed], day: date) -> frozenset[str]:
    """What a page that shows all this carries along, with what the day is entered as."""
    was = SpecialDay.objects.filter(day=day).values_list("kind", "reason").first()
    return frozenset([row.key for row in planned] + [f"day:{was}"])


def undecided_days(now: datetime) -> list[date]:
    """Special days ahead of which nobody has decided, with something planned that does not suit."""
    today, known = local_day(now), calendar()
    days = undecided_between(today, today + AHEAD).values_list("day", flat=True)
    return [day for day in days.order_by("day") if _has_what_does_not_suit(day, known, now)]


def undecided_between(today: date, until: date) -> QuerySet[SpecialDay]:
    return SpecialDay.objects.filter(day__gte=today, day__lte=until, decided_at=None)


def _has_what_does_not_suit(day: date, known: Calendar, now: datetime) -> bool:
    found = occasions_between(moment(day), moment(day + timedelta(days=1)))
    standing = found.filter(is_called_off=False, ends_at__gt=now)
    pairs = standing.order_by().values_list("activity__programme__slug", "activity").distinct()
    return any(not day_rules(slug).suits_date(pk, day, known) for slug, pk in pairs)
