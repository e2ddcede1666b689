"""The people of the demo season: surnames from the old primer, given names from the 24 solar
terms, so nobody can take them for real."""

from datetime import date
from random import Random
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Household, Resident, Skill, Topic, Volunteer

Facts = dict[str, Any]
HOUSEHOLDS = 46


def create_residents(facts: Facts, accounts: dict[Role, User], random: Random) -> list[Resident]:
    """About 110 people in 46 households; the demo resident lives in the first with two more."""
    households = Household.objects.bulk_create(
        Household(
            label=f"{1 + n // 12}-{1 + n % 12}-{101 + 100 * (n % 6)}",
            address="榕树街",
        )
        for n in range(HOUSEHOLDS)
    )
    names = _names(facts, random)
    rows = [
        _resident(next(names), random, household=household, generation=generation)
        for household in households
        for generation in range(random.choice((1, 2, 2, 3, 3)))
    ]
    for number, row in enumerate(rows):
        row.phone = f"1380001{number:04d}" if row.birth_date.year < 2005 else ""  # type: ignore[union-attr]
    rows[0].household_id = households[0].pk
    own = rows[0]
    own.full_name, own.gender, own.birth_date = "何立春", "f", date(1958, 2, 4)
    own.account, own.phone = accounts[Role.RESIDENT], accounts[Role.RESIDENT].phone
    leader = rows[len(rows) // 2]
    leader.full_name, leader.account = "梁夏至", accounts[Role.GROUP_LEADER]
    leader.birth_date, leader.phone = (
        date(1962, 6, 21),
        accounts[Role.GROUP_LEADER].phone,
    )
    return Resident.objects.bulk_create(rows)


def _names(facts: Facts, random: Random) -> Any:
    pairs = [surname + given for surname in facts["surnames"] for given in facts["given_names"]]
    taken = {"何立春", "梁夏至"}
    random.shuffle(pairs)
    return iter(name for name in pairs if name not in taken)


def _resident(name: str, random: Random, household: Household, generation: int) -> Resident:
    born = random.randint(*((1946, 1964), (1968, 1984), (1996, 2008))[generation])
    return Resident(
        full_name=name,
        gender=random.choice("fm"),
        birth_date=date(born, random.randint(1, 12), random.randint(1, 28)),
        household=household,
    )


def create_volunteers(facts: Facts, accounts: dict[Role, User]) -> dict[str, Volunteer]:
    """The speakers and helpers, by name."""
    topics = {topic.title_zh: topic for topic in Topic.objects.all()}
    people = facts["speakers"] + facts["helpers"]
    return {row["name"]: _volunteer(row, n, topics, accounts) for n, row in enumerate(people)}


def _volunteer(
    row: Facts, number: int, topics: dict[str, Topic], accounts: dict[Role, User]
) -> Volunteer:
    account = accounts[Role.VOLUNTEER]
    has_account = row["name"] == account.display_name
    resident = Resident.objects.create(
        full_name=row["name"],
        gender=row["gender"],
        phone=account.phone if has_account else f"1380002{number:04d}",
        account=account if has_account else None,
    )
    volunteer = Volunteer.objects.create(
        resident=resident, kinds=row["kinds"], introduction=row.get("introduction", "")
    )
    Skill.objects.bulk_create(
        Skill(volunteer=volunteer, topic=topics[title]) for title in row.get("topics", [])
    )
    return volunteer
