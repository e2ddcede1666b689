"""Tickets as they are shown: on the page of one date, and on the page that a phone keeps."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from diedie_edu.activities.models import Occasion
from diedie_edu.door.queries import attendance
from diedie_edu.people.models import Resident


@dataclass(frozen=True)
class Ticket:
    """One person's ticket of one date; `name` says whose it is to whoever holds it."""

    name: str
    occasion: Occasion
    address: str
    code: str


def ticket(occasion: Occasion, holder: Resident, name: str) -> Ticket:
    path = reverse("door:ticket", args=[attendance.ticket_of(occasion.pk, holder.pk)])
    return Ticket(
        name=name,
        occasion=occasion,
        address=f"{settings.PORTAL_URL}{path}",
        code=attendance.ticket_code(occasion.pk, holder.pk),
    )
