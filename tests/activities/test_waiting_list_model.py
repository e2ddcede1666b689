"""The waiting list under a storm: 1,000 random operations by 16 real threads, watched all the time.

What must hold is looked at from a connection of its own while the threads are at work, so every
committed state counts and not only the last; a trigger writes down each change of state, so
nothing depends on what the code under test says of itself. The control takes the lock away and
must be caught.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random

import pytest
from django.db import connection

from diedie_edu.activities.actions import offers, parties, seats
from diedie_edu.activities.actions.schedule import call_off
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.storm.watch import never, seen, watched
from tests.support.races import together
from tests.support.seats import make_residents

pytestmark = pytest.mark.django_db(transaction=True)
Make = Callable[..., Lecture]

THREADS, BATCHES, EACH = 16, 9, 7  # 1,008 operations
ACTIVITIES, PEOPLE, MAY_BE_CALLED_OFF = 5, 40, 2
DAY = SATURDAY + timedelta(days=28)
STEP = timedelta(minutes=30)  # of the story's own clock, at each operation
LEGAL = {
    *(("waiting", status) for status in ("offered", "cancelled")),
    *(("offered", status) for status in ("seated", "cancelled", "lapsed")),
    ("seated", "cancelled"),
}

WRITE_DOWN = """
CREATE TABLE story (id serial, sign_up bigint, unit bigint, was text, is_now text);
CREATE FUNCTION write_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO story (sign_up, unit, was, is_now)
    VALUES (NEW.id, coalesce(-NEW.party_id, NEW.id), OLD.status, NEW.status);
    RETURN NULL;
