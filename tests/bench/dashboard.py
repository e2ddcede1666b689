"""The branch lead's page of figures, and the draft of a summary, with five years against one."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import local_now
from diedie_edu.office.actions.summaries import PARTS
from diedie_edu.office.models import Document, Work
from diedie_edu.people.models import Resident
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Venue
from tests.bench.compare import Speed, side_by_side, speed
from tests.bench.databases import analyse, copy, on
from tests.bench.figures import Figure
from tests.bench.season import signed_in_at_portal
from tests.bench.servers import PORTAL, Server, served
from tests.support.office import make_document
from tests.support.rush import get, once

PAGE = reverse("figures:dashboard")
ONE, FIVE = 1, 5
ACTIVITIES, VISITS, PEOPLE = 1000, 100, 5000  # activities a year, visits to each, people at all
APART, LENGTH = timedelta(hours=8), timedelta(hours=1)
VIEWS, DRAFTS = 10, 5  # of the page, and of the summary, in one round
AT_ONCE = 5000  # rows of a statement
# Everybody comes to as many: each session takes every 47th person, from another one on.
ATTENDANCES = """
WITH people AS (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
    FROM people_resident WHERE full_name LIKE '常客%%')
INSERT INTO activities_attendance (occasion_id, resident_id, arrived_at, how, is_extra, reason)
SELECT occasion.id, people.id, occasion.starts_at, 'list', false, ''
FROM activities_occasion occasion CROSS JOIN generate_series(1, %(visits)s) n
JOIN people ON people.place = (occasion.id * 53 + n * 47) %% %(people)s
"""


def figures() -> Iterator[Figure]:
    with copy("dashboard_one") as few:
        queries, lead = _filled(ONE)
        with copy("dashboard_five") as many:
            queries_of_five, lead_of_five = _filled(FIVE)
            with served(PORTAL, few) as small, served(PORTAL, many) as large:
                found = side_by_side(
                    lambda: _views(small, lead), lambda: _views(large, lead_of_five), rounds=5
                )
            drafts = side_by_side(lambda: _drafts(few), lambda: _drafts(many), rounds=5)
    yield Figure.of("dashboard_time_5_years_vs_1", found.rate, at_most=1.5)
    yield Figure("dashboard_queries_1_year", queries)
    yield Figure("dashboard_queries_5_years", queries_of_five, exactly=queries)
    # It compares with the year before, which a database of one year does not have.
    yield Figure.of("summary_time_5_years_vs_1", drafts.rate, at_most=2)


def _filled(years: int) -> tuple[int, str]:
    """How many queries the page costs with as many years, and the session of who reads it."""
    add_years(years)
    lead = User.objects.create_user("15600000000", display_name="支部负责人")
    RoleGrant.objects.create(user=lead, role=Role.BRANCH_LEAD)
    [session] = signed_in_at_portal([lead])
    analyse()
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["sessionid"] = session
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(PAGE)
    if answer.status_code != 200:
        raise AssertionError(f"{PAGE} answers {answer.status_code}")
    return len(captured), session


def add_years(years: int) -> None:
    """The years until now: sessions one after the other in one room, by all programmes in turn."""
    Resident.objects.bulk_create(Resident(full_name=f"常客{n}") for n in range(PEOPLE))
    venue, until = Venue.objects.create(title_zh="礼堂", places=200), local_now()
    times = [until - APART * n for n in range(1, ACTIVITIES * years + 1)]
    activities = Activity.objects.bulk_create(_activities(times), batch_size=AT_ONCE)
    bookings = Booking.objects.bulk_create(
        (
            Booking(venue=venue, starts_at=start, ends_at=start + LENGTH, purpose="活动")
            for start in times
        ),
        batch_size=AT_ONCE,
    )
    pairs = zip(bookings, activities, strict=True)
    Occasion.objects.bulk_create((Occasion.at(*pair) for pair in pairs), batch_size=AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_resident, activities_occasion")  # or it looks row by row
        # Grown-ups all: asking for each of 500,000 rows whether it is a child's takes minutes.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(ATTENDANCES, {"people": PEOPLE, "visits": VISITS})
        cursor.execute("SET session_replication_role = origin")


def _activities(times: list[datetime]) -> Iterator[Activity]:
    turns = cycle(Programme.objects.order_by("pk"))
    for start, programme in zip(times, turns, strict=False):
        yield Activity(
            programme=programme,
            title="讲座",
            state=Activity.State.PUBLISHED,
            capacity=120,
            taken=VISITS,
            sign_up_opens_at=start - timedelta(days=7),
            sign_up_closes_at=start,
        )


def _views(server: Server, session: str) -> Speed:
    request = get(PAGE, {"sessionid": session})
    return speed(server, [once(request) for _n in range(VIEWS)], {200})


def _drafts(database: str) -> Speed:
    """What a job reads for the summary of this year, part by part."""
    with on(database):
        now = local_now()
        document = Document.objects.filter(work=Work.SUMMARY).first()
        document = document or make_document(Work.SUMMARY, year=now.year)
        seconds = [_seconds_of_a_draft(document, now) for _n in range(DRAFTS)]
    return Speed(DRAFTS / sum(seconds), max(seconds))


def _seconds_of_a_draft(document: Document, now: datetime) -> float:
    started = time.perf_counter()
    if not sum(len(list(part(document, now))) for part in PARTS):
        raise AssertionError("the summary is empty")
    return time.perf_counter() - started
