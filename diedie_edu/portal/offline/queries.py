"""Tickets and next dates of a family, as its phone keeps them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.door.queries.tickets import Ticket, ticket
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_of
from diedie_edu.people.rules.residents import is_child
from diedie_edu.portal.offline.rules import KEPT, MOST
from diedie_edu.portal.queries.my_page import Entry, duties_of, entries_ahead
from diedie_edu.volunteering.models import Duty


@dataclass(frozen=True)
class Own:
    """`others` are dates without a ticket, in the queue or called off, each with whose it is."""

    tickets: list[Ticket]
    others: list[tuple[str, Entry]]
    duties: list[Duty]


def own_of(user: User, now: datetime) -> Own:
    """What begins while the page may be kept, soonest first, twenty of each at most."""
    family, until = family_of(user), now + KEPT
    ahead = [one for one in entries_ahead(family, now) if one.occasion.starts_at <= until]
    duties = duties_of(family[0], now) if family else []
    return Own(
        tickets=[_ticket(one, now) for one in ahead if _lets_in(one)][:MOST],
        others=[(name_kept(one.resident, now), one) for one in ahead if not _lets_in(one)][:MOST],
        duties=[one for one in duties if one.starts_at <= until][:MOST],
    )


def _lets_in(entry: Entry) -> bool:
    is_off = entry.sign_up.activity.is_called_off or entry.occasion.is_called_off
    return entry.is_seated and not is_off


def _ticket(entry: Entry, now: datetime) -> Ticket:
    entry.occasion.activity = entry.sign_up.activity
    return ticket(entry.occasion, entry.resident, name_kept(entry.resident, now))


def name_kept(person: Resident, now: datetime) -> str:
    """No name of a child stays on a device."""
    if is_child(person.birth_date, local_day(now)):
        return _("A child of your family")
    return person.full_name
