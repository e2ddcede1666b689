"""Nobody under 14 is written down in a group but where it takes children, its leaders are checked
(Facts 3) and a guardian has agreed to that (PIPL art. 31): by the database, on every way in.

Each guard holds the person's row and those of the leaders, so that nobody turns out to be under 14
and neither a consent nor a check ends meanwhile. The row is held before anything is asked of it:
what a query does not find, it does not hold. Whoever is on duty at a date is checked by the gate of
volunteering.
"""

import pgtrigger

from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.common.guards import Guard, refuse
from diedie_edu.people.models import Resident

GATE = "child_of_a_group_is_looked_after"
LIVE = "('seated', 'offered', 'waiting')"
IS_CHECKED = """
EXISTS (SELECT FROM people_volunteer v
        WHERE v.resident_id = {} AND people_is_cleared(v.id, people_today()))
"""
CHECK = f"""
PERFORM FROM happy_square_group g JOIN people_resident r ON r.id = NEW.resident_id
WHERE g.activity_ptr_id = of_group FOR SHARE OF r;
IF NOT FOUND THEN
    RETURN NULL;
END IF;
PERFORM FROM people_resident WHERE id = NEW.resident_id AND people_is_child(birth_date);
IF NOT FOUND THEN
    RETURN NULL;
END IF;
PERFORM FROM happy_square_group WHERE activity_ptr_id = of_group AND takes_children;
IF NOT FOUND THEN
    {refuse(GATE, "Nobody under 14 is named in a group of grown-ups.")}
END IF;
PERFORM FROM people_volunteer v JOIN happy_square_leadership l USING (resident_id)
WHERE l.group_id = of_group AND l.ended_at IS NULL ORDER BY v.id FOR SHARE OF v;
IF NOT FOUND OR EXISTS (
    SELECT FROM happy_square_leadership l
    WHERE l.group_id = of_group AND l.ended_at IS NULL AND NOT {IS_CHECKED.format("l.resident_id")})
THEN
    {refuse(GATE, "Who leads this group has not been checked.")}
END IF;
PERFORM FROM people_consent c JOIN people_consenttext t ON t.id = c.text_id
WHERE c.child_id = NEW.resident_id AND c.ended_at IS NULL AND c.valid_until >= people_today()
  AND t.programme = 'happy-square';
IF NOT FOUND THEN
    {refuse(GATE, "No guardian has agreed to the text of Happy Square.")}
END IF;
"""  # nosec B608 (constants of ours)
OF_THE_OCCASION = "(SELECT activity_id FROM activities_occasion WHERE id = NEW.occasion_id)"
ON_DUTY = f"""
PERFORM FROM volunteering_duty
WHERE occasion_id = NEW.occasion_id AND volunteer_id IS NOT NULL AND NOT is_off;
IF NOT FOUND THEN
    {refuse(GATE, "Nobody who has been checked is on duty there.")}
END IF;
"""


def at_an_occasion(name: str) -> Guard:
    """For rows that write somebody down at an occasion: somebody is on duty there besides."""
    return Guard(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("occasion_id", "resident_id"),  # type: ignore[no-untyped-call]
        constraint=GATE,
        declare=[("of_group", f"bigint := {OF_THE_OCCASION}")],
        func=f"{CHECK}{ON_DUTY}RETURN NULL;",
    )


class GroupSignUp(SignUp):
    """The same rows: Happy Square's guard on them."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            Guard(
                name="child_joins_where_children_may",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("activity_id", "resident_id", "status"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition(f"NEW.status IN {LIVE}"),
                constraint=GATE,
                declare=[("of_group", "bigint := NEW.activity_id")],
                func=f"{CHECK}RETURN NULL;",
            )
        ]


class GroupAttendance(Attendance):
    """The same rows: Happy Square's guard on them."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [at_an_occasion("child_attends_where_children_may")]


class GroupMember(Resident):
    """The same rows: who turns out to be under 14 is no member of a group of grown-ups, is to try
    none, and leads no group of any kind."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            Guard(
                name="a_child_is_in_no_group_of_grown_ups",
                operation=pgtrigger.UpdateOf("birth_date"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("people_is_child(NEW.birth_date)"),
                found=f"""
                FROM happy_square_group g
                WHERE NOT g.takes_children AND (
                    EXISTS (SELECT FROM activities_signup s
                            WHERE s.activity_id = g.activity_ptr_id AND s.resident_id = NEW.id
                              AND s.status IN {LIVE})
                    OR EXISTS (SELECT FROM happy_square_trial t
                               JOIN activities_occasion o ON o.id = t.occasion_id
                               WHERE o.activity_id = g.activity_ptr_id AND t.resident_id = NEW.id
                                 AND o.ends_at::date >= people_today()))
                UNION ALL SELECT FROM happy_square_leadership
                WHERE resident_id = NEW.id AND ended_at IS NULL
                """,  # nosec B608 (a constant of ours)
                message="Take this person out of the groups first.",
            )
        ]


LEADER_IS_CHECKED = Guard(
    name="leader_near_children_is_checked",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("group_id", "resident_id", "ended_at"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("NEW.ended_at IS NULL"),
    found=f"""
    FROM happy_square_group g
    WHERE g.activity_ptr_id = NEW.group_id AND g.takes_children
      AND NOT {IS_CHECKED.format("NEW.resident_id")}
    """,
    message="Who leads children has been checked.",
)
A_LEADER_IS_GROWN = Guard(
    name="nobody_under_14_leads_a_group",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("resident_id", "ended_at"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("NEW.ended_at IS NULL"),
    first="PERFORM FROM people_resident WHERE id = NEW.resident_id FOR SHARE;",
    found="FROM people_resident r WHERE r.id = NEW.resident_id AND people_is_child(r.birth_date)",
    message="Nobody under 14 leads a group.",
)
CHILDREN_LEAVE_FIRST = Guard(
    name="children_leave_before_it_stops_taking_them",
    operation=pgtrigger.UpdateOf("takes_children"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("OLD.takes_children AND NOT NEW.takes_children"),
    found=f"""
    FROM activities_signup s JOIN people_resident r ON r.id = s.resident_id
    WHERE s.activity_id = NEW.activity_ptr_id AND people_is_child(r.birth_date)
      AND s.status IN {LIVE}
    """,
    message="Children belong to this group.",
)
LEADERS_ARE_CHECKED_FIRST = Guard(
    name="leaders_are_checked_before_children_come",
    operation=pgtrigger.UpdateOf("takes_children"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("NEW.takes_children AND NOT OLD.takes_children"),
    found=f"""
    FROM happy_square_leadership l
    WHERE l.group_id = NEW.activity_ptr_id AND l.ended_at IS NULL
      AND NOT {IS_CHECKED.format("l.resident_id")}
    """,
    message="Who leads children has been checked.",
)
