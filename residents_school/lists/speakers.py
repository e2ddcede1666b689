"""Speakers in one cell: full names, several of them, and back again."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty

_SEPARATORS = re.compile(r"[、，,;；/／|\n]+")
_WITH_NUMBER = re.compile(r"(.+?)\s*[（(]\s*(\d+)\s*[）)]")


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


class Speakers:
    """Whoever may speak, by name and by number in the register."""

    def __init__(self, volunteers: Iterable[Volunteer]) -> None:
        self.by_name: dict[str, list[Volunteer]] = defaultdict(list)
        for volunteer in volunteers:
            self.by_name[volunteer.resident.full_name].append(volunteer)

    def read(self, text: str) -> list[Volunteer]:
        """Raises `Refused` (`speaker_unknown`, `speakers_alike`)."""
        words = filter(None, (word.strip() for word in _SEPARATORS.split(text)))
        return list(dict.fromkeys(map(self._one, words)))

    def _one(self, word: str) -> Volunteer:
        numbered = _WITH_NUMBER.fullmatch(word)
        name, number = numbered.groups() if numbered else (word, None)
        found = self.by_name.get(name, [])
        if number:
            found = [one for one in found if one.resident_id == int(number)]
        if not found:
            raise Refused("speaker_unknown", _UNKNOWN, "speakers")
        if len(found) > 1:
            raise Refused("speakers_alike", _ALIKE, "speakers")
        return found[0]


_UNKNOWN = _(
    "One of these names is no expert volunteer and not of the lecturers' team. Correct it, or "
    "first enter the person: “Volunteers”."
)
_ALIKE = _(
    "Two speakers have this name. Add the person's number in the register behind it, as "
    "exported lists do."
)
