"""Two sides, measured in turns, so that whatever else the machine does falls on both."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import quantiles

from tests.bench.figures import Ratio
from tests.bench.season import CSRF_SECRET, Person
from tests.bench.servers import BARE, PORTAL, Server, served
from tests.support.rush import Answer, Visit, get, once, rush

AT_ONCE = 16  # visits under way: both workers always have the next one waiting
ROUNDS = 11


@dataclass(frozen=True)
class Side:
    """A server, and what its clients say to it."""

    server: Server
    session: str  # where a person keeps their session with this server
    query: str = ""  # after the address of a page

    def cookies(self, person: Person) -> dict[str, str]:
        return {"sessionid": getattr(person, self.session), "csrftoken": CSRF_SECRET}


@dataclass(frozen=True)
class Speed:
    """Visits a second, the seconds within which 95 of 100 requests were answered, and the
    seconds of CPU that a visit cost the web server and PostgreSQL (0 where nobody tells)."""

    rate: float
    p95: float
    cpu: float = 0


@dataclass(frozen=True)
class Compared:
    rate: Ratio
    p95: Ratio
    cpu: Ratio


@contextmanager
def portal_and_bare(database: str) -> Iterator[tuple[Side, Side]]:
    with served(PORTAL, database) as portal, served(BARE, database) as bare:
        yield Side(portal, "portal_session"), Side(bare, "bare_session")


def of_one_size(portal: Side, bare: Side, path: str, person: Person | None = None) -> Side:
    """The bare side, its pages filled up to as many bytes as the portal's page at `path`."""
    missing = len(_page(portal, path, person)) - len(_page(bare, path, person))
    return replace(bare, query=f"?more={missing}")


def _page(side: Side, path: str, person: Person | None) -> bytes:
    cookies = side.cookies(person) if person else None
    answers = rush(side.server.address, [once(get(path, cookies))], 1)
    check(answers, {200})
    return answers[0].body


def speed(server: Server, visits: Iterable[Visit], expected: set[int]) -> Speed:
    """Raises `AssertionError` where any status is not expected: a fast error is no speed."""
    visits = list(visits)
    used, started = server.cpu_seconds, time.perf_counter()
    answers = rush(server.address, visits, AT_ONCE)
    seconds, cpu = time.perf_counter() - started, server.cpu_seconds - used
    check(answers, expected)
    p95 = quantiles([answer.seconds for answer in answers], n=20)[-1]
    return Speed(len(visits) / seconds, p95, cpu / len(visits))


def check(answers: Iterable[Answer], expected: set[int]) -> None:
    strange = [answer for answer in answers if answer.status not in expected]
    if strange:
        head = strange[0].raw[:2000].decode(errors="replace")
        raise AssertionError(f"{len(strange)} answers are not {expected}; the first:\n{head}")


def side_by_side(
    ours: Callable[[], Speed], theirs: Callable[[], Speed], rounds: int = ROUNDS
) -> Compared:
    """Ours as parts of theirs, over rounds in turns, after one to warm up."""
    pairs = [_in_turn(ours, theirs, swapped=n % 2 == 1) for n in range(rounds + 1)][1:]
    return Compared(
        rate=Ratio.of((one.rate, other.rate) for one, other in pairs),
        p95=Ratio.of((one.p95, other.p95) for one, other in pairs),
        cpu=Ratio.of((one.cpu, other.cpu) for one, other in pairs),
    )


def _in_turn(
    ours: Callable[[], Speed], theirs: Callable[[], Speed], *, swapped: bool
) -> tuple[Speed, Speed]:
    if swapped:
        other = theirs()
        return ours(), other
    return ours(), theirs()
