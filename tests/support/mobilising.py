"""Short hands for tests about mobilising: people at a door, lists, visits."""

from itertools import count

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Household, Resident
from edu_base.actions import mobilising
from edu_base.models import ContactList, SchemeYear, Visit
from edu_base.queries.mobilising import newest_visit
from tests.conftest import NOW
from tests.support.education import make_person

_rooms = count(1)


def live_at(building: str = "3", name: str = "", **fields: object) -> Resident:
    """A young person in a household of their own in a building."""
    label = f"{building}-1-{next(_rooms)}" if building else f"李家{next(_rooms)}"
    home = Household.objects.create(label=label, address="叠二社区")
    return make_person(name, household=home, **fields)


def give(year: SchemeYear, building: str, to: User) -> ContactList:
    return ContactList.objects.create(
        scheme_year=year, building=building, given_to=to, given_by=to, given_at=NOW
    )


def visit(year: SchemeYear, person: Resident, outcome: str, by: User) -> Visit:
    newest = newest_visit(year, person)
    return mobilising.note_visit(
        year=year,
        person=person,
        outcome=outcome,
        seen=newest.pk if newest else 0,
        by=by,
        now=NOW,
    )
