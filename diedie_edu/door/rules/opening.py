"""At the door: when people are checked in, whom a ticket lets in, who came in beyond the seats."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import How, Occasion
from diedie_edu.activities.rules.presence import door_opens_at, is_before_the_door
from diedie_edu.common.days import moment_text, time_text
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident


class DoorPhase(StrEnum):
    """Where an occasion stands for those at its door."""

    AHEAD = "ahead"
    OPEN = "open"
    LATER = "later"  # over; the paper sheet is typed in, mistakes are put right
    CLOSED = "closed"


def register_closes_at(occasion: Occasion) -> datetime:
    """Until when the register of an occasion can be put right."""
    return occasion.ends_at + timedelta(days=settings.SHEET_ENTRY_DAYS)


def door_phase(occasion: Occasion, now: datetime) -> DoorPhase:
    if is_before_the_door(occasion, now):
        return DoorPhase.AHEAD
    if now < occasion.ends_at:
        return DoorPhase.OPEN
    return DoorPhase.LATER if now < register_closes_at(occasion) else DoorPhase.CLOSED


def check_register_open(occasion: Occasion, now: datetime) -> None:
    """House rule: a register is kept from an hour before the start until some days after the
    end. Raises `Refused` (`called_off`, `door_not_open`, `register_closed`)."""
    if occasion.is_called_off:
        raise Refused("called_off", _("This has been called off. Nobody is checked in."))
    phase = door_phase(occasion, now)
    if phase == DoorPhase.AHEAD:
        raise Refused(
            "door_not_open",
            _("Check-in opens on %(when)s.") % {"when": moment_text(door_opens_at(occasion))},
        )
    if phase == DoorPhase.CLOSED:
        raise Refused("register_closed", _("The register of this date is closed."))


def check_can_check_in(occasion: Occasion, how: str, now: datetime) -> None:
    """House rule: people check in from an hour before the start until the end; what a sheet of
    paper says is entered later too. Raises `Refused` as `check_register_open`, and `over`."""
    check_register_open(occasion, now)
    if how != How.SHEET and door_phase(occasion, now) == DoorPhase.LATER:
        raise Refused(
            "over",
            _("It ended at %(time)s, so nobody can check in any more.")
            % {"time": time_text(occasion.ends_at)},
        )


def check_ticket_is_for(ticketed: Occasion, here: Occasion) -> None:
    """House rule: a ticket of another date says which. Raises `Refused` (`other_occasion`)."""
    if ticketed.pk != here.pk:
        raise Refused(
            "other_occasion",
            _("This ticket is for “%(title)s” on %(when)s.")
            % {"title": ticketed.activity.title, "when": moment_text(ticketed.starts_at)},
        )


def check_somebody_fits(people: Collection[Resident]) -> None:
    """House rule: whoever holds no seat walks in. Raises `Refused` (`unknown`)."""
    if not people:
        raise Refused("unknown", _("No ticket and no phone number of this list fits."))


def check_may_let_in_beyond(occasion: Occasion, inside: int, reason: str) -> None:
    """House rule: beyond the seats somebody is let in for a reason only, and staff are told how
    many the room holds. Raises `Refused` (`full`)."""
    if reason:
        return
    raise Refused(
        "full",
        _(
            "All %(seats)s seats are taken. %(inside)s people are here; %(venue)s has "
            "%(places)s places."
        )
        % {
            "seats": occasion.activity.capacity,
            "inside": inside,
            "venue": occasion.venue.title,
            "places": occasion.venue.places,
        },
    )
