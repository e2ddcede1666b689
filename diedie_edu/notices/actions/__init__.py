"""Planning, cancelling and repeating messages. Nothing here talks to a gateway or a broker.

Everything happens in the caller's transaction, so a message exists exactly if its event does.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import QuerySet

from diedie_edu.accounts.actions import setting_off
from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.notices.actions.chats import tell_chats
from diedie_edu.notices.actions.statements import ADDRESSEES, COLUMNS, INSERT, THE_DESK
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import (
    NOT_ARRIVED,
    STOPPABLE,
    Channel,
    Notice,
    Status,
)
from diedie_edu.notices.queries.links import page_behind
from diedie_edu.notices.rules.sending import check_send_again
from diedie_edu.notices.rules.ways import check_links_not_tried_out

MISSES = Throttle("short link", "LINK_MISSES")


def notify(
    *,
    kind: Kind,
    recipients: Sequence[int] = (),
    accounts: Sequence[int] = (),
    subject: str,
    revision: int | str = 1,
    data: dict[str, Any],
    now: datetime,
    channels: Iterable[str] | None = None,
    send_from: datetime | None = None,
    expires_at: datetime | None = None,
    in_chats: bool = True,
) -> int:
    """Queue one message to each of `recipients` (residents' ids) and `accounts` (ids) by each
    channel of its kind, or by those given, to go out now or at `send_from`; an alarm stands on the
    desk too, and staff's group chats hear it where its kind has words for them (unless it is not
    `in_chats`).

    Returns how many are new: the same kind, subject, revision, addressee and channel is
    queued once, however often it is told.
    """
    who = ADDRESSEES + THE_DESK if kind.alarm else ADDRESSEES
    people = f"SELECT who.*, %s, %s, %s, %s, %s FROM ({who}) AS who"  # nosec B608 (constants of ours)
    about = {"revision": revision, "data": data, "send_from": send_from, "expires_at": expires_at}
    if in_chats:
        tell_chats(kind=kind, subject=subject, now=now, **about)
    facts = json.dumps(data, cls=DjangoJSONEncoder)
    whom = [list(recipients), list(accounts), list(recipients)]
    params = [subject, str(revision), facts, send_from or now, expires_at, *whom]
    return notify_rows(kind=kind, rows=people, params=params, channels=channels, now=now)


def plan_from(
    *, kind: Kind, people: QuerySet, now: datetime, channels: Iterable[str] | None = None
) -> int:
    """Queue messages for rows that a query finds, in one statement, by the channels of the kind or
    by those given; returns how many are new.

    `people` has the columns of `subjects.as_messages`.
    """
    try:
        people_sql, people_params = people.values_list(*COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        return 0
    return notify_rows(kind=kind, rows=people_sql, params=people_params, channels=channels, now=now)


def notify_rows(
    *,
    kind: Kind,
    rows: str,
    params: Iterable[Any],
    now: datetime,
    channels: Iterable[str] | None = None,
) -> int:
    """Queue messages for the rows of a SELECT in SQL; returns how many are new.

    `rows` yields the columns of `plan_from`, in the order of COLUMNS. It is for what a rush
    runs through, where composing a query costs more than running it. Raises `Refused`
    (`too_much_set_off`) where a resident sets off more at others than one person may.
    """
    if kind.is_counted:
        setting_off.check_may_set_off(now)
    ways = ways_of(kind.channels if channels is None else channels)
    values: list[Any] = [*params, kind.code, now, ways]
    with connection.cursor() as cursor:
        cursor.execute(_insert(rows), values)
        told = cursor.rowcount
    if told and kind.is_counted:
        setting_off.count(now)
    return told


def ways_of(channels: Iterable[str]) -> list[str]:
    """WeChat goes wherever a text message does."""
    ways = list(map(str, channels))
    return [*ways, str(Channel.WECHAT)] if Channel.SMS in ways else ways


def insert_of(rows: str, *values: str) -> str:
    """The statement of `notify_rows` for a function in the database: `values`, in SQL, are the
    parameters of `rows`, code of the kind, now, and channels."""
    return _insert(rows) % values


def _insert(rows: str) -> str:
    return INSERT.format(people=rows, columns=", ".join(COLUMNS))


def cancel(
    *,
    subject: str | Collection[str],
    now: datetime,
    kinds: Iterable[Kind] | None = None,
    recipient: int | None = None,
    data: Mapping[str, Collection[str]] | None = None,
) -> int:
    """Stop what has not gone out yet about `subject`; returns how many messages that were.

    Several subjects take one statement. With `data` only messages go whose facts have one of
    the given values. What is already on its way cannot be called back, but is not sent again,
    and nobody is called about what did not arrive.
    """
    subjects = [subject] if isinstance(subject, str) else subject
    said = Notice.objects.filter(subject__in=subjects)
    if kinds is not None:
        said = said.filter(kind__in=[kind.code for kind in kinds])
    if recipient is not None:
        said = said.filter(recipient=recipient)
    for name, values in (data or {}).items():
        said = said.filter(**{f"data__{name}__in": values})
    stopped = stop(said.filter(status__in=STOPPABLE), now)
    lost = said.filter(status__in=[Status.SENDING, *NOT_ARRIVED]).exclude(expires_at__lte=now)
    lost.update(expires_at=now)
    return stopped


def hold_back(*, subject: str, said_at: datetime, until: datetime) -> None:
    """What was said of `subject` at that very moment does not go out before `until`, so that a
    slip of the finger can be taken back."""
    said = Notice.objects.filter(subject=subject, created_at=said_at, status=Status.QUEUED)
    said.filter(next_try_at__lt=until).update(next_try_at=until)


def unsay(*, subject: str, said_at: datetime, kinds: Iterable[Kind]) -> list[Notice] | None:
    """Take out what was said at that moment as if it had never been, and let go on what was
    stopped for its sake; None, and nothing is changed, where any of it has gone out."""
    same = Notice.objects.select_for_update().filter(subject=subject)
    said = list(same.filter(created_at=said_at, kind__in=[kind.code for kind in kinds]))
    if any(notice.status != Status.QUEUED for notice in said):
        return None
    Notice.objects.filter(pk__in=[notice.pk for notice in said]).delete()
    stopped = Notice.objects.filter(
        subject=subject, status=Status.CANCELLED, settled_at=said_at, created_at__lt=said_at
    )
    stopped.update(status=Status.QUEUED, settled_at=None)
    return said


def stop(waiting: QuerySet[Notice], now: datetime) -> int:
    """They do not go out any more."""
    return waiting.update(status=Status.CANCELLED, settled_at=now, sealed="", lease=None)


@transaction.atomic
def send_again(*, notice: Notice, by: User, now: datetime) -> Notice:
    """Queue a failed or unknown message once more; the old row stays as its history.

    Asking twice gives the same new row. Raises `Refused` where there is nothing to repeat
    (`not_in_trouble`), the code is gone (`code_gone`) or it is too late (`too_late`).
    """
    old = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if again := Notice.objects.filter(again_of=old).first():
        return again
    check_send_again(old, now)
    return Notice.objects.create(
        dedupe_key=f"{old.dedupe_key}+",
        event=old.event,
        kind=old.kind,
        subject=old.subject,
        recipient_id=old.recipient_id,
        account_id=old.account_id,
        robot_id=old.robot_id,
        channel=old.channel,
        data=old.data,
        created_at=now,
        next_try_at=now,
        expires_at=old.expires_at,
        again_of=old,
        again_by=by,
    )


def follow_link(*, key: str, place: str, now: datetime) -> str:
    """The page (its path) that a short link leads to; "" where it leads nowhere (any more), which
    is counted by `place`, the network address that asks.

    Raises `Refused` after too many of those (`too_many`).
    """
    check_links_not_tried_out(MISSES.is_used_up(place, now))
    path = page_behind(key)
    if not path:
        MISSES.count(place, now)
    return path
