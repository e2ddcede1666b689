"""Who comes with whom: somebody without a phone stands beside the relative who has one."""

from collections.abc import Sequence

from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.activities.queries import sign_ups
from diedie_edu.people.models import Resident


def with_family(occasion: Occasion, people: Sequence[Resident]) -> list[Resident]:
    """`people`, and after them those of their households with a seat, where one of the two has
    neither phone nor account: whoever finds the one finds the other. One query."""
    homes = {one.household_id for one in people if one.household_id}
    if not homes:
        return list(people)
    rows = sign_ups.seated(occasion.activity_id).filter(resident__household__in=homes)
    found = [row.resident for row in rows if row.resident not in people]
    return [*people, *(one for one in found if any(_is_with(one, other) for other in people))]


def not_here_with(occasion: Occasion, person: Resident) -> list[Resident]:
    """Those who come with somebody's ticket and are not in yet."""
    here = Attendance.objects.filter(occasion=occasion).values_list("resident", flat=True)
    others = with_family(occasion, [person])[1:]
    return [one for one in others if one.pk not in set(here)] if others else []


def _is_with(one: Resident, other: Resident) -> bool:
    same = one.household_id is not None and one.household_id == other.household_id
    return same and not (_can_be_rung(one) and _can_be_rung(other))


def _can_be_rung(person: Resident) -> bool:
    return bool(person.phone or person.account_id)
