"""With whom a child goes home."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from after_school.models import Collector, CollectorPass, Presence, WalkHomePermission, Zone
from after_school.rules import collecting
from diedie_edu.common.days import day_text, time_text
from diedie_edu.common.errors import Refused

UNDO = timedelta(seconds=5)  # as long as the button stands
# The tap may take as long again over a bad line; until then guardians are not told.
TOLD_AFTER = 2 * UNDO


def check_may_collect(collector: Collector, bar: Collector | None, day: date) -> None:
    """House rule: a barred person never, others on their days. The database asks the same.

    `bar` is the row by which this person is barred, this one or another.
    """
    if bar is not None:
        raise Refused(
            "barred",
            _(
                "%(name)s may NOT collect this child (%(reason)s). Do not hand the child over; "
                "keep it with you and call a guardian."
            )
            % {"name": collector.full_name, "reason": bar.barred_reason},
        )
    if not collecting.can_collect(collector, day):
        raise Refused(
            "not_today",
            _("%s may not collect on this day. Call a guardian.") % collector.full_name,
        )


def check_may_walk(permission: WalkHomePermission, day: date) -> None:
    """House rule: a child goes alone on the permitted days only."""
    holds = permission.valid_from <= day <= permission.valid_until
    if not holds or permission.taken_back_at is not None:
        raise Refused("not_today", _("This child may not walk home alone today."))


def check_how(how: str) -> None:
    """House rule: staff know the person, see a document, or call a guardian."""
    if how not in (Presence.Check.KNOWN, Presence.Check.DOCUMENT, Presence.Check.CALL):
        raise Refused("unchecked", _("Say how you checked who this is."), "how")


def check_can_be_undone(left: datetime, now: datetime) -> None:
    """House rule: a hand-over is undone without a reason as long as nobody has been told of it."""
    if now >= left + TOLD_AFTER:
        raise Refused("told", _("A message went to the guardians. Say why it is put right."))


def check_has_not_left(presence: Presence) -> None:
    """House rule: a child is handed over once; a second tablet is told to whom it went."""
    if presence.left_at is not None:
        raise Refused(
            "left",
            _("%(name)s has left already: %(time)s, %(who)s.")
            % {
                "name": presence.child,
                "time": time_text(presence.left_at),
                "who": presence.went_with,
            },
        )


def check_is_not_elsewhere(other: Presence | None) -> None:
    """House rule: a child is in one place; a day that was left open is put right first."""
    if other is not None:
        raise Refused(
            "inside_elsewhere",
            _("%(name)s is still down as inside on %(day)s. Hand the child over there first.")
            % {"name": other.child, "day": day_text(other.session.day)},
        )


def check_zone_has_place(zone: Zone, places: int, inside: int) -> None:
    """Plan 四(一): a zone holds as many children as it has places, and as its room has."""
    if inside >= places:
        raise Refused(
            "zone_full",
            _("%(zone)s is full: %(places)d children. Choose the other zone.")
            % {"zone": zone, "places": places},
            "zone",
        )


def check_has_come(presence: Presence) -> None:
    """House rule: only a child who has come changes zones, gets a note, or leaves."""
    if presence.arrived_at is None:
        raise Refused("not_here", _("%s has not come today.") % presence.child)


def check_is_inside(presence: Presence) -> None:
    """House rule: who has not come or has left is not handed over, nor put into a zone."""
    check_has_not_left(presence)
    check_has_come(presence)


def check_code_fits(used: CollectorPass | None) -> None:
    """House rule: a pass is told by its digits; five wrong codes end it."""
    if used is None:
        raise Refused(
            "code",
            _("No open pass for today has this code. Check the digits, or call a guardian."),
            "code",
        )
