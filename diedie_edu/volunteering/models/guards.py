"""What the database asks of those on duty close to children: a live check, on that very day."""

import pgtrigger

from diedie_edu.common.guards import Guard
from diedie_edu.people.models import Clearance

GATE = "duty_near_children_needs_a_live_clearance"


class LiveClearance(Guard):
    """Facts 3: whoever is on duty where it needs a checked person is cleared on that day,
    wherever the day moves.

    Both sides lock the volunteer's row, so that a duty that is taken while a clearance ends is
    seen by the one or the other.
    """

    timing = pgtrigger.Deferred
    constraint = GATE
    first = "PERFORM FROM people_volunteer WHERE id = NEW.volunteer_id FOR SHARE;"
    found = """
    FROM volunteering_duty d
    WHERE d.id = NEW.id AND d.volunteer_id = NEW.volunteer_id
      AND d.needs_clearance AND NOT d.is_off
      AND NOT people_is_cleared(
          d.volunteer_id, (d.starts_at AT TIME ZONE 'Asia/Shanghai')::date)
    """
    message = "This volunteer is not cleared for that day."


LIVE_CLEARANCE = [
    LiveClearance(
        name=GATE,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__volunteer__isnull=False, new__needs_clearance=True),
    ),
    LiveClearance(
        name="duty_that_changes_needs_a_live_clearance",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "NEW.volunteer_id IS NOT NULL AND NEW.needs_clearance AND NOT NEW.is_off AND"
            " ((OLD.volunteer_id, OLD.occasion_id, OLD.starts_at, OLD.is_off, OLD.needs_clearance)"
            " IS DISTINCT FROM (NEW.volunteer_id, NEW.occasion_id, NEW.starts_at, NEW.is_off,"
            " NEW.needs_clearance)"
            " OR OLD.signed_out_at IS NOT NULL AND NEW.signed_out_at IS NULL)"
        ),
    ),
]


class ClearanceGuard(Clearance):
    """The clearance again, with the guard that only this room can say: people know no duties."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            Guard(
                name="clearance_ends_after_its_duties_are_released",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                declare=[("person", "bigint := coalesce(OLD.volunteer_id, NEW.volunteer_id)")],
                first="PERFORM FROM people_volunteer WHERE id = person FOR NO KEY UPDATE;",
                found="""
                FROM volunteering_duty d
                CROSS JOIN LATERAL (
                    SELECT (d.starts_at AT TIME ZONE 'Asia/Shanghai')::date AS day) AS local
                WHERE d.volunteer_id = person AND d.needs_clearance
                  AND (NOT d.is_off OR d.signed_in_at IS NOT NULL)
                  AND d.signed_out_at IS NULL AND local.day >= people_today()
                  AND NOT people_is_cleared(person, local.day)
                """,
                message="This volunteer has duties ahead that need the clearance.",
            ),
        ]
