"""A town: the test's house with years behind it, and as many people as it is given."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from diedie_edu.common.names import name_key, sort_key
from tests.scale.earlier import STEP, live_through, unless_there

SURNAMES = "某冼邝麦区霍招岑植甄庞简陆劳龙卢关游阮苏"
GIVEN = "建城秋月丽华志强淑芬国栋嘉怡文杰美玲俊贤婉仪永康雅静"
FIRST = 50_000_000  # the number of the first row of a town: behind those of all weeks
OF_A_WEEK = {"activities": 8, "people": 31}
NAMES = len(SURNAMES) * len(GIVEN) * 5
# Lectures that were, by their place.
HELD = """
CREATE TEMP TABLE held ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY starts_at, activity_id) - 1 AS place, met.*
FROM (
    SELECT DISTINCT ON (activity_id) occasion.* FROM activities_occasion occasion
    JOIN residents_school_lecture ON activity_ptr_id = activity_id
    WHERE starts_at < timestamptz '2026-11-23' ORDER BY activity_id, starts_at
) met
"""

SAID = """
INSERT INTO door_feedback (use, level, again, words, said_at, attendance_id)
SELECT (ARRAY['little', 'some', 'much'])[1 + id % 3],
    (ARRAY['easy', 'right', 'hard'])[1 + id / 2 % 3], (ARRAY['yes', 'maybe', 'no'])[1 + id / 3 % 3],
    '', arrived_at + interval '1 hour', id
FROM activities_attendance WHERE id % 2 = 0
"""


@dataclass(frozen=True)
class Size:
    """How many there are beside what the weeks bring."""

    people: int
    weeks: int
    sign_ups: int
    notices: int
    applications: int

    @classmethod
    def of(cls, people: int, activities: int, sign_ups: int, notices: int) -> "Size":
        weeks = activities // OF_A_WEEK["activities"]
        others = max(people - weeks * OF_A_WEEK["people"], people // 10)
        return cls(others, weeks, sign_ups, notices, people // 10)


def fill(size: Size) -> None:
    """Everything, in a database that holds the test's house alone."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        live_through(size.weeks)
        cursor.execute(f"DELETE FROM accounts_rolegrant WHERE id > {STEP} AND role <> 'resident'")
        cursor.execute(HELD)
        held = cursor.rowcount
        _name(cursor)
        for table, number, values in _rows(size, held):
            _spread(cursor, table, number, values)
        cursor.execute(SAID)
        cursor.execute("SET LOCAL session_replication_role = origin")


def settle() -> None:
    """What autovacuum would have done."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _name(cursor: CursorWrapper) -> None:
    """Names by their place, with their keys: twenty surnames, and given names of two signs."""
    chance = random.Random(7)
    names = [f"{a}{b}{c}" for a in SURNAMES for b in GIVEN for c in chance.sample(GIVEN, 5)]
    chance.shuffle(names)
    rows = [(n, name, name_key(name), sort_key(name)) for n, name in enumerate(names)]
    cursor.execute(
        "CREATE TEMP TABLE named (n int PRIMARY KEY, name text, key text, sort text) ON COMMIT DROP"
    )
    cursor.executemany("INSERT INTO named VALUES (%s, %s, %s, %s)", rows)


def _rows(size: Size, held: int) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Of which table, how many, and what differs from its first row. `n` counts from 0."""
    people = size.people
    named = f"(SELECT {{}} FROM named WHERE named.n = n.n % {NAMES})"
    # Nobody twice to one of the lectures that were held.
    person = f"{FIRST} + (n.n / {held} * 7919 + n.n % {held} * 31) % {people}"
    phone, has_account = "(13600000000 + n.n)::text", f"CASE WHEN n.n < {people // 2}"
    since = "now() - (n.n % 1500) * interval '1 day'"
    yield (
        "people_household",
        people // 3 + 1,
        {
            "label": "(n.n / 500) || '-' || (n.n / 20 % 25) || '-' || (n.n % 20)",
            "label_key": "'1:' || (n.n / 500) || '-' || (n.n / 20 % 25) || '-' || (n.n % 20)",
        },
    )
    yield (
        "accounts_user",
        people // 2,
        {
            "phone": phone,
            "display_name": named.format("name"),
            "password": "'!'",
        },
    )
    yield "accounts_rolegrant", people // 2, {"user_id": f"{FIRST} + n.n", "role": "'resident'"}
    yield (
        "people_resident",
        people,
        {
            "full_name": named.format("name"),
            "name_key": named.format("key"),
            "sort_key": named.format("sort"),
            "birth_date": "date '1940-01-01' + (n.n % 24000)",
            "phone": f"{has_account} THEN {phone} ELSE '' END",
            "phone_key": f"{has_account} THEN '1:' || {phone} ELSE '' END",
            "account_id": f"{has_account} THEN {FIRST} + n.n END",
            "household_id": f"{FIRST} + n.n / 3",
        },
    )
    yield (
        "activities_signup",
        size.sign_ups,
        {
            "activity_id": "held.activity_id",
            "resident_id": person,
            "status": "CASE WHEN n.n % 9 = 0 THEN 'cancelled' ELSE 'seated' END",
            "cancelled_at": "CASE WHEN n.n % 9 = 0 THEN held.starts_at END",
            "signed_up_at": "held.starts_at - interval '3 days'",
            "seated_at": "held.starts_at - interval '3 days'",
        },
    )
    yield (
        "activities_attendance",
        size.sign_ups * 9 // 10,
        {
            "occasion_id": "held.id",
            "resident_id": person,
            "arrived_at": "held.starts_at",
        },
    )
    yield (
        "notices_notice",
        size.notices,
        {
            "dedupe_key": "'town-' || n.n",
            "reference": "gen_random_uuid()",
            "recipient_id": person,
            "created_at": since,
            "status": "'delivered'",
            "settled_at": since,
        },
    )
    yield "edu_base_application", size.applications, {"person_id": person}
    yield "people_volunteer", size.people // 50, {"resident_id": f"{FIRST} + n.n"}


def _spread(cursor: CursorWrapper, table: str, number: int, values: dict[str, str]) -> None:
    """So many rows like the table's first one, but for `values`."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    columns = [name for [name] in cursor.fetchall()]
    values = {"id": f"{FIRST} + n.n"} | values
    chosen = ", ".join(values.get(name, f"row.{name}") for name in columns)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen}"
        f" FROM generate_series(0, {number - 1}) AS n(n)"
        f" JOIN (SELECT * FROM {table} ORDER BY id LIMIT 1) row ON true"
        " JOIN (SELECT held.*, count(*) OVER () AS number FROM held) held"
        " ON held.place = n.n % held.number"
        f" {unless_there(cursor, table)}"
    )
