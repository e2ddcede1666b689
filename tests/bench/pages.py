"""Lecture list and lecture page, for visitors; the page for a resident who is signed in, too."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench.compare import Side, Speed, of_one_size, portal_and_bare, side_by_side, speed
from tests.bench.databases import analyse, copy
from tests.bench.figures import Figure
from tests.bench.season import Person, add_lectures, add_people
from tests.bench.servers import PORTAL, Server, served
from tests.support.rush import get, once

VIEWS = 150  # of a page in one round
LIST = reverse("residents_school:lecture_list")


def figures() -> Iterator[Figure]:
    with copy("lectures_30") as few:
        page_of_few = _page(add_lectures(30)[15])
        [person] = add_people(1)
        analyse()
        yield from _beside_bare(few, page_of_few, person)
        with copy("lectures_3000") as many:
            page_of_many = _page(add_lectures(3000)[1500])
            analyse()
            with served(PORTAL, few) as small, served(PORTAL, many) as large:
                yield _grown("list", small, LIST, large, LIST)
                yield _grown("detail", small, page_of_few, large, page_of_many)
    yield from _queries()


def _beside_bare(database: str, page: str, person: Person) -> Iterator[Figure]:
    with portal_and_bare(database) as (portal, bare):
        yield from _compared("list", portal, bare, LIST, at_least=0.75)
        yield from _compared("detail", portal, bare, page, at_least=0.8)
        yield from _compared("signed_in", portal, bare, page, at_least=0.8, person=person)


def _compared(
    name: str, portal: Side, bare: Side, path: str, at_least: float, person: Person | None = None
) -> Iterator[Figure]:
    filled = of_one_size(portal, bare, path, person)
    found = side_by_side(lambda: _views(portal, path, person), lambda: _views(filled, path, person))
    yield Figure.of(f"{name}_rate_vs_bare", found.rate, at_least=at_least)
    yield Figure.of(f"{name}_cpu_vs_bare", found.cpu)


def _grown(name: str, small: Server, its_path: str, large: Server, path: str) -> Figure:
    """The same page of two portals: one with 30 lectures ahead, one with 3,000."""
    found = side_by_side(
        lambda: _views(Side(small, ""), its_path), lambda: _views(Side(large, ""), path)
    )
    return Figure.of(f"{name}_time_3000_vs_30", found.rate, at_most=1.5)


def _queries() -> Iterator[Figure]:
    """Counted in this process; the number for 3 lectures is the target for 3,000."""
    few, many = _counted(3), _counted(3000)
    for name in few:
        yield Figure(f"{name}_queries_3", few[name])
        yield Figure(f"{name}_queries_3000", many[name], exactly=few[name])


def _counted(lectures: int) -> dict[str, int]:
    with copy("queries"):
        page = _page(add_lectures(lectures)[0])  # a day of next year asks for its holidays
        return {name: _queries_of(path) for name, path in {"list": LIST, "detail": page}.items()}


def _queries_of(path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = Client(headers={"host": "127.0.0.1"}).get(path)
    if answer.status_code != 200:
        raise AssertionError(f"{path} answers {answer.status_code}")
    return len(captured)


def _views(side: Side, path: str, person: Person | None = None) -> Speed:
    request = get(path + side.query, side.cookies(person) if person else None)
    return speed(side.server, [once(request) for _n in range(VIEWS)], {200})


def _page(lecture: int) -> str:
    return reverse("residents_school:lecture_detail", args=[lecture])
