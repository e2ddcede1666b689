"""The call list: whom no message of an event reached, and alarms that nobody has heard.

It is read from the notices themselves, so every programme has it by telling people as it always
does. A row of it is a notice, one for each event and addressee; an alarm's row is its own on the
desk.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_in, parts_of
from diedie_edu.notices.kinds import Kind, Text, render
from diedie_edu.notices.models import HEARD, NOT_ARRIVED, Channel, Notice, Reached
from diedie_edu.notices.queries import addresses
from diedie_edu.notices.rules import Number, numbers_of
from diedie_edu.notices.subjects import Subject
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import is_child

SAME_PERSON = Q(recipient=OuterRef("recipient_id")) | Q(account=OuterRef("account_id"))


@dataclass(frozen=True)
class Line:
    """What is to be said of one thing: its newest row, and how many people are to be called.

    `is_alarm`: nobody has heard it yet.
    """

    notice: Notice
    title: str
    number: int
    is_alarm: bool


@dataclass(frozen=True)
class Call:
    """One person, the numbers to ring, what to say; `reached` once somebody has told them."""

    notice: Notice
    text: str
    numbers: list[Number]
    reached: Reached | None


# --- Which rows ------------------------------------------------------------------------


def visible(scopes: Collection[str]) -> QuerySet[Notice]:
    """What was said in the programmes where a right holds: in kinds of theirs, or of their rows."""
    events = Notice.objects.exclude(event="")
    if EVERYWHERE in scopes:
        return events
    about = Q(kind__in=[kind.code for slug in scopes for kind in parts_in(slug, Kind)])
    for subject in parts_of(Subject):
        about |= Q(subject__in=subject.within(scopes))
    return events.filter(about)


def not_heard(scopes: Collection[str], now: datetime) -> QuerySet[Notice]:
    """For each event and person whom no message of it reached their newest notice; reached by
    telephone or not. What is of no use any more is left out."""
    same = Notice.objects.filter(SAME_PERSON, event=OuterRef("event"), status__in=HEARD)
    rows = _of_use(scopes, now).exclude(channel=Channel.DESK).filter(~Exists(same))
    each = ("event", "recipient_id", "account_id")
    return rows.order_by(*each, "-pk").distinct(*each)


def to_call(scopes: Collection[str], now: datetime) -> QuerySet[Notice]:
    """Those of them whom nobody has reached by telephone."""
    return not_heard(scopes, now).filter(
        ~Exists(Reached.objects.filter(SAME_PERSON, event=OuterRef("event")))
    )


def unheard_alarms(scopes: Collection[str], now: datetime) -> QuerySet[Notice]:
    """The rows on the desk of alarms that reached nobody, and to which nobody has seen."""
    heard = Notice.objects.filter(event=OuterRef("event"), status__in=HEARD)
    seen = Reached.objects.filter(event=OuterRef("event"))
    return _of_use(scopes, now).filter(~Exists(heard), ~Exists(seen), channel=Channel.DESK)


def _of_use(scopes: Collection[str], now: datetime) -> QuerySet[Notice]:
    since = now - timedelta(days=settings.CALL_LIST_DAYS)
    late = Q(expires_at__lte=now)
    return visible(scopes).filter(~late, status__in=NOT_ARRIVED, created_at__gt=since)


def number_to_call(scopes: Collection[str], now: datetime) -> int:
    """How many people, each once."""
    rows = to_call(scopes, now).order_by().distinct()
    return rows.values("recipient_id", "account_id").count()


# --- The pages -------------------------------------------------------------------------


def lines(scopes: Collection[str], now: datetime) -> list[Line]:
    """What is to be said of each thing, alarms first, then the newest. Three queries."""
    columns = ("pk", "kind", "subject")
    calls = list(to_call(scopes, now).values_list(*columns))
    alarms = list(unheard_alarms(scopes, now).values_list(*columns))
    newest: dict[tuple[str, str], int] = {}
    for pk, *of in calls + alarms:
        newest[tuple(of)] = max(pk, newest.get(tuple(of), 0))
    numbers = Counter((kind, subject) for _pk, kind, subject in calls)
    unheard = {(kind, subject) for _pk, kind, subject in alarms}
    notices = Notice.objects.in_bulk(newest.values())
    found = [
        Line(notices[pk], said(notices[pk]).title, numbers[of], of in unheard)
        for of, pk in newest.items()
    ]
    return sorted(found, key=lambda line: (not line.is_alarm, -line.notice.pk))


def calls_about(notice: Notice, scopes: Collection[str], now: datetime) -> list[Call]:
    """Everybody to be called about what a notice tells of, and those reached already."""
    rows = not_heard(scopes, now).filter(kind=notice.kind, subject=notice.subject)
    found = list(addresses.with_address(rows))
    told = Reached.objects.filter(event__in={row.event for row in found}).select_related("by")
    reached = {_whom(row): row for row in told}
    calls = [Call(row, said(row).body, numbers_of(row), reached.get(_whom(row))) for row in found]
    return sorted(calls, key=lambda call: (call.text, _sort_key(call.notice), call.notice.pk))


def _whom(row: Notice | Reached) -> tuple[str, int | None, int | None]:
    """Who is told of what."""
    return row.event, row.recipient_id, row.account_id


def alarms_about(notice: Notice, scopes: Collection[str], now: datetime) -> list[Notice]:
    """The alarms about the same that nobody has heard."""
    rows = unheard_alarms(scopes, now).filter(kind=notice.kind, subject=notice.subject)
    return list(rows.order_by("-pk"))


def children_told_of(notices: Iterable[Notice]) -> set[int]:
    """The children (ids) that such rows tell of."""
    people = [subject for subject in parts_of(Subject) if subject.model is Resident]
    numbers = {subject.number_in(row.subject) for row in notices for subject in people}
    return {number for number in numbers if number is not None}


def children_called(calls: Iterable[Call], now: datetime) -> set[int]:
    """The children (ids) among those to be called."""
    people = (call.notice.recipient for call in calls)
    return {one.pk for one in people if one and is_child(one.birth_date, local_day(now))}


def said(notice: Notice) -> Text:
    """A notice in the language of the page."""
    try:
        return render(notice, get_language() or "")
    except KeyError:  # of a kind that this version of the portal no longer has
        return Text(title=notice.kind, body="", sms="", path="")


def _sort_key(notice: Notice) -> str:
    return notice.recipient.sort_key if notice.recipient else ""
