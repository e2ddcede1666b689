"""Seats that were held and not used."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from diedie_edu.activities.models import Attendance, ExcusedAbsence, Occasion, SignUp
from diedie_edu.activities.rules import no_shows
from diedie_edu.common.belonging import counts_at
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident


def missed_by(resident_id: int, now: datetime) -> list[no_shows.Missed]:
    """What one person missed, as far back as it can still matter, the oldest first."""
    return [missed for _one, missed in _missed(Q(resident=resident_id), now)]


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
        for row in _put_behind(Q(), now)
    ]
    return [row for row in shown if row.missed]


def put_behind_among(residents: Collection[int], now: datetime) -> list[PutBehind]:
    """Those of some residents (ids) who are behind the others now."""
    return list(_put_behind(Q(resident__in=residents), now))


def are_all_put_behind(residents: Collection[int], now: datetime) -> bool:
    """House rule: people who come together are behind the others only where each of them (ids)
    would be alone."""
    return len(put_behind_among(residents, now)) == len(residents)


def _put_behind(whose: Q, now: datetime) -> Iterator[PutBehind]:
    for resident, group in groupby(_missed(whose, now), key=lambda row: row[0]):
        missed = [row[1] for row in group]
        until = no_shows.deferred_until(missed)
        if until is not None and now < until:
            yield PutBehind(resident, missed, until)


def _missed(whose: Q, now: datetime) -> Iterator[tuple[Resident, no_shows.Missed]]:
    for sign_up in _rows(whose, now):
        if not no_shows.is_spared(sign_up.resident.birth_date, local_day(sign_up.starts_at)):
            yield sign_up.resident, _as_missed(sign_up)


def _rows(whose: Q, now: datetime) -> QuerySet:
    """Held seats without attendance, where a register was kept and nothing is excused.

    Only of what meets once: to be absent from one meeting of many leaves no seat unused. All is
    asked in one `filter`, so that the occasion is joined once.
    """
    settled = timedelta(days=settings.SHEET_ENTRY_DAYS)
    matters = timedelta(days=settings.NO_SHOW_DAYS + settings.NO_SHOW_PENALTY_DAYS)
    came = Attendance.objects.filter(occasion=OuterRef("activity__occasions"))
    excused = ExcusedAbsence.objects.filter(
        occasion=OuterRef("activity__occasions"), resident=OuterRef("resident")
    )
    others = Occasion.objects.filter(activity=OuterRef("activity")).exclude(
        pk=OuterRef("activity__occasions")
    )
    return (
        SignUp.objects.filter(
            whose,
            Exists(came),
            ~Exists(came.filter(resident=OuterRef("resident"))),
            ~Exists(excused),
            ~Exists(others),
            status=SignUp.Status.SEATED,
            activity__occasions__is_called_off=False,
            activity__occasions__ends_at__lte=now - settled,
            activity__occasions__starts_at__gte=now - settled - matters,
        )
        .select_related("resident", "activity__programme")
        .annotate(
            occasion_id=F("activity__occasions__id"),
            starts_at=F("activity__occasions__starts_at"),
            ends_at=F("activity__occasions__ends_at"),
        )
        .order_by("resident__sort_key", "resident_id", "starts_at", "id")
    )


def _as_missed(sign_up: Any) -> no_shows.Missed:
    return no_shows.Missed(
        occasion_id=sign_up.occasion_id,
        programme=sign_up.activity.programme.slug,
        title=sign_up.activity.title,
        starts_at=sign_up.starts_at,
        counts_at=sign_up.ends_at + timedelta(days=settings.SHEET_ENTRY_DAYS),
    )
