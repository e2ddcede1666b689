"""Staff's lists of applications and the ranking: 10,000 against 100; 20,000 papers through the
access check against a bare view that hands the bytes over."""

import shutil
from collections.abc import Iterator
from itertools import islice

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench.applicants import PAPERS, Paper, add_applications, add_papers, add_staff
from tests.bench.compare import Side, Speed, side_by_side, speed
from tests.bench.databases import analyse, copy
from tests.bench.figures import Figure
from tests.bench.season import CSRF_SECRET, add_people
from tests.bench.servers import BARE, FOLDER, PORTAL, Server, served
from tests.support.rush import get, once

VIEWS, OPENED = 100, 600  # of a page, and of papers, in one round
FEW, MANY, DOCUMENTS = 100, 10_000, 20_000
OF_ALL, OF_A_CLASS = ("applications", "classes"), ("ranking", "places")
MEDIA = FOLDER / "papers"


def figures() -> Iterator[Figure]:
    with copy("applications_few") as few:
        of_few = Filled(FEW)
        with copy("applications_many") as many:
            of_many = Filled(MANY)
            with served(PORTAL, few) as small, served(PORTAL, many) as large:
                yield from (_grown(name, small, of_few, large, of_many) for name in of_few.paths)
    for name, number in of_few.queries.items():
        yield Figure(f"{name}_queries_{FEW}", number)
        yield Figure(f"{name}_queries_{MANY}", of_many.queries[name], exactly=number)
    yield _papers()


class Filled:
    """A portal with so many applications: its pages, who opens them, and what they cost."""

    def __init__(self, number: int) -> None:
        self.session = add_staff()
        intake = add_applications(number)
        analyse()
        self.paths = {name: reverse(f"edu_base:{name}") for name in OF_ALL}
        self.paths |= {name: reverse(f"edu_base:{name}", args=[intake.pk]) for name in OF_A_CLASS}
        self.queries = {name: self._queries_of(path) for name, path in self.paths.items()}

    def _queries_of(self, path: str) -> int:
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies["sessionid"] = self.session
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        if answer.status_code != 200:
            raise AssertionError(f"{path} answers {answer.status_code}")
        return len(captured)

    def views(self, server: Server, name: str) -> Speed:
        request = get(self.paths[name], {"sessionid": self.session, "csrftoken": CSRF_SECRET})
        return speed(server, [once(request) for _n in range(VIEWS)], {200})


def _grown(name: str, small: Server, few: Filled, large: Server, many: Filled) -> Figure:
    """How many times as long the page takes."""
    found = side_by_side(lambda: few.views(small, name), lambda: many.views(large, name))
    return Figure.of(f"{name}_time_{MANY}_vs_{FEW}", found.rate, at_most=1.5)


def _papers() -> Figure:
    """Each opened by its applicant."""
    with copy("papers") as database:
        papers = list(add_papers(add_people(DOCUMENTS // PAPERS), MEDIA))
        analyse()
        try:
            with (
                served(PORTAL, database, media=MEDIA) as portal,
                served(BARE, database, media=MEDIA) as bare,
            ):
                ours, theirs = Side(portal, "portal_session"), Side(bare, "bare_session")
                found = side_by_side(lambda: _opened(ours, papers), lambda: _opened(theirs, papers))
        finally:
            shutil.rmtree(MEDIA, ignore_errors=True)
    return Figure.of("paper_rate_vs_bare", found.rate, at_least=0.8)


def _opened(side: Side, papers: list[Paper]) -> Speed:
    """Papers from all over the store."""
    some = islice(papers, 0, None, len(papers) // OPENED)
    requests = [get(f"/files/{paper.key}", side.cookies(paper.owner)) for paper in some]
    return speed(side.server, [once(request) for request in requests], {200})
