"""What must never be seen of seats, queue and door, whichever committed state one looks at."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection, connections

from diedie_edu.activities.models.signups import IN_WITHOUT_SEAT

# Each in one statement, and so in one committed state.
SEATS = {
    "more taken than there is": """
        SELECT id FROM activities_activity WHERE taken > capacity""",
    "the count differs from the rows": """
        SELECT a.id FROM activities_activity a WHERE taken <> (
            SELECT count(*) FROM activities_signup s
            WHERE s.activity_id = a.id AND status IN ('seated', 'offered'))
            + (SELECT coalesce(sum(held), 0) FROM activities_party p WHERE p.activity_id = a.id)""",
    "seats are held for whoever waits no more": """
        SELECT p.id FROM activities_party p WHERE held > 0 AND NOT EXISTS (
            SELECT FROM activities_signup s WHERE s.party_id = p.id AND s.status = 'waiting')""",
    "a party is torn apart": """
        SELECT party_id FROM activities_signup
        WHERE party_id IS NOT NULL AND status IN ('seated', 'offered', 'waiting')
        GROUP BY party_id HAVING count(DISTINCT status) > 1""",
    "somebody has two places": """
        SELECT resident_id FROM activities_signup
        WHERE status IN ('seated', 'offered', 'waiting')
        GROUP BY activity_id, resident_id HAVING count(*) > 1""",
}
QUEUE = {
    "a place is free beside somebody whom it could be offered to": """
        SELECT a.id FROM activities_activity a JOIN activities_signup s ON s.activity_id = a.id
        LEFT JOIN activities_party p ON p.id = s.party_id
        WHERE a.state = 'published' AND a.title <> '{exempt}' AND s.status = 'waiting'
        GROUP BY a.id, coalesce(-s.party_id, s.id)
        HAVING count(*) <= a.capacity - a.taken + coalesce(max(p.held), 0)"""
}
DOOR = {
    "who is in waits, or has lost the seat": f"""
        SELECT came.id {IN_WITHOUT_SEAT.format(which="true")}""",
    "somebody is in twice": """
        SELECT occasion_id FROM activities_attendance
        GROUP BY occasion_id, resident_id HAVING count(*) > 1""",
    "more are in by a seat than there are seats": """
        SELECT o.id FROM activities_attendance c JOIN activities_occasion o ON o.id = c.occasion_id
        JOIN activities_activity a ON a.id = o.activity_id
        WHERE NOT c.is_extra GROUP BY o.id, a.capacity HAVING count(*) > a.capacity""",
    "somebody is in at another day's date": """
        SELECT c.id FROM activities_attendance c JOIN activities_occasion o ON o.id = c.occasion_id
        WHERE c.arrived_at < o.starts_at - interval '1 hour'""",
}


def never(exempt: str = "") -> dict[str, str]:
    """All of it; of activities with the title `exempt`, which are called off and held after all,
    what is free goes on at the next tick only."""
    return SEATS | {words: rule.format(exempt=exempt) for words, rule in QUEUE.items()} | DOOR


def seen(rules: Mapping[str, str]) -> list[str]:
    """Which of these things can be seen right now."""
    found = []
    with connection.cursor() as cursor:
        for words, statement in rules.items():
            cursor.execute(statement)
            found += [f"{words}: {row[0]}" for row in cursor.fetchall()]
    return found


@contextmanager
def watched(rules: Mapping[str, str], faults: list[str]) -> Iterator[Counter[str]]:
    """Look again and again, over a connection of its own; counts how often."""
    over, looks = Event(), Counter[str]()

    def look() -> None:
        try:
            while not over.is_set():
                found = (f"while it went on, {fault}" for fault in seen(rules))
                faults.extend(fault for fault in found if fault not in faults)
                looks["looks"] += 1
                over.wait(0.05)
        finally:
            connections.close_all()

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield looks
    finally:
        over.set()
        watcher.join()
