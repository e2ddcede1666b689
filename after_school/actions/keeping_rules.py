"""Whoever takes a duty themself keeps to the working rules in force, and has said so."""

from datetime import datetime

from after_school.queries import terms
from after_school.rules import roster
from diedie_edu.accounts.models import User
from diedie_edu.people.models import Volunteer
from diedie_edu.programmes.actions import confirm_rules


def check_rules_are_kept(volunteer: Volunteer, by: User | None, now: datetime) -> None:
    """Of those who take a duty for themselves; a lead who assigns somebody is not asked. Raises
    `Refused`."""
    if by is not None and volunteer.resident.account_id == by.pk:
        roster.check_keeps_rules(terms.rules_to_confirm(by, now))


def keep_rules(volunteer: Volunteer, says_so: bool, now: datetime) -> None:
    """Somebody answers by a signed link, and says so there: it is noted with their account. Who
    has none says it with every yes. Raises `Refused` where it is not said."""
    account = volunteer.resident.account
    version = terms.rules_to_confirm(account, now)
    if not says_so:
        roster.check_keeps_rules(version)
    elif version is not None and account is not None:
        confirm_rules(version=version, by=account, now=now)
