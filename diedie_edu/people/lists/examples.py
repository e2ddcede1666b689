"""The row that shows in a template how it is meant; the reader leaves it out."""

from datetime import date
from typing import Any

from diedie_edu.common.days import PartOfWeek
from diedie_edu.common.spreadsheets.columns import in_readers_language
from diedie_edu.lists.kinds import RESIDENTS
from diedie_edu.people.models import Resident, VolunteerKind


def example_of(kind: str) -> dict[str, Any]:
    """Somebody who does not exist, with a phone that is not given to anybody."""
    person = {
        "full_name": in_readers_language(("陈小明", "Chen Xiaoming")),
        "gender": Resident.Gender.MALE,
        "birth_date": date(1958, 3, 21),
        "phone": "13800000000",
        "residency": Resident.Residency.PERMANENT,
    }
    if kind == RESIDENTS:
        return person | {"household": "12-3-501"}
    return person | {
        "kinds": [VolunteerKind.EXPERT, VolunteerKind.RETIRED_PARTY],
        "skills": in_readers_language(("书法、绘画", "Calligraphy, Painting")),
        "free_times": [PartOfWeek.SATURDAY_MORNING, PartOfWeek.SUNDAY_AFTERNOON],
        "is_active": True,
    }
