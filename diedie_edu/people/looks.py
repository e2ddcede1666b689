"""Looks at children, written down where they happen: in the answer that shows a child's name.

Every person that is read for an answer is remembered with its request (`Resident.from_db`). Of
those whose name then stands in the answer, children leave a line in the log, unless the reader is
of their family. So no page needs to think of it; one that knows more, such as a reason, says it by
`access_log.log_access`, and is not written twice. What leaves as a file, in the request or by a
worker, is looked through row by row (`in_a_file`).
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.html import escape

from diedie_edu.accounts.models import User
from diedie_edu.common.addresses import PersonNumber
from diedie_edu.common.current_request import remembered
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.spreadsheets.outgoing import CHUNK
from diedie_edu.people.actions.access_log import NOTED, SAME_LOOK
from diedie_edu.people.models import Resident
from diedie_edu.people.models.residents import GATHERED, PEOPLE_READ
from diedie_edu.people.queries import READERS_IDS
from diedie_edu.people.rules.residents import is_child, last_birth_date_of_grown

REFUSED = (403, 404)
WITHOUT_ASCII = bytes(byte if byte > 127 else 32 for byte in range(256))  # blanks instead
DIGITS = 18  # of a number that a column holds, at the most
WRITE = f"""
INSERT INTO people_childaccess (child_number, viewer_id, page, reason, at, is_refused)
SELECT id, %(viewer)s, %(page)s, %(reason)s, %(now)s, %(refused)s FROM people_resident
WHERE id = ANY(%(children)s) AND birth_date > %(grown)s
    AND id NOT IN ({READERS_IDS.replace("%s", "%(viewer)s")})
    AND id NOT IN (
        SELECT child_number FROM people_childaccess
        WHERE viewer_id = %(viewer)s AND at > %(since)s
            AND page = %(page)s AND is_refused = %(refused)s
    )
"""  # nosec B608 (put together from constants)


class LooksMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        viewer = viewer_of(request)
        if viewer is not None:
            is_refused = response.status_code in REFUSED
            found = asked_for(request) if is_refused else shown_in(request, response)
            if children := set(found) - remembered(request, NOTED, set[int]):
                page = request.resolver_match.view_name if request.resolver_match else request.path
                write_looks(children, viewer, page, local_now(), is_refused=is_refused)
        return response


def viewer_of(request: HttpRequest) -> int | None:
    """Whoever is signed in; at the kiosk whoever unlocked it."""
    user = getattr(request, "_cached_user", None)
    by = user if isinstance(user, User) else getattr(request, "unlocked_by", None)
    return by.pk if by else None


def shown_in(request: HttpRequest, response: HttpResponse) -> Iterator[int]:
    """Children whose names are in the answer, without those whose look is written down already."""
    noted = remembered(request, NOTED, set[int])
    people = _children(remembered(request, PEOPLE_READ, list[Any]))
    children = [child for child in people if child.pk not in noted]
    if not children or response.streaming:
        return
    answer = _Answer(response.content)
    for child in children:
        name = child.__dict__.get("full_name")
        if name and answer.says(name):
            yield child.pk


class _Answer:
    """What an answer says. Most of a page is markup in ASCII, so a name without any is looked for
    among the other signs alone, each run of them once: a tenth of the time, of 120 children."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.runs = set(content.translate(WITHOUT_ASCII).split())
        self.signs = b" ".join(self.runs)
        self.is_escaped = b"\\u" in content

    def says(self, name: str) -> bool:
        """As a page has it, or as the answer to a choice that is searched does."""
        words = escape(name).encode()
        if words == words.translate(WITHOUT_ASCII):
            return words in self.runs or words in self.signs or self._escaped(name)
        return words in self.content or self._escaped(name)

    def _escaped(self, name: str) -> bool:
        return self.is_escaped and json.dumps(name)[1:-1].encode() in self.content


def asked_for(request: HttpRequest) -> Iterator[int]:
    """Children whom a refused page is about: read for it, or named by its address."""
    for child in _children(remembered(request, PEOPLE_READ, list[Any])):
        yield child.pk
    if request.resolver_match is not None:
        yield from _named_by(request.resolver_match)


def _named_by(match: ResolverMatch) -> Iterator[int]:
    """People whose numbers stand in an address, one of the admin site too."""
    of_people = getattr(getattr(match.func, "model_admin", None), "model", None) is Resident
    for name, value in match.kwargs.items():
        is_person = isinstance(value, PersonNumber) or (of_people and name == "object_id")
        if is_person and str(value).isdecimal() and len(str(value)) <= DIGITS:
            yield int(value)


def _children(people: Iterable[Any]) -> Iterator[Resident]:
    """Those who may be children: of some not even the birthday was read."""
    today = local_day(local_now())
    for one in people:
        if "birth_date" not in one.__dict__ or is_child(one.birth_date, today):
            yield one


class Names:
    """Children whose names are in rows that pass by, of all people read meanwhile."""

    def __init__(self) -> None:
        self.people: list[Any] = []
        self.found: set[int] = set()
        self._unseen: list[Resident] = []  # read ahead of their rows

    def noted(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        words: list[str] = []
        for number, row in enumerate(rows, 1):
            words += map(str, row.values())
            yield row
            if number % CHUNK == 0:
                self._look_for("\n".join(words))
                words.clear()
        self._look_for("\n".join(words))

    def _look_for(self, words: str) -> None:
        children = list(_children(self.people))
        self.people.clear()
        for child in [*self._unseen, *children]:
            if (name := child.__dict__.get("full_name")) and name in words:
                self.found.add(child.pk)
        self._unseen = [child for child in children if child.pk not in self.found]


@contextmanager
def in_a_file(*, by: User, page: str, now: datetime, reason: str = "") -> Iterator[Names]:
    """`with in_a_file(…) as names: save(names.noted(rows))`: whoever takes the file out has looked
    at the children whose names are in it."""
    names = Names()
    before = GATHERED.set(names.people)
    try:
        yield names
    finally:
        GATHERED.reset(before)
    if names.found:
        write_looks(names.found, by.pk, page, now, reason=reason)


def write_looks(
    children: Iterable[int],
    viewer: int,
    page: str,
    now: datetime,
    *,
    reason: str = "",
    is_refused: bool = False,
) -> None:
    """In one statement; the same look within the hour is one."""
    values: dict[str, Any] = {
        "children": list(children),
        "viewer": viewer,
        "page": page[:60],
        "reason": reason,
        "refused": is_refused,
        "now": now,
        "since": now - SAME_LOOK,
        "grown": last_birth_date_of_grown(local_day(now)),
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
