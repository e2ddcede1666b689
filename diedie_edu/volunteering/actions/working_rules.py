"""Whoever takes a duty themself keeps to the working rules of its programme, and has said so."""

from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Occasion
from diedie_edu.people.models import Volunteer
from diedie_edu.programmes.actions import confirm_rules
from diedie_edu.programmes.queries import rules_to_confirm
from diedie_edu.volunteering.rules import check_keeps_rules


def check_rules_are_kept(
    occasion: Occasion, volunteer: Volunteer, by: User | None, now: datetime
) -> None:
    """Of those who take a duty for themselves; a lead who assigns somebody is not asked. Raises
    `Refused`."""
    if by is not None and volunteer.resident.account_id == by.pk:
        check_keeps_rules(rules_to_confirm(occasion.activity.programme.slug, by, now))


def keep_rules(occasion: Occasion, volunteer: Volunteer, says_so: bool, now: datetime) -> None:
    """Somebody answers by a signed link, and says so there: it is noted with their account. Who
    has none says it with every yes. Raises `Refused` where it is not said."""
    account = volunteer.resident.account
    version = rules_to_confirm(occasion.activity.programme.slug, account, now)
    if not says_so:
        check_keeps_rules(version)
    elif version is not None and account is not None:
        confirm_rules(version=version, by=account, now=now)
