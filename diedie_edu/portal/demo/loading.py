"""Loading the demo season; never where real people's data may be."""

import json
from datetime import datetime
from random import Random
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from after_school.models import Term
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import schedule, seats
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.portal.demo.accounts import create_accounts
from diedie_edu.portal.demo.afternoon import create_roster, play_today
from diedie_edu.portal.demo.afterwards import create_afterwards, create_proofs
from diedie_edu.portal.demo.handouts import create_materials
from diedie_edu.portal.demo.needs import create_needs
from diedie_edu.portal.demo.people import create_residents, create_volunteers
from diedie_edu.portal.demo.school import create_school
from diedie_edu.portal.demo.season import create_lectures
from diedie_edu.portal.demo.speakers import confirm_past_hours, create_invitations
from diedie_edu.venues.models import Venue
from diedie_edu.volunteering.models import Certificate
from residents_school.models import Survey
from residents_school.queries import lectures

SEASON = settings.BASE_DIR / "fixtures" / "demo" / "season.json"
CALLED_OFF, SEAT_ON, WAIT_ON = 4, 0, 1
REASON = "讲师临时出差，改期另行通知。"


@transaction.atomic
def load_demo(now: datetime) -> bool:
    """Load people once, and a season whenever no lecture lies ahead; whether anything was new.

    Raises `ImproperlyConfigured` where DEMO is not set.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("The demo season is loaded only where DEMO=true.")
    if lectures.next_lectures(now, 1):
        return False
    facts: dict[str, Any] = json.loads(SEASON.read_text(encoding="utf-8"))
    accounts = create_accounts()
    for row in facts["venues"]:
        Venue.objects.get_or_create(title_zh=row["title_zh"], defaults=row)
    if not Volunteer.objects.exists():
        create_residents(facts, accounts, Random(24))
        create_volunteers(facts, accounts)
    volunteers = {row.resident.full_name: row for row in Volunteer.objects.all()}
    residents = list(Resident.objects.filter(volunteer=None).order_by("pk"))
    create_lectures(facts, volunteers, residents, now)
    if not Survey.objects.exists():
        create_needs(accounts[Role.STAFF], accounts[Role.RESIDENT].resident, now)
    create_invitations(accounts[Role.STAFF], now)
    confirm_past_hours(accounts[Role.STAFF], now)
    create_materials(accounts[Role.STAFF], now)
    create_afterwards(accounts[Role.RESIDENT].resident, accounts[Role.STAFF], now)
    if not Term.objects.exists():
        term = create_school(accounts[Role.STAFF], now)
        create_roster(term, accounts[Role.STAFF], now)
        play_today(term, accounts[Role.STAFF], now)
    if not Certificate.objects.filter(kind=Certificate.Kind.SERVICE).exists():
        create_proofs(accounts[Role.STAFF], now)
    _play(accounts[Role.RESIDENT].resident, accounts, now)
    return True


def _play(resident: Resident, accounts: dict, now: datetime) -> None:
    """The demo resident has a seat and a place in a queue, and has been told so."""
    ahead = lectures.next_lectures(now, CALLED_OFF + 1)
    for place in (SEAT_ON, WAIT_ON):
        seats.sign_up(activity=ahead[place], resident=resident, by=resident.account, now=now)
    staff = accounts[Role.STAFF]
    schedule.call_off(activity=ahead[CALLED_OFF], reason=REASON, by=staff, now=now)
