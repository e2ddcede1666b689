"""Happy Square in the demo season."""

import json
from datetime import date, datetime
from random import Random

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Resident
from diedie_edu.programmes.demo import Cast, DemoSeason, SignIn
from happy_square.demo.children import enrol_children
from happy_square.demo.festival import create_festival
from happy_square.demo.groups import Facts, create_group, let_join, name_leader
from happy_square.demo.guidance import ask_for_rooms, guide
from happy_square.demo.meet_ups import create_meet_ups, plan_ahead
from happy_square.models import Group
from happy_square.models.groups import PROGRAMME
from happy_square.plan_data import FOLDER

LEAD = SignIn(
    Role.PROGRAMME_LEAD,
    "13800000010",
    "快乐广场负责人（演示）",
    _("guides the groups of Happy Square"),
    PROGRAMME,
)


def play(cast: Cast, now: datetime) -> bool:
    """Eight groups, once."""
    if Group.objects.exists():
        return False
    facts: Facts = json.loads((FOLDER / "season.json").read_text(encoding="utf-8"))
    random = Random(24)  # a demo that looks the same every time
    for number, row in enumerate(facts["groups"]):
        _play_group(row | facts, number, cast, random, now)
    plan_ahead(cast.staff, now)
    create_festival(facts, cast.staff, now)
    guide(facts, cast.staff, now)
    ask_for_rooms(cast.staff, now)
    return True


def _play_group(facts: Facts, number: int, cast: Cast, random: Random, now: datetime) -> None:
    """The demo resident belongs to the first."""
    group = create_group(facts, number, cast.staff, now)
    leader = _leader(facts, number)
    name_leader(group, leader, facts, cast.staff, now)
    people = _suited(facts, leader)
    random.shuffle(people)
    if number == 0:
        people.sort(key=lambda one: one != cast.resident)
    let_join(group, people, facts, random, now)
    create_meet_ups(group, leader.account or cast.staff, facts, random, now)
    if group.takes_children:
        enrol_children(group, cast.staff, now)


def _leader(facts: Facts, number: int) -> Resident:
    """By name; else one of the oldest of the register, each another."""
    named = Resident.objects.filter(full_name=facts.get("leader", ""))
    oldest = Resident.objects.filter(volunteer=None, account=None, birth_date__isnull=False)
    return named.first() or oldest.order_by("birth_date")[number]


def _suited(facts: Facts, leader: Resident) -> list[Resident]:
    """People of the group's ages."""
    if not facts["born"]:
        return []
    first, last = facts["born"]
    ages = Resident.objects.filter(birth_date__range=(date(first, 1, 1), date(last, 12, 31)))
    return list(ages.filter(volunteer=None).exclude(pk=leader.pk).order_by("pk"))


SEASON = DemoSeason(play, (LEAD,))
