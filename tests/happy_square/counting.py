"""Short hands for tests about growth: meet-ups, and who was counted there."""

from collections.abc import Iterable
from datetime import date

from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.people.models import Resident
from happy_square.models import Group, MeetUp
from tests.support.groups import make_place, meet_up


def count(occasion: Occasion, people: Iterable[Resident] = (), guests: int = 0) -> Occasion:
    """A headcount: who was there by name, and how many without one."""
    row = {"occasion": occasion, "arrived_at": occasion.starts_at}
    Attendance.objects.bulk_create(Attendance(resident=person, **row) for person in people)
    MeetUp.objects.filter(pk=occasion.pk).update(guests=guests, counted_at=occasion.ends_at)
    return occasion


def held(group: Group, day: date, **fields: object) -> Occasion:
    """A meet-up in a place of the group's own."""
    return meet_up(group, day, venue=make_place(group.title), **fields)
