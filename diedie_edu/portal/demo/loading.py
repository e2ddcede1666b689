"""Loading the demo season; never where real people's data may be."""

import json
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F

from diedie_edu.accounts.permissions import Role
from diedie_edu.common.manifests import parts_of
from diedie_edu.community.known import forget
from diedie_edu.community.models import Community
from diedie_edu.notices.models import Notice, Status
from diedie_edu.portal.demo.accounts import create_accounts
from diedie_edu.portal.demo.afterwards import create_afterwards, create_proofs
from diedie_edu.portal.demo.marking import marked
from diedie_edu.portal.demo.people import create_residents, create_volunteers
from diedie_edu.programmes.demo import Cast, DemoSeason
from diedie_edu.venues.models import Venue
from diedie_edu.volunteering.models import Certificate

SEASON = settings.BASE_DIR / "fixtures" / "demo" / "season.json"


def load_demo(now: datetime) -> bool:
    """Load people once, and whatever season a programme lacks; whether anything was new.

    Raises `ImproperlyConfigured` where DEMO is not set.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("The demo season is loaded only where DEMO=true.")
    with marked():
        return _load(now)


def _load(now: datetime) -> bool:
    cast = _cast()
    played = [season.play(cast, now) for season in parts_of(DemoSeason)]
    if not any(played):
        return False
    create_afterwards(cast.resident, cast.staff, now)
    if not Certificate.objects.filter(kind=Certificate.Kind.SERVICE).exists():
        create_proofs(cast.staff, now)
    _let_arrive(now)
    return True


def _let_arrive(now: datetime) -> None:
    """What was told before this week has arrived: nobody gets a text message of July today."""
    old = Notice.objects.filter(status=Status.QUEUED, created_at__lt=now - timedelta(days=7))
    old.update(status=Status.DELIVERED, settled_at=F("created_at"), read_at=F("created_at"))


def _cast() -> Cast:
    facts: dict[str, Any] = json.loads(SEASON.read_text(encoding="utf-8"))
    _let_be_reached(facts["community"])
    accounts = create_accounts()
    for row in facts["venues"]:
        _add_room(row)
    if not hasattr(accounts[Role.RESIDENT], "resident"):
        create_residents(facts, accounts, Random(24))
        create_volunteers(facts, accounts)
    return Cast(accounts[Role.STAFF], accounts[Role.RESIDENT].resident)


def _let_be_reached(facts: dict[str, Any]) -> None:
    """Where to ring and to come, as long as nobody has entered it."""
    Community.objects.filter(phone="", address_zh="").update(**facts)
    forget()


def reached_no_more() -> None:
    """What `_let_be_reached` wrote, where it still stands."""
    facts = json.loads(SEASON.read_text(encoding="utf-8"))["community"]
    nothing: dict[str, Any] = dict.fromkeys(facts, "") | {"phones": {}}
    Community.objects.filter(phone=facts["phone"]).update(**nothing)
    forget()


def _add_room(facts: dict[str, Any]) -> None:
    """Open every day; one that is there already stays as it is. A part keeps its whole's hours."""
    opens, music, whole = (facts.pop(name, None) for name in ("opens", "music", "part_of"))
    if Venue.objects.filter(title_zh=facts["title_zh"]).exists():
        return
    venue = Venue.objects.create(**facts, part_of=whole and Venue.objects.get(title_zh=whole))
    times = [] if whole else [(opens or "08:00", "21:30")]
    for hours, spans in ((venue.opening_hours, times), (venue.music_hours, music or [])):
        for day, (first, last) in product(range(1, 8), spans):
            hours.create(weekday=day, opens=first, closes=last)
