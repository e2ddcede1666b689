"""Speakers in one cell: full names, several of them, and back again."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty


def word_of(name: str, number: int) -> str:
    """The name with the person's number in the register: 王丽（12）; no other may be meant."""
    return f"{name}（{number}）"


def spoken(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    return duties.filter(work=Duty.Work.SPEAKER).exclude(volunteer=None).order_by("id")


def speakers_by_lecture(duties: QuerySet[Duty]) -> dict[int, list[Volunteer]]:
    """Who speaks, by ids of lectures, in one query."""
    found: dict[int, list[Volunteer]] = defaultdict(list)
    for duty in spoken(duties).select_related("volunteer__resident", "occasion"):
        found[duty.occasion.activity_id].append(duty.volunteer)  # type: ignore[arg-type]
    return found


def known_speakers(volunteers: Iterable[Volunteer]) -> Known[Volunteer]:
    """By name, and by name with number."""
    return Known("speakers", volunteers, _words, _UNKNOWN, _ALIKE)


def _words(volunteer: Volunteer) -> tuple[str, str]:
    name = volunteer.resident.full_name
    return name, word_of(name, volunteer.resident_id)


_UNKNOWN = _(
    "One of these names is no expert volunteer and not of the lecturers' team. Correct it, or "
    "first enter the person: “Volunteers”."
)
_ALIKE = _(
    "Two speakers have this name. Add the person's number in the register behind it, as "
    "exported lists do."
)
