"""Lists out of the register, in the columns that the import reads."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.lists.kinds import RESIDENTS
from diedie_edu.people import queries
from diedie_edu.people.lists.columns import resident_columns, volunteer_columns
from diedie_edu.people.lists.skills import words_of_topics
from diedie_edu.people.models import Resident, Topic

CHUNK = 2000
Rows = Iterator[dict[str, Any]]


def exported(kind: str, today: date) -> tuple[list[Column], Rows]:
    """Columns and rows of a list of this kind; rows are fetched as they are written.

    Children under 14 are in no list: each look at a child's data is one of its own.
    """
    if kind == RESIDENTS:
        return resident_columns(today), _residents(today)
    topics = list(Topic.objects.select_related("area"))
    return volunteer_columns(today, topics), _volunteers(today, topics)


def _residents(today: date) -> Rows:
    for resident in queries.residents_to_list(today).iterator(chunk_size=CHUNK):
        household = resident.household
        yield _person(resident) | {
            "surname_reading": resident.surname_reading,
            "email": resident.email,
            "household": household.label if household else "",
            "address": household.address if household else "",
        }


def _volunteers(today: date, topics: Iterable[Topic]) -> Rows:
    words = words_of_topics(topics)
    for volunteer in queries.volunteers_to_list(today).iterator(chunk_size=CHUNK):
        yield _person(volunteer.resident) | {
            "kinds": volunteer.kinds,
            "skills": "、".join(words[skill.topic_id] for skill in volunteer.skills.all()),
            "free_times": volunteer.free_times,
            "introduction": volunteer.introduction,
            "is_active": volunteer.is_active,
        }


def _person(resident: Resident) -> dict[str, Any]:
    return {
        "number": resident.pk,
        "full_name": resident.full_name,
        "gender": resident.gender,
        "birth_date": resident.birth_date,
        "phone": resident.phone,
        "residency": resident.residency,
    }
