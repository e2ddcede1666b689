"""A community that has asked and taught for years: thousands of lectures and answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import cycle

from django.db import connection

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.people.models import Topic
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Venue
from residents_school.models import Survey

ROOMS = 10
ANSWERS = """
INSERT INTO residents_school_answer
    (survey_id, key, source, age_band, forms, times, other_topic, answered_at)
SELECT %s, 'k' || n, 'online',
       (ARRAY['18_34', '35_49', '50_59', '60_69', '70_up', ''])[1 + n %% 6],
       (ARRAY['lecture', 'hands_on', 'outing', 'online'])[1 + n %% 2 : 2 + n %% 3],
       (ARRAY['sat_am', 'sat_pm', 'sun_am', 'sun_pm'])[1 + n %% 2 : 2 + n %% 3],
       '', %s
FROM generate_series(1, %s) AS n
"""
PICKS = """
INSERT INTO residents_school_answertopic (answer_id, topic_id)
SELECT answer.id, topic.id FROM residents_school_answer AS answer, people_topic AS topic
WHERE (answer.id + topic.id) %% 10 = 0
"""
LECTURES = """
INSERT INTO residents_school_lecture (activity_ptr_id, topic_id, teaching_form, outline)
VALUES (%s, %s, 'lecture', '')
"""


def add_answers(survey: Survey, number: int, now: datetime) -> None:
    """Each names about three of the plan's topics."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [survey.pk, now, number])
        cursor.execute(PICKS, [])
        cursor.execute("ANALYZE residents_school_answer, residents_school_answertopic")


def add_lectures(programme: Programme, number: int, now: datetime) -> None:
    """Two a day in each of ten rooms, the first of them 200 days ago."""
    activities = _add_activities(programme, number, now)
    topics = cycle(Topic.objects.values_list("pk", flat=True))
    rows = [(row.pk, topic) for row, topic in zip(activities, topics, strict=False)]
    with connection.cursor() as cursor:
        cursor.executemany(LECTURES, rows)
    rooms = Venue.objects.bulk_create(
        Venue(title_zh=f"大教室{place}", places=60) for place in range(ROOMS)
    )
    bookings = Booking.objects.bulk_create(
        Booking(venue=rooms[place % ROOMS], purpose=row.title, **_hours(place // ROOMS, now))
        for place, row in enumerate(activities)
    )
    pairs = zip(bookings, activities, strict=True)
    Occasion.objects.bulk_create(Occasion.at(*pair) for pair in pairs)


def _add_activities(programme: Programme, number: int, now: datetime) -> Sequence[Activity]:
    return Activity.objects.bulk_create(
        Activity(
            programme=programme,
            title=f"讲座{n}",
            state=Activity.State.PUBLISHED,
            capacity=40,
            taken=20,
            sign_up_opens_at=now - timedelta(days=300),
            sign_up_closes_at=now + timedelta(days=300),
        )
        for n in range(number)
    )


def _hours(slot: int, now: datetime) -> dict[str, datetime]:
    starts_at = now - timedelta(days=200) + slot * timedelta(hours=12)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=90)}
