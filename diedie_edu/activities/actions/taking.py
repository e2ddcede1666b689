"""Seats, their people and their messages in one call of the database, which keeps the plan.

In a rush PostgreSQL spent more on planning the two statements anew for each person than on running
them, with the activity's row locked in between. As a function of the database they are planned once
for each connection, and nothing is prepared by name, which a pool could not keep. Every `migrate`
writes the function anew, from here and from the wording of the messages (docs/adr/0056).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, connections

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.notices.actions import insert_of, ways_of
from diedie_edu.people.models import Resident

# Whoever is in already comes without a number, and then nobody has taken a seat: a second tap is no
# error in the database's log, not even beside the first. One statement takes the seats and enters
# the people, so neither can be without the other. Their messages are a statement of their own: the
# first one may have waited for a move of the date, and would still see the day as it was before.
# Generic plans, for PostgreSQL takes them to be dearer.
FUNCTION = """
CREATE OR REPLACE FUNCTION activities_take_seats(
    which bigint, whom bigint[], by_account bigint, moment timestamptz, is_told boolean
) RETURNS TABLE (resident bigint, sign_up bigint)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $taking$
DECLARE
    seats bigint[];
    stopped_by text;
BEGIN
    FOR resident IN
        SELECT own.resident_id FROM activities_signup own
        WHERE own.activity_id = which AND own.resident_id = ANY(whom) AND own.status IN ({live})
    LOOP
        RETURN NEXT;
    END LOOP;
    IF FOUND THEN
        RETURN;
    END IF;
    BEGIN
        FOR resident, sign_up IN
            WITH taken AS (
                UPDATE activities_activity SET taken = taken + cardinality(whom)
                WHERE id = which AND state = 'published' AND taken + cardinality(whom) <= capacity
                RETURNING id
            )
            INSERT INTO activities_signup
                (activity_id, resident_id, status, is_deferred, signed_up_at, seated_at,
                 signed_up_by_id)
            SELECT taken.id, one, 'seated', FALSE, moment, moment, by_account
            FROM taken CROSS JOIN unnest(whom) AS one
            RETURNING resident_id, id
        LOOP
            seats := seats || sign_up;
            RETURN NEXT;
        END LOOP;
    EXCEPTION WHEN unique_violation THEN
        GET STACKED DIAGNOSTICS stopped_by = CONSTRAINT_NAME;
        IF stopped_by <> '{one_live}' THEN
            RAISE;
        END IF;
        resident := whom[1];
        sign_up := NULL;
        RETURN NEXT;
        RETURN;
    END;
    IF is_told AND seats IS NOT NULL THEN
        {messages};
    END IF;
END
$taking$
"""
ONE_LIVE = "one_live_sign_up"
CALL = "SELECT * FROM activities_take_seats(%s, %s::bigint[], %s, %s, %s)"


class AlreadyIn(Exception):  # noqa: N818 - named like Refused
    """One of them has a seat already, or waits for one."""


def function() -> str:
    """The function as it stands in the database."""
    ways = f"'{{{','.join(ways_of(messages.SEATED.channels))}}}'"
    people = messages.people_of(messages.SEATED)
    told = insert_of(people, "moment", "seats", f"'{messages.SEATED.code}'", "moment", ways)
    live = ", ".join(f"'{state}'" for state in SignUp.LIVE)
    return FUNCTION.format(messages=told, live=live, one_live=ONE_LIVE)


def write_function(using: str, **_signal: object) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(function())


def take_seats(
    activity: Activity,
    people: Sequence[Resident],
    by: User | None,
    now: datetime,
    *,
    is_told: bool = False,
) -> list[SignUp]:
    """Seats for all of them, or for none; where `is_told` they get their messages with them.

    It can neither overbook nor revive a called-off activity. Raises `AlreadyIn`.
    """
    ids = [person.pk for person in people]
    with connection.cursor() as cursor:
        cursor.execute(CALL, [activity.pk, ids, by.pk if by else None, now, is_told])
        entered = dict(cursor.fetchall())
    if None in entered.values():
        raise AlreadyIn
    return [_seat(activity, person, entered[person.pk], by, now) for person in people if entered]


def _seat(
    activity: Activity, resident: Resident, pk: int, by: User | None, now: datetime
) -> SignUp:
    return SignUp(
        pk=pk,
        activity=activity,
        resident=resident,
        status=SignUp.Status.SEATED,
        signed_up_at=now,
        seated_at=now,
        signed_up_by=by,
    )
