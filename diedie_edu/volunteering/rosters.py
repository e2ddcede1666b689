"""What a programme says around the slots of its roster: a part of its manifest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from diedie_edu.activities.models import Occasion
from diedie_edu.common.manifests import parts_by
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty


def nobody(occasion: Occasion) -> QuerySet[Volunteer]:
    """Where everybody may be on duty who is cleared and free."""
    return Volunteer.objects.none()


@dataclass(frozen=True)
class Roster:
    """The roster of one programme (its slug).

    `stand_in` asks somebody to take a slot that was given back; its data are `stand_in` (id),
    `starts_at` and the venue. `swap` asks somebody to exchange a duty: `swap` (id), `starts_at` of
    their own duty, `other_at` of the other one. `must_leave(duty, volunteer, now)` tells the staff
    that somebody on duty may not stay. `kept_away(occasion)` are those who may not be there.
    """

    programme: str
    stand_in: Kind
    swap: Kind
    must_leave: Callable[[Duty, Volunteer, datetime], None]
    kept_away: Callable[[Occasion], QuerySet[Volunteer]] = nobody


def roster_of(occasion: Occasion) -> Roster:
    """Raises `LookupError` for a programme without a roster."""
    return parts_by(Roster, "programme")[occasion.activity.programme.slug]


def has_roster(occasion: Occasion) -> bool:
    """Whether a slot there stays when it is free; elsewhere duties come and go with people."""
    return occasion.activity.programme.slug in parts_by(Roster, "programme")


@dataclass(frozen=True)
class Search:
    """How a programme without a roster finds somebody in the place of who cannot come.

    `start(duty, volunteer, word, now)` runs when the duty is gone, under the lock of its activity;
    it returns how many were asked.
    """

    programme: str
    start: Callable[[Duty, Volunteer, str, datetime], int]


def look_for_another(duty: Duty, gone: Volunteer, word: str, now: datetime) -> int:
    search = parts_by(Search, "programme").get(duty.occasion.activity.programme.slug)
    return search.start(duty, gone, word, now) if search else 0
