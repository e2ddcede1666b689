"""Who came in a span, to every programme and to all together; one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from diedie_edu.activities.models import Activity
from diedie_edu.common.manifests import parts_of
from diedie_edu.figures.kinds import ALL, Comings, Sheet, Topic
from diedie_edu.figures.spans import DAY, Span
from diedie_edu.people.rules.ages import last_birth_date

LONG_AGO = date(2000, 1, 1)
OLD = 60
# Visits of each person to each programme. OFFSET 0 keeps it at one look into the index for each
# session, so that it takes no longer for the years behind.
CAME = """
SELECT programme.slug AS programme, visited.resident_id, visited.visits
FROM (
    SELECT activity.programme_id, attendance.resident_id, count(*) AS visits
    FROM activities_occasion occasion
    JOIN activities_activity activity ON activity.id = occasion.activity_id
    CROSS JOIN LATERAL (
        SELECT resident_id FROM activities_attendance
        WHERE occasion_id = occasion.id OFFSET 0) attendance
    WHERE occasion.starts_at >= %s AND occasion.starts_at < %s
    GROUP BY activity.programme_id, attendance.resident_id) visited
JOIN programmes_programme programme ON programme.id = visited.programme_id
"""
WITHIN = "occasion.starts_at < %s"
OF_TOPIC = f"{WITHIN} AND occasion.activity_id = ANY(%s)"
OWN = """
SELECT %s, own.resident_id::bigint, own.visits FROM ({rows}) own (resident_id, visits)
"""
EARLIER = """
SELECT own.resident_id::bigint FROM ({rows}) own (resident_id, visits)
"""
# The first visit of all is read by the index of a person's arrivals, one look for each person.
COUNTED = """
WITH came AS MATERIALIZED ({came}),
earlier (resident_id) AS ({earlier}),
people AS MATERIALIZED (
    SELECT someone.resident_id, resident.birth_date IS NOT NULL AS is_known,
        resident.birth_date <= %s AS is_old,
        coalesce((SELECT min(arrived_at) FROM activities_attendance
            WHERE resident_id = someone.resident_id) >= %s, true)
        AND NOT EXISTS (SELECT FROM earlier WHERE resident_id = someone.resident_id) AS is_new
    FROM (SELECT DISTINCT resident_id FROM came WHERE resident_id IS NOT NULL) someone
    JOIN people_resident resident ON resident.id = someone.resident_id)
SELECT coalesce(programme, ''), sum(visits),
    count(DISTINCT resident_id),
    count(DISTINCT resident_id) FILTER (WHERE is_known),
    count(DISTINCT resident_id) FILTER (WHERE is_old),
    count(DISTINCT resident_id) FILTER (WHERE is_new)
FROM came LEFT JOIN people USING (resident_id)
GROUP BY GROUPING SETS ((programme), ())
HAVING count(*) > 0
"""


@dataclass(frozen=True)
class Came:
    """Visits; and of the people who made them how many there are, whose age is known, who are over
    60 and who had never come to anything before."""

    visits: int
    people: int
    of_known_age: int
    old: int
    new: int


def came(sheet: Sheet) -> dict[str, Came]:
    """By programme (slug), and ALL; without those to which nobody came."""
    span = sheet.span
    rows, params = _union(span, sheet.topic)
    before, params_before = _earlier(Span(LONG_AGO, span.first_day - DAY))
    sql = COUNTED.format(came=rows, earlier=before)
    last_day = last_birth_date(OLD, min(span.last_day, sheet.today))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *params_before, last_day, span.starts_at])
        return {key or ALL: Came(int(visits), *rest) for key, visits, *rest in cursor.fetchall()}


def _union(span: Span, topic: Topic | None) -> tuple[str, list[Any]]:
    """Of attendance, and of what programmes count by rows of their own; of a topic of attendance
    alone."""
    parts, params = [CAME], [span.starts_at, span.ends_at]
    if topic:
        ids = Activity.objects.filter(topic.activities("")).values_list("pk", flat=True)
        return CAME.replace(WITHIN, OF_TOPIC), [*params, list(ids)]
    for own in parts_of(Comings):
        sql, values = _sql(own.rows(span))
        parts.append(OWN.format(rows=sql))
        params += [own.programme, *values]
    return " UNION ALL ".join(parts), params


def _earlier(span: Span) -> tuple[str, list[Any]]:
    """Who had come before to what attendance does not know of."""
    parts, params = ["SELECT 0"], []
    for own in parts_of(Comings):
        sql, values = _sql(own.rows(span))
        parts.append(EARLIER.format(rows=sql))
        params += values
    return " UNION ALL ".join(parts), params


def _sql(rows: "QuerySet[Any, Any]") -> tuple[str, list[Any]]:
    sql, params = rows.order_by().query.sql_with_params()
    return sql, list(params)
