"""Applications of groups, in words."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.bilingual import in_language
from diedie_edu.common.days import WEEKDAYS
from diedie_edu.decisions.kinds import Content, Line
from diedie_edu.decisions.models import Request, State
from diedie_edu.venues.models import Venue
from happy_square.models import Group, GroupApplication

KIND = "group-application"
TOLD = ("title", "summary", "introduction", "capacity", "joining", "takes_children", "dues")


def applications() -> QuerySet[GroupApplication]:
    return GroupApplication.objects.select_related("leader__account", "kind")


def own_returned(user: User) -> QuerySet[GroupApplication]:
    """What somebody asked for and may change: it waits, or came back."""
    asked = Request.objects.filter(kind=KIND, asked_by=user)
    may_change = asked.filter(state__in=[State.SUBMITTED, State.RETURNED])
    return applications().filter(pk__in=may_change.values("subject"))


def waiting_of(user: User) -> int:
    """How many of somebody's are open."""
    rows = Request.objects.filter(kind=KIND, asked_by=user)
    return rows.filter(state__in=[State.SUBMITTED, State.RETURNED]).count()


def contents(numbers: Collection[int]) -> dict[int, Content]:
    """All that staff decide on."""
    rows = list(applications().filter(pk__in=numbers))
    ids = {time["venue"] for row in rows for time in row.times}
    venues = Venue.objects.in_bulk(ids)
    return {row.pk: _content(row, venues) for row in rows}


def _content(row: GroupApplication, venues: dict[int, Venue]) -> Content:
    leader = row.leader
    return {name: getattr(row, name) for name in TOLD} | {
        "kind": [row.kind.title_zh, row.kind.title_en],
        "leader": leader.full_name,
        "phone": leader.phone or (leader.account.phone if leader.account else ""),
        "times": [_time(time, venues) for time in row.times],
        "paper": row.paper_reference,
    }


def _time(told: dict[str, Any], venues: dict[int, Venue]) -> list[Any]:
    venue = venues[told["venue"]]
    times = [told["weekday"], told["starts"], told["ends"], told["with_music"]]
    return [*times, venue.title_zh, venue.title_en]


def lines(content: Content) -> Iterator[Line]:
    yield Line(_("Name of the group"), content["title"])
    yield Line(_("Kind of group"), in_language(*content["kind"]))
    yield Line(_("Leader"), f"{content['leader']} {content['phone']}".strip())
    yield Line(_("In a sentence"), content["summary"])
    yield Line(_("What the group does"), content["introduction"])
    yield Line(_("Usual times"), "\n".join(map(_time_words, content["times"])))
    yield Line(_("Members at most"), str(content["capacity"]))
    yield Line(_("How one joins"), str(Group.Joining(content["joining"]).label))
    yield Line(_("Children under 14"), _("yes") if content["takes_children"] else _("no"))
    yield Line(_("Dues"), content["dues"] or _("none"))
    if content["paper"]:
        yield Line(_("Where the signed paper lies"), content["paper"])


def _time_words(told: list[Any]) -> str:
    weekday, starts, ends, with_music, *venue = told
    words = f"{WEEKDAYS[weekday - 1]} {starts}–{ends} {in_language(*venue)}"
    return f"{words} · {_('with music')}" if with_music else words
