"""Odd things that somebody types into addresses and forms, and every address to type them into."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from tests.support.sent_forms import SentForm, forms_on

SEED = 20261123
HUGE, LONG = "9" * 30, "9" * 5000
FRAME = ("sign-out", "/view/", "/language/", "/logout/")
ODD_PARTS = {
    "IntConverter": ["0", "9223372036854775808", HUGE, LONG],
    "YearConverter": ["0", "9999", "2200", "1900"],
    "SlugConverter": ["-", "x" * 300],
    "StringConverter": ["%00", "%F0%9F%98%80", "x" * 300, "%27%22%3C", "2026-13-45", "9999-12-31"],
    "PathConverter": ["%00", "a/b", "..%2F..", "x" * 300, "_00"],
    "UUIDConverter": ["00000000-0000-0000-0000-000000000000"],
}
ODD_QUERIES = [
    *("page=x", "page=-1", f"page={HUGE}", "next=abc", "q=%00", "q=%25%5C", "%ED%A0%80=%FF"),
    *("month=9999-99", "day=9999-12-31", "day=0001-01-01", "week=9999-12-31", "year=%C2%B2"),
    *(f"post={LONG}", f"copy={LONG}", "kind=", "kind=x&kind=y", "resident=abc", "term=x"),
    *("zone=1&weekday=9", "gone=%C2%B2", "sort=-x", "state=%27", "span=week-9999-12-31"),
    *("span=year-0000", "topic=%C2%B2", "first=9999-12-31&last=9999-12-31", "venue=x", "when="),
    *("by=x", "of=x", "answer=%F0%9F%98%80", "scheme=x&intake=x", "which=all&page=0"),
]
ODD_WORDS = [
    *("", "-1", HUGE, LONG, "1e9999", "NaN", "²", "２０２６", "x" * 5000, "null", "😀", "1,2"),
    *("9999-12-31", "0001-01-01", "2026-02-31", "25:61", "9999-12-31T23:59", "../"),
    *("'\"<&>", "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH NO-BREAK SPACE}"),
]


def addresses() -> Iterator[str]:
    """Every address, with odd parts where something of one's own can stand."""
    for parts in _patterns(get_resolver()):
        if all(isinstance(part, RoutePattern) for part in parts):
            converters = {key: row for part in parts for key, row in part.converters.items()}
            yield from _filled("/" + "".join(map(str, parts)), converters)


def _patterns(resolver: URLResolver, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for row in resolver.url_patterns:
        if isinstance(row, URLResolver):
            yield from _patterns(row, (*before, row.pattern))
        elif isinstance(row, URLPattern):
            yield (*before, row.pattern)


def _filled(route: str, converters: dict[str, Any]) -> Iterator[str]:
    choices = [ODD_PARTS.get(type(row).__name__, ["1"]) for row in converters.values()]
    for turn in range(max(map(len, choices), default=1)):
        path = route
        for odd in choices:
            start, end = path.index("<"), path.index(">")
            path = path[:start] + odd[turn % len(odd)] + path[end + 1 :]
        yield path


def asked_of_lists(pages: ModelAdmin) -> Iterator[tuple[Any, ...]]:
    """Method, address and what is sent, for the pages of one table in the admin site."""
    base = f"/admin/{pages.opts.app_label}/{pages.opts.model_name}/"
    filters = [row for row in pages.list_filter if isinstance(row, str)]
    fields = [row.name for row in pages.opts.fields]
    for query in ("page=1", "p=x", "o=9.x", "e=1", "_to_field=x", "all=x&p=99999999999"):
        yield "get", f"{base}?{query}"
    yield "get", f"{base}export/?page=1"
    yield "get", f"{base}?" + "&".join(f"{name}__exact=abc" for name in filters)
    yield "get", f"{base}export/?" + "&".join(f"{name}=abc" for name in filters)
    yield "get", f"{base}add/?" + "&".join(f"{name}=abc" for name in fields)
    for action in ("delete_selected", "decide_together", "pay", "propose"):
        yield "post", base, {"action": action, "_selected_action": ["abc", "1"]}
    for page in ("_00/change/", "abc/delete/", f"{HUGE}/history/"):
        yield "get", base + page
    if day := pages.date_hierarchy:
        for asked in ("year=99999", f"year=2026&{day}__month=2&{day}__day=31", "year=x", "day=5"):
            yield "get", f"{base}?{day}__{asked}"


def own_forms(page: str, path: str) -> list[SentForm]:
    """Without those of the frame, by which one signs out."""
    return [row for row in forms_on(page, path) if not any(word in row.action for word in FRAME)]


def oddly_filled(form: SentForm, random: Random) -> dict[str, list[str]]:
    """Some of the fields as they are, some odd, some doubled, some left out."""
    data = form.data()
    for name in [*data, *form.shown()]:
        if random.random() < 0.5 and name.split("-")[-1] != "opened":
            data[name] = random.choices(ODD_WORDS, k=random.choice([0, 1, 1, 1, 2]))
    return data


class Watched:
    """A browser, and every answer of it that is an error of ours."""

    def __init__(self, client: Client) -> None:
        self.client, self.number = client, 0
        self.failed: list[str] = []
        client.raise_request_exception = False

    def ask(self, method: str, path: str, *args: Any, **options: Any) -> Any:
        self.number += 1
        with _errors() as errors:
            answer = getattr(self.client, method)(path, *args, **options)
        if answer.status_code >= 500 or errors:
            self.failed.append(f"{method} {path[:120]} {args}: {answer.status_code} {errors}")
        return answer


@contextmanager
def _errors() -> Iterator[list[str]]:
    found: list[str] = []

    def note(**_facts: object) -> None:
        found.append(repr(sys.exc_info()[1])[:300])

    got_request_exception.connect(note, weak=False)
    try:
        yield found
    finally:
        got_request_exception.disconnect(note)
