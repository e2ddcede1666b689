"""The kinds of request. Every app brings its own in its manifest.

What is asked stands in rows of the app. Its content is read from them, under lock where it counts,
and kept as one canonical text: two contents are the same where their texts are.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise
from django.utils.translation import gettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.manifests import parts_by
from diedie_edu.common.parts import Panel
from diedie_edu.common.sealed import content_of
from diedie_edu.decisions.models import Request

Content = Mapping[str, Any]
Act = Callable[[Request, User, datetime], None]


def nothing(*_facts: object) -> None:
    """For a kind that has nothing to do then."""


def nobodys(_account: User) -> Collection[int]:
    """For a kind whose subjects have no authors but whoever asked."""
    return ()


def nowhere(_subject: int) -> str:
    """For a kind without a page on which a request is changed."""
    return ""


@dataclass(frozen=True)
class Line:
    """One line of what is asked, in the reader's words. `was` is what stood there before, and
    None where that is the same or nothing is compared."""

    label: str
    text: str
    was: str | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionKind:
    """One kind of request; its slug names it in the database and stays for ever.

    `title` says what is asked for, `line` which one, with {placeholders} of the request's data.
    Whoever has `permission` in the request's programme decides, within `days` working days.

    `contents` are those of some subjects (numbers), read from the rows that `lock` holds for one;
    `lines` puts a content into words, an older one too, no label twice. `approve` and `refuse`
    carry the decision out in its transaction and may say no by `Refused`; `returned` follows when
    it is sent back, `withdrawn` when whoever asked takes it back. Where `may_refuse` is unset, it
    is approved or returned, nothing else. `authored` are the subjects in which an account had a
    hand: it decides on none of them, and nobody does with its right. `beside` is what only those
    who decide see; `opened` writes down that one of them looked. `own` is what whoever asked sees
    besides, and `change` the page on which they change a returned request. `keep_days` after a
    request was closed its words are erased, and `forget` deletes what the app itself keeps of the
    subject.
    """

    slug: str
    title: Promise
    line: Promise
    permission: Permission
    days: int
    lock: Callable[[int], object]
    contents: Callable[[Collection[int]], Mapping[int, Content]]
    lines: Callable[[Content], Iterable[Line]]
    approve: Act
    refuse: Act = nothing
    returned: Act = nothing
    withdrawn: Act = nothing
    beside: Callable[[Request], Panel | None] = nothing
    own: Callable[[Request], Panel | None] = nothing
    opened: Act = nothing
    change: Callable[[int], str] = nowhere
    may_refuse: bool = True
    authored: Callable[[User], Collection[int]] = nobodys
    keep_days: int = 400
    forget: Callable[[int], object] = nothing


def kind_of(request: Request) -> DecisionKind:
    """Raises `KeyError` for a kind that no app brings."""
    return parts_by(DecisionKind, "slug")[request.kind]


def title_of(request: Request) -> str:
    return str(kind_of(request).title)


def line_of(request: Request) -> str:
    """Which one it is, in a few words; what was erased has none."""
    if request.erased_at:
        return gettext("content erased")
    return str(kind_of(request).line).format_map(defaultdict(str, request.data))


@dataclass(frozen=True)
class Titled:
    """A request for a page: of which kind, and which one."""

    one: Request
    title: str
    line: str


def titled(requests: Iterable[Request]) -> list[Titled]:
    return [Titled(request, title_of(request), line_of(request)) for request in requests]


def shown_now(request: Request) -> str:
    """The canonical text of what is asked, as its rows stand now."""
    return shown_of([request])[request.pk]


def shown_of(requests: Sequence[Request]) -> dict[int, str]:
    """The same for several requests by their ids, with the queries of one for each kind."""
    shown: dict[int, str] = {}
    for slug in {request.kind for request in requests}:
        alike = [request for request in requests if request.kind == slug]
        contents = kind_of(alike[0]).contents([request.subject for request in alike])
        shown |= {request.pk: canonical(contents[request.subject]) for request in alike}
    return shown


def canonical(content: Content) -> str:
    """The one text of a content: keys in order, nothing between."""
    return json.dumps(
        content,
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def version_of(shown: str) -> str:
    """64 hex digits that stand for one text, and from which nobody can guess it."""
    return keyed_hash(shown, "decision")


def lines_of(request: Request, shown: str, before: str = "") -> list[Line]:
    """A canonical text in words, of none no line; with `before`, an earlier one, each line that
    differs says what it was."""
    if not shown:
        return []
    lines = kind_of(request).lines
    now = lines(content_of(shown))
    if not before:
        return list(now)
    old = {line.label: line.text for line in lines(content_of(before))}
    compared = [_compared(line, old.pop(line.label, "")) for line in now]
    return compared + [Line(label, "", text) for label, text in old.items()]


def _compared(line: Line, was: str) -> Line:
    return replace(line, was=None if line.text == was else was)
