"""The week of all rooms and the directory of groups: 500 groups with 50,000 meet-ups against 50
with 5,000."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench.compare import Speed, side_by_side, speed
from tests.bench.databases import analyse, copy
from tests.bench.figures import Figure
from tests.bench.servers import PORTAL, Server, served
from tests.bench.square import add_groups
from tests.support.rush import get, once

VIEWS = 100  # of a page in one round
FEW, MANY = 50, 500
PAGES = {"week_plan": "portal:rooms_week", "directory": "happy_square:directory"}


def figures() -> Iterator[Figure]:
    with copy("groups_few") as few:
        queries = _filled(FEW)
        with copy("groups_many") as many:
            queries_of_many = _filled(MANY)
            with served(PORTAL, few) as small, served(PORTAL, many) as large:
                yield from (_grown(name, small, large) for name in PAGES)
    for name, number in queries.items():
        yield Figure(f"{name}_queries_{FEW}", number)
        yield Figure(f"{name}_queries_{MANY}", queries_of_many[name], exactly=number)


def _grown(name: str, small: Server, large: Server) -> Figure:
    """How many times as long the page takes."""
    path = reverse(PAGES[name])
    found = side_by_side(lambda: _views(small, path), lambda: _views(large, path))
    return Figure.of(f"{name}_time_{MANY}_vs_{FEW}", found.rate, at_most=1.5)


def _filled(groups: int) -> dict[str, int]:
    """How many queries each page costs with as many groups."""
    add_groups(groups)
    analyse()
    return {name: _queries_of(reverse(page)) for name, page in PAGES.items()}


def _queries_of(path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = Client(headers={"host": "127.0.0.1"}).get(path)
    if answer.status_code != 200:
        raise AssertionError(f"{path} answers {answer.status_code}")
    return len(captured)


def _views(server: Server, path: str) -> Speed:
    request = get(path)
    return speed(server, [once(request) for _n in range(VIEWS)], {200})
