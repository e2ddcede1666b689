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
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Least
from django.utils.translation import get_language

from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_in, parts_of
from diedie_edu.notices.kinds import Kind, Text, render
from diedie_edu.notices.models import HEARD, NOT_ARRIVED, Channel, Notice, Reached
from diedie_edu.notices.queries import addresses
from diedie_edu.notices.rules.addresses import Number, numbers_of
from diedie_edu.notices.subjects import Subject
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.alike import called
from diedie_edu.people.rules.residents import is_child

# Until when a call is of use: before it begins, or no later than the message says itself.
BY = Least(Cast(KeyTextTransform("starts_at", "data"), DateTimeField()), F("expires_at"))
SAME_PERSON = Q(recipient=OuterRef("recipient_id")) | Q(account=OuterRef("account_id"))
OF_NOBODY = [Channel.DESK, Channel.ROBOT]
# What a text to the same phone said as well is heard with it.
WAS_HEARD = Q(status__in=HEARD) | Q(told_with__status__in=HEARD)


@dataclass(frozen=True)
class Line:
    """What is to be said of one thing: its newest row, and how many people are to be called.

    `is_alarm`: nobody has heard it yet. `by`: until when it is of use; None where that is open.
    """

    notice: Notice
    title: str
    number: int
    is_alarm: bool
    by: datetime | None = None


@dataclass(frozen=True)
class Call:
    """One person, the numbers to ring, what to say; `reached` once somebody has told them."""

    notice: Notice
    text: str
    numbers: list[Number]
    reached: Reached | None

    @property
    def called(self) -> str:
        """By name; whoever reads like another on the list is told apart."""
        return called(self.notice.recipient) or str(self.notice.addressee or "")


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


def quiet_codes() -> list[str]:
    """Kinds of which nobody is rung: what is not worth a text message is not worth a call."""
    kinds = parts_of(Kind)
    return [kind.code for kind in kinds if not kind.is_called or Channel.SMS not in kind.channels]


def said_since(now: datetime) -> datetime:
    """From when on what reached nobody stands on the list."""
    return now - timedelta(days=settings.CALL_LIST_DAYS)


def not_heard(
    scopes: Collection[str], now: datetime, since: datetime | None = None
) -> QuerySet[Notice]:
    """For each event and person whom no message of it reached their newest notice; reached by
    telephone or not. What is of no use any more is left out."""
    same = Notice.objects.filter(SAME_PERSON, event=OuterRef("event")).filter(WAS_HEARD)
    rows = _of_use(scopes, now, since).exclude(channel__in=OF_NOBODY)
    rows = rows.exclude(kind__in=quiet_codes())
    rows = rows.filter(~Exists(same))
    each = ("event", "recipient_id", "account_id")
    return rows.order_by(*each, "-pk").distinct(*each)


def to_call(
    scopes: Collection[str], now: datetime, since: datetime | None = None
) -> QuerySet[Notice]:
    """Those of them whom nobody has reached by telephone."""
    return not_heard(scopes, now, since).filter(
        ~Exists(Reached.objects.filter(SAME_PERSON, event=OuterRef("event")))
    )


def unheard_alarms(
    scopes: Collection[str], now: datetime, since: datetime | None = None
) -> QuerySet[Notice]:
    """The rows on the desk of alarms that reached nobody, and to which nobody has seen. What was
    said in a group chat reached nobody yet."""
    told = Notice.objects.exclude(channel__in=OF_NOBODY)
    heard = told.filter(event=OuterRef("event"), status__in=HEARD)
    seen = Reached.objects.filter(event=OuterRef("event"))
    return _of_use(scopes, now, since).filter(~Exists(heard), ~Exists(seen), channel=Channel.DESK)


def _of_use(scopes: Collection[str], now: datetime, since: datetime | None) -> QuerySet[Notice]:
    since = since or said_since(now)
    late = Q(expires_at__lte=now)
    here = Q(recipient=None) | Q(recipient__departed_on=None)
    return visible(scopes).filter(~late, here, status__in=NOT_ARRIVED, created_at__gt=since)


def numbers_to_call(scopes: Collection[str], now: datetime) -> tuple[int, int]:
    """How many people, each once: those to be called today, and the others."""
    rows = to_call(scopes, now).values_list("recipient_id", "account_id", BY)
    found = list(rows.order_by().distinct())
    today = {tuple(who) for *who, by in found if is_for_today(by, now)}
    return len(today), len({tuple(who) for *who, _by in found} - today)


# --- The pages -------------------------------------------------------------------------


def lines(scopes: Collection[str], now: datetime) -> list[Line]:
    """What is to be said of each thing: alarms first, then what is soonest of no use any more, then
    the newest. Three queries."""
    columns = ("pk", "kind", "subject", BY)
    calls = list(to_call(scopes, now).values_list(*columns))
    alarms = list(unheard_alarms(scopes, now).values_list(*columns))
    newest: dict[tuple[str, str], int] = {}
    until: dict[tuple[str, str], datetime] = {}
    for pk, kind, subject, by in calls + alarms:
        of = (kind, subject)
        newest[of] = max(pk, newest.get(of, 0))
        until |= {of: min(by, until.get(of, by))} if by and by > now else {}
    numbers = Counter((kind, subject) for _pk, kind, subject, _by in calls)
    unheard = {(kind, subject) for _pk, kind, subject, _by in alarms}
    notices = Notice.objects.in_bulk(newest.values())
    found = [
        Line(notices[pk], said(notices[pk]).title, numbers[of], of in unheard, until.get(of))
        for of, pk in newest.items()
    ]
    return sorted(found, key=_urgency)


def _urgency(line: Line) -> tuple[bool, bool, datetime, int]:
    return not line.is_alarm, line.by is None, line.by or line.notice.created_at, -line.notice.pk


def is_for_today(by: datetime | None, now: datetime) -> bool:
    """House rule: what begins or ends by the end of tomorrow is called about today; tomorrow
    morning would be too late."""
    return by is not None and now < by and local_day(by) <= local_day(now) + timedelta(days=1)


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
