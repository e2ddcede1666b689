"""Lecture list and lecture page, for a visitor who is not signed in."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench.compare import (
    Side,
    Speed,
    of_one_size,
    portal_and_bare,
    side_by_side,
    speed,
)
from tests.bench.databases import analyse, copy
from tests.bench.figures import Figure
from tests.bench.season import add_lectures
from tests.bench.servers import PORTAL, served
from tests.rush import get, once

VIEWS = 300  # of a page in one round
LIST = reverse("residents_school:lecture_list")


def figures() -> Iterator[Figure]:
    with copy("lectures_30") as few:
        page = _page(add_lectures(30)[15])
        analyse()
        yield from _beside_bare(few, page)
        with copy("lectures_3000") as many:
            page_of_many = _page(add_lectures(3000)[1500])
            analyse()
            yield from _beside_few(
                few, many, {"list": (LIST, LIST), "detail": (page, page_of_many)}
            )
    yield from _queries()


def _beside_bare(database: str, page: str) -> Iterator[Figure]:
    with portal_and_bare(database) as (portal, bare):
        for name, path in {"list": LIST, "detail": page}.items():
            filled = of_one_size(portal, bare, path)
            found = side_by_side(lambda: _views(portal, path), lambda: _views(filled, path))
            yield Figure(f"{name}_rate_vs_bare", found.rate, at_least=0.6)


def _beside_few(few: str, many: str, pages: dict[str, tuple[str, str]]) -> Iterator[Figure]:
    """The same page of two portals: one with 30 lectures ahead, one with 3,000."""
    with served(PORTAL, few) as small, served(PORTAL, many) as large:
        for name, (path_of_few, path_of_many) in pages.items():
            found = side_by_side(
                lambda: _views(Side(small, ""), path_of_few),
                lambda: _views(Side(large, ""), path_of_many),
            )
            yield Figure(f"{name}_time_3000_vs_30", found.rate, at_most=1.5)


def _queries() -> Iterator[Figure]:
    """Counted in this process; the number for 3 lectures is the target for 3,000."""
    few, many = _counted(3), _counted(3000)
    for name in few:
        yield Figure(f"{name}_queries_3", few[name])
        yield Figure(f"{name}_queries_3000", many[name], exactly=few[name])


def _counted(lectures: int) -> dict[str, int]:
    with copy("queries"):
        page = _page(add_lectures(lectures)[-1])
        return {name: _queries_of(path) for name, path in {"list": LIST, "detail": page}.items()}


def _queries_of(path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = Client(headers={"host": "127.0.0.1"}).get(path)
    if answer.status_code != 200:
        raise AssertionError(f"{path} answers {answer.status_code}")
    return len(captured)


def _views(side: Side, path: str) -> Speed:
    request = get(path + side.query)
    return speed(side.server, [once(request) for _n in range(VIEWS)], {200})


def _page(lecture: int) -> str:
    return reverse("residents_school:lecture_detail", args=[lecture])
