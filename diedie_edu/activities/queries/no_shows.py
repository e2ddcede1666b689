"""Seats that were held and not used."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from diedie_edu.activities.models import Attendance, ExcusedAbsence, Occasion, SignUp
from diedie_edu.activities.rules import no_shows
from diedie_edu.common.belonging import counts_at
from diedie_edu.common.composed import Composed, OneOf
from diedie_edu.common.days import local_day
from diedie_edu.common.peeks import Peek
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_ids


def missed_by(resident_id: int, now: datetime) -> list[no_shows.Missed]:
    """What one person missed, as far back as it can still matter, the oldest first."""
    rows = OF_SOME.rows(residents=[resident_id], **_span(now))
    return [missed for _one, missed in _missed(rows)]


def is_put_behind(resident_id: int, now: datetime) -> bool:
    """Whether the person joins a queue behind the others."""
    return no_shows.is_deferred(missed_by(resident_id, now), now)


@dataclass(frozen=True)
class PutBehind:
    """Somebody who is behind the others in queues until then, with what they missed."""

    resident: Resident
    missed: list[no_shows.Missed]
    until: datetime


def people_put_behind(scopes: Collection[str], now: datetime) -> list[PutBehind]:
    """Everybody who is behind the others now; of what they missed, what is of these programmes."""
    shown = [
        PutBehind(
            row.resident, [one for one in row.missed if counts_at(one.programme, scopes)], row.until
        )
        for row in _put_behind(_rows(Q(), **_span(now)), now)
    ]
    return [row for row in shown if row.missed]


def put_behind_among(residents: Collection[int], now: datetime) -> list[PutBehind]:
    """Those of some residents (ids) who are behind the others now."""
    rows = OF_SOME.rows(residents=list(residents), **_span(now))
    return list(_put_behind(rows, now))


def are_all_put_behind(residents: Collection[int], now: datetime) -> bool:
    """House rule: people who come together are behind the others only where each of them (ids)
    would be alone."""
    return len(put_behind_among(residents, now)) == len(residents)


def _put_behind(rows: Iterable[Any], now: datetime) -> Iterator[PutBehind]:
    for resident, group in groupby(_missed(rows), key=lambda row: row[0]):
        missed = [row[1] for row in group]
        until = no_shows.deferred_until(missed)
        if until is not None and now < until:
            yield PutBehind(resident, missed, until)


def _missed(rows: Iterable[Any]) -> Iterator[tuple[Resident, no_shows.Missed]]:
    for sign_up in rows:
        if not no_shows.is_spared(sign_up.resident.birth_date, local_day(sign_up.starts_at)):
            yield sign_up.resident, _as_missed(sign_up)


def _settled(now: datetime) -> datetime:
    """Until when the registers are settled."""
    return now - timedelta(days=settings.SHEET_ENTRY_DAYS)


def _since(now: datetime) -> datetime:
    """Since when it can still matter."""
    matters = timedelta(days=settings.NO_SHOW_DAYS + settings.NO_SHOW_PENALTY_DAYS)
    return _settled(now) - matters


def _span(now: datetime) -> dict[str, datetime]:
    return {"settled": _settled(now), "since": _since(now)}


def _rows(whose: Q, settled: datetime, since: datetime) -> QuerySet:
    """Held seats without attendance, where a register was kept and nothing is excused.

    Only of what meets once: to be absent from one meeting of many leaves no seat unused. All is
    asked of one occasion, named first: by way of the activity each condition would join it anew,
    and the planner takes the rows of all for each other's.
    """
    came = Attendance.objects.filter(occasion=OuterRef("occasion_id"))
    excused = ExcusedAbsence.objects.filter(
        occasion=OuterRef("occasion_id"), resident=OuterRef("resident")
    )
    others = Occasion.objects.filter(activity=OuterRef("activity")).exclude(
        pk=OuterRef("occasion_id")
    )
    return (
        SignUp.objects.filter(whose, status=SignUp.Status.SEATED)
        .annotate(
            occasion_id=F("activity__occasions__id"),
            starts_at=F("activity__occasions__starts_at"),
            ends_at=F("activity__occasions__ends_at"),
            is_off=F("activity__occasions__is_called_off"),
        )
        .filter(is_off=False, ends_at__lte=settled, starts_at__gte=since)
        .filter(Exists(came), ~Exists(came.filter(resident=OuterRef("resident"))))
        .filter(~Exists(excused), ~Exists(others))
        .select_related("resident", "activity")
        .prefetch_related("activity__programme")
        .order_by("resident__sort_key", "resident_id", "starts_at", "id")
    )


OF_SOME = Composed[Any](
    lambda residents, settled, since: _rows(Q(OneOf("resident", residents)), settled, since),
    residents=list,
    settled=datetime,
    since=datetime,
)


MISSED = Peek(
    lambda account, settled, since: _rows(Q(resident__in=family_ids(account)), settled, since),
    settled=_settled,
    since=_since,
)


def _as_missed(sign_up: Any) -> no_shows.Missed:
    return no_shows.Missed(
        occasion_id=sign_up.occasion_id,
        programme=sign_up.activity.programme.slug,
        title=sign_up.activity.title,
        starts_at=sign_up.starts_at,
        counts_at=sign_up.ends_at + timedelta(days=settings.SHEET_ENTRY_DAYS),
    )
