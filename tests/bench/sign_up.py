"""Taking a seat: the POST alone, and the walk (lecture's page, POST, the page again)."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from diedie_edu.activities.models import Activity
from tests.bench.compare import (
    ROUNDS,
    Side,
    Speed,
    of_one_size,
    portal_and_bare,
    side_by_side,
    speed,
)
from tests.bench.databases import analyse, copy
from tests.bench.figures import Figure
from tests.bench.season import CSRF_SECRET, Person, add_lectures, add_people
from tests.support.rush import Visit, get, once, post

PEOPLE = 200


def figures() -> Iterator[Figure]:
    """Everybody signs up for one lecture, each round for another."""
    with copy("sign_up") as database:
        people = add_people(PEOPLE)
        lectures = iter(add_lectures(4 * (ROUNDS + 1) + 1, capacity=PEOPLE))
        analyse()
        with portal_and_bare(database) as (portal, bare):
            bare = of_one_size(portal, bare, _page(next(lectures)), people[0])
            posts = side_by_side(
                lambda: _sign_ups(portal, people, next(lectures)),
                lambda: _sign_ups(bare, people, next(lectures)),
            )
            walked = side_by_side(
                lambda: walks(portal, people, next(lectures)),
                lambda: walks(bare, people, next(lectures)),
            )
            yield Figure.of("sign_up_rate_vs_bare", posts.rate, at_least=1)
            yield Figure.of("sign_up_p95_vs_bare", posts.p95, at_most=1.2)
            yield Figure.of("sign_up_cpu_vs_bare", posts.cpu)
            yield Figure.of("walk_rate_vs_bare", walked.rate, at_least=0.85)
            yield Figure.of("walk_cpu_vs_bare", walked.cpu)
            yield Figure("web_worker_peak_mb", portal.server.peak_memory)


def _sign_ups(side: Side, people: Sequence[Person], lecture: int) -> Speed:
    form = {"csrfmiddlewaretoken": CSRF_SECRET}
    visits = [once(post(_door(lecture), form, side.cookies(person))) for person in people]
    found = speed(side.server, visits, {302})
    _check_seated(lecture, len(people))
    return found


def walks(side: Side, people: Sequence[Person], lecture: int) -> Speed:
    found = speed(side.server, [_walk(side, person, lecture) for person in people], {200, 302})
    _check_seated(lecture, len(people))
    return found


def _walk(side: Side, person: Person, lecture: int) -> Visit:
    cookies = side.cookies(person)
    page = yield get(_page(lecture) + side.query, cookies)
    yield post(_door(lecture), {"csrfmiddlewaretoken": page.form_token}, cookies)
    yield get(_page(lecture) + side.query, cookies)


def _page(lecture: int) -> str:
    return reverse("residents_school:lecture_detail", args=[lecture])


def _door(lecture: int) -> str:
    return reverse("activities:sign_up", args=[lecture])


def _check_seated(lecture: int, expected: int) -> None:
    """A refusal answers with a redirect too, and is quick."""
    taken = Activity.objects.get(pk=lecture).taken
    if taken != expected:
        raise AssertionError(f"{taken} of {expected} people have their seat")
