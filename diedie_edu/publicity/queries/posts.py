"""Reads of posts: what is in public, and what those who write see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_day
from diedie_edu.decisions.models import Request
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import last_birth_date_of_grown
from diedie_edu.publicity.models import Post
from diedie_edu.publicity.models.posts import KIND
from diedie_edu.publicity.rules.posts import clauses_of


def in_public(now: datetime, programme: str = "") -> QuerySet[Post]:
    """What everybody reads by now, newest first; of one programme (its slug) where it is named."""
    rows = Post.objects.filter(state=Post.State.PUBLISHED, publish_at__lte=now)
    return rows.filter(programme=programme) if programme else rows


def pinned_first(rows: QuerySet[Post], now: datetime) -> QuerySet[Post]:
    today = local_day(now)
    is_pinned = Q(pinned_until__isnull=False, pinned_until__gte=today)
    return rows.alias(pinned=is_pinned).order_by(F("pinned").desc(), "-publish_at", "-pk")


@dataclass(frozen=True)
class OnDesk:
    """A post for those who write, with its request where there is one."""

    post: Post
    request: Request | None
    is_ahead: bool


def on_desk(posts: Iterable[Post], now: datetime) -> list[OnDesk]:
    rows = list(posts)
    asked = latest_requests([row.pk for row in rows if row.is_draft])
    return [
        OnDesk(row, asked.get(row.pk), row.is_published and row.publish_at > now)  # type: ignore[operator]
        for row in rows
    ]


def latest_requests(posts: Collection[int]) -> dict[int, Request]:
    """The last request about each post (their numbers)."""
    found = Request.objects.filter(kind=KIND, subject__in=posts).order_by("pk")
    return {row.subject: row for row in found}


def kept_at(scopes: Collection[str], state: str) -> QuerySet[Post]:
    """Drafts with the newest on top, else by the day in public."""
    rows = within(Post.objects.filter(state=state), scopes)
    return rows.order_by("-pk") if state == Post.State.DRAFT else rows


def names_of_children(texts: Iterable[str], today: date) -> list[tuple[str, str]]:
    """Of those who are known to be under 14 and may stand in one of these texts: name, and its
    letters. The database looks, so that no request reads all children."""
    said = "\n".join(clause for text in texts for clause in clauses_of(text))
    letters = Substr("name_key", StrIndex("name_key", Value(":")) + 1)
    children = Resident.objects.filter(birth_date__gt=last_birth_date_of_grown(today))
    rows = children.alias(place=StrIndex(Value(said), letters)).filter(place__gt=0)
    return [*rows.annotate(letters=letters).values_list("full_name", "letters")]
