"""500 people want 20 seats at the same moment, 20 times."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count
from django.urls import reverse

from diedie_edu.activities.models import Activity, SignUp
from tests.bench.databases import analyse, copy
from tests.bench.figures import Figure
from tests.bench.season import CSRF_SECRET, Person, add_lectures, add_people
from tests.bench.servers import PORTAL, UNGUARDED, Server, served
from tests.support.rush import Visit, once, post, rush

TRIALS, CLIENTS, SEATS = 20, 500, 20
DOUBLE_CLICKS = 50  # so many of them send their form twice


@dataclass(frozen=True)
class Outcome:
    """What a trial left behind; all four must be 0."""

    over: int
    empty: int
    errors: int
    twice: int


def figures() -> Iterator[Figure]:
    guarded = list(_trials(PORTAL))
    yield Figure("overbooking_trials", len(guarded), exactly=TRIALS)
    for name in ("over", "empty", "errors", "twice"):
        total = sum(getattr(outcome, name) for outcome in guarded)
        yield Figure(f"overbooking_{name}", total, exactly=0)
    # The control stops at the first trial that notices.
    unguarded = (outcome.over for outcome in _trials(UNGUARDED, prepare=_drop_constraint))
    yield Figure("overbooking_without_guard", next(filter(None, unguarded), 0), at_least=1)


def _trials(application: str, prepare: Callable[[], None] = lambda: None) -> Iterator[Outcome]:
    with copy("overbooking") as database:
        people = add_people(CLIENTS)
        lectures = add_lectures(TRIALS, capacity=SEATS)
        prepare()
        analyse()
        with served(application, database) as server:
            for lecture in lectures:
                yield _trial(server, lecture, people)


def _trial(server: Server, lecture: int, people: Sequence[Person]) -> Outcome:
    visits = [_click(lecture, person) for person in people]
    again = [_click(lecture, person) for person in people[:DOUBLE_CLICKS]]
    mixed = [visit for pair in zip(visits, again, strict=False) for visit in pair]
    answers = rush(server.address, mixed + visits[DOUBLE_CLICKS:], at_once=CLIENTS + DOUBLE_CLICKS)
    rows = SignUp.objects.filter(activity=lecture, status__in=SignUp.LIVE)
    seated = rows.filter(status=SignUp.Status.SEATED).count()
    taken = Activity.objects.get(pk=lecture).taken
    doubled = rows.values("resident").annotate(times=Count("pk")).filter(times__gt=1).count()
    return Outcome(
        over=max(seated, taken) - SEATS if max(seated, taken) > SEATS else 0,
        empty=max(0, SEATS - min(seated, taken)),
        errors=sum(answer.status != 302 for answer in answers) + abs(rows.count() - len(people)),
        twice=doubled,
    )


def _click(lecture: int, person: Person) -> Visit:
    cookies = {"sessionid": person.portal_session, "csrftoken": CSRF_SECRET}
    path = reverse("activities:sign_up", args=[lecture])
    return once(post(path, {"csrfmiddlewaretoken": CSRF_SECRET}, cookies))


def _drop_constraint() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE activities_activity DROP CONSTRAINT taken_within_capacity")
