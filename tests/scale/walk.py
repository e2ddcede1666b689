"""Every page that somebody may open, and what its own links and forms lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.test import Client

from tests.scale.reading import Seen, see
from tests.support.access_house import House
from tests.support.access_rows import rows

READERS = "slobcrugv"  # whoever sees most comes first
SOUGHT = ("陈建", "冼", "5678", "xjc", "12-3-501")  # names, a phone, initials, a house
MOST = 12  # ways to ask one page


@dataclass(frozen=True)
class Page:
    """An address as one reader opens it."""

    name: str
    reader: str
    path: str
    client: Client

    @property
    def key(self) -> tuple[str, str]:
        return self.name, self.reader

    def asked(self, query: str) -> "Page":
        name = f"{self.name} ?{query}"
        return Page(name, self.reader, f"{self.path}?{query}", self.client)


def pages_of(house: House, names: str = "") -> list[Page]:
    """As the house stood before anything was added: what it shows is the first of its kind."""
    return list(_pages(house, names))


def _pages(house: House, names: str) -> Iterator[Page]:
    for name, which, answers in rows():
        if which or not re.search(names, name):
            continue
        for reader in READERS:
            if answers.get(reader, ("",))[0] == "200":
                user, client = house.knockers[reader]
                yield Page(name, reader, house.things.path(name, "", user), client)


class _Asking(HTMLParser):
    """The forms that ask by GET, and the links that lead to the page itself."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.queries, self.fields = path, [], {}
        self.name, self.asks = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "form":
            goes_on = has.get("action", "") in {"", self.path}
            self.asks = has.get("method", "get").lower() == "get" and goes_on
        elif tag == "a" and (address := urlsplit(unescape(has.get("href", "")))).query:
            if address.path in {"", self.path}:
                self.queries.append(address.query)
        elif self.asks and tag in {"input", "select"} and has.get("name"):
            self.name = has["name"]
            self._field(tag, has)
        elif self.asks and tag == "option" and has.get("value"):
            self.fields[self.name].append(has["value"])

    def _field(self, tag: str, has: dict[str, str]) -> None:
        found = self.fields.setdefault(self.name, [])
        if tag == "select" or has.get("type") in {"hidden", "submit"}:
            return
        found += [has["value"]] if has.get("value") else SOUGHT if has.get("type") != "date" else ()


def queries_of(page: Page, text: str) -> list[str]:
    """One question of each sort: a link for each parameter, each word that one may look for."""
    asking = _Asking(page.path)
    asking.feed(text)
    found: dict[str, str] = {}
    for query in asking.queries:
        names = "&".join(sorted(name for name, _value in parse_qsl(query)))
        found[names] = query  # the last one: of pages, the last page
    for name, values in asking.fields.items():
        words = SOUGHT if list(values) == list(SOUGHT) else values[:1]
        found |= {f"{name}={word}": urlencode({name: word}) for word in words}
    return list(dict.fromkeys(found.values()))[:MOST]


def walk(pages: list[Page]) -> Iterator[tuple[Page, Seen]]:
    """Each page for each reader, and for the first of them each question that it offers."""
    known: set[str] = set()
    for page in pages:
        seen = see(page.client, page.path)
        queries = [] if page.name in known else queries_of(page, seen.text)
        known.add(page.name)
        yield page, seen
        for query in queries:
            more = page.asked(query)
            yield more, see(more.client, more.path)