END $$;
CREATE TRIGGER write_down AFTER UPDATE ON activities_signup FOR EACH ROW
WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION write_down();
"""
FORGET = "DROP TRIGGER write_down ON activities_signup; DROP FUNCTION write_down; DROP TABLE story"

NEVER = never() | {
    # Whoever waits with no more people, and came before: they would have fitted first.
    "somebody was passed over": """
        WITH unit AS (
            SELECT coalesce(-party_id, id) AS unit, activity_id, min(id) AS place, count(*) AS size,
                   min(signed_up_at) AS since, bool_or(status = 'waiting') AS waits
            FROM activities_signup GROUP BY 1, 2),
        lucky AS (
            SELECT unit, count(*) AS size FROM story WHERE is_now = 'offered' GROUP BY 1)
        SELECT w.unit FROM unit w JOIN unit u ON u.activity_id = w.activity_id
        JOIN lucky l ON l.unit = u.unit
        JOIN activities_activity a ON a.id = w.activity_id AND a.state = 'published'
        WHERE w.waits AND w.place < u.place AND w.since <= u.since AND l.size >= w.size""",
    "an offer was told twice": """
        SELECT recipient_id FROM notices_notice WHERE kind = 'activities.offered'
        GROUP BY recipient_id, subject, channel, data->'sign_up' HAVING count(*) > 1""",
}
AN_OFFER_UNTOLD = """
SELECT unit FROM story WHERE is_now = 'offered' GROUP BY unit
EXCEPT SELECT coalesce(-s.party_id, s.id) FROM notices_notice n
JOIN activities_signup s ON s.id = (n.data->>'sign_up')::bigint
WHERE n.kind = 'activities.offered' AND n.channel = 'sms'
"""
TOLD = "SELECT count(*) FROM notices_notice WHERE kind = 'activities.offered' AND channel = 'sms'"
OFFERED = "SELECT count(DISTINCT unit) FROM story WHERE is_now = 'offered'"
CHANGES = "SELECT DISTINCT was, is_now FROM story"


@dataclass
class Story:
    """Threads that do what people do, at random; `done` counts it, `errors` are no refusals."""

    seed: int
    activities: list[int]
    people: list[Resident]
    done: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    clock: Iterator[int] = field(default_factory=count)

    def now(self) -> datetime:
        return NOW + next(self.clock) * STEP

    def batch(self, number: int) -> None:
        together(*(partial(self._thread, number, thread) for thread in range(THREADS)))

    def _thread(self, batch: int, thread: int) -> None:
        random = Random(f"{self.seed}.{batch}.{thread}")
        for _step in range(EACH):
            name = random.choices(list(DO), [weight for weight, _act in DO.values()])[0]
            try:
                DO[name][1](self, random)
                self.done[name] += 1
            except Refused as refusal:
                self.done[f"{name}: {refusal.code}"] += 1
            except Exception as error:
                self.errors.append(f"{name}: {error!r}")

    def activity(self, random: Random) -> Activity:
        return Activity.objects.get(pk=random.choice(self.activities))

    def come(self, random: Random) -> None:
        person = random.choice(self.people)
        seats.sign_up(activity=self.activity(random), resident=person, by=None, now=self.now())

    def come_together(self, random: Random) -> None:
        people = random.sample(self.people, random.randint(2, 3))
        enter = random.choice(
            [parties.sign_up_together, parties.sign_up_together, parties.sign_up_each]
        )
        enter(activity=self.activity(random), residents=people, by=None, now=self.now())

    def leave(self, random: Random) -> None:
        self._give_back(random, "seated", "waiting", "waiting")

    def decline(self, random: Random) -> None:
        self._give_back(random, "offered")

    def _give_back(self, random: Random, *states: str) -> None:
        row = self._any(random, random.choice(states))
        if row is not None:
            who = {"activity": row.activity, "resident": row.resident}
            seats.cancel_sign_up(by=None, now=self.now(), **who)

    def accept(self, random: Random) -> None:
        row = self._any(random, "offered")
        if row is not None:
            offers.confirm_offer(sign_up=row, by=None, now=self.now())

    def _any(self, random: Random, status: str) -> SignUp | None:
        found = SignUp.objects.filter(status=status, activity__in=self.activities)
        rows = list(found.select_related("activity", "resident")[:20])
        return random.choice(rows) if rows else None

    def tick(self, random: Random) -> None:
        offers.pass_places_on(self.now())

    def resize(self, random: Random) -> None:
        capacity = random.randint(2, 7)
        seats.change_capacity(
            activity=self.activity(random), capacity=capacity, by=None, now=self.now()
        )

    def call_off(self, random: Random) -> None:
        unlucky = Activity.objects.get(pk=random.choice(self.activities[:MAY_BE_CALLED_OFF]))
        call_off(activity=unlucky, reason="台风", by=None, now=self.now())


DO: dict[str, tuple[int, Callable[[Story, Random], None]]] = {
    "come": (30, Story.come),
    "come together": (16, Story.come_together),
    "leave": (20, Story.leave),
    "accept": (10, Story.accept),
    "decline": (7, Story.decline),
    "tick": (8, Story.tick),
    "resize": (8, Story.resize),
    "call off": (1, Story.call_off),
}


@pytest.fixture
def _written_down(transactional_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(WRITE_DOWN)
        yield
        cursor.execute(FORGET)


@pytest.fixture
def make_story(make_lecture: Make, _written_down: None) -> Callable[[int], Story]:
    def make(seed: int) -> Story:
        lectures = [make_lecture(day=DAY, capacity=3 + number % 3) for number in range(ACTIVITIES)]
        return Story(seed, [row.pk for row in lectures], make_residents(PEOPLE))

    return make


def told_and_offered() -> list[str]:
    """Every offer has its one message, every message its offer, and every change is legal."""
    found = seen({"an offer was not told": AN_OFFER_UNTOLD})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({TOLD}), ({OFFERED})")
        told, offered = cursor.fetchone()
        cursor.execute(CHANGES)
        strange = set(cursor.fetchall()) - LEGAL
    found += [f"{told} messages for {offered} offers"] if told != offered else []
    return found + [f"a change from {was} to {is_now}" for was, is_now in strange]


def play(story: Story, batches: int) -> list[str]:
    """What went wrong; it ends with the first batch in which something did."""
    faults: list[str] = []
    with watched(NEVER, faults) as looks:
        for number in range(batches):
            story.batch(number)
            faults += story.errors + seen(NEVER) + told_and_offered()
            if faults:
                break
    print(f"seed {story.seed}: {dict(story.done)}, looked {looks['looks']} times")
    return faults


@pytest.mark.parametrize("seed", [1123, 68])
def test_a_thousand_operations_by_sixteen_people_at_once(
    make_story: Callable[[int], Story], seed: int
) -> None:
    story = make_story(seed)
    assert play(story, BATCHES) == []
    assert sum(story.done.values()) == THREADS * BATCHES * EACH
    for status in SignUp.Status.values:
        assert SignUp.objects.filter(status=status).exists(), f"no {status} in this story"


def test_control_without_the_lock_the_watch_sees_it(
    make_story: Callable[[int], Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "diedie_edu.activities.actions.offers.lock_activity", lambda pk: Activity.objects.get(pk=pk)
    )
    assert play(make_story(1), BATCHES)
