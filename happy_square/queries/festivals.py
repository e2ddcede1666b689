"""Reads of festivals: which there are, who takes part, and in what order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from diedie_edu.activities.queries.events import with_occasion
from diedie_edu.activities.queries.occasions import announced
from happy_square.models import Festival, FestivalInvitation, FestivalItem, Leadership, Rehearsal
from happy_square.rules.running_order import Slot, running_order

ACCEPTED = FestivalInvitation.State.ACCEPTED


def festivals() -> QuerySet[Any]:
    """All, each with its occasion, in one query."""
    return with_occasion(Festival)


def announced_festivals() -> QuerySet[Any]:
    return festivals().filter(announced())


def festivals_ahead(now: datetime) -> QuerySet[Any]:
    return announced_festivals().filter(ends_at__gt=now).order_by("starts_at", "pk")


def items_of(festival: Festival) -> QuerySet[FestivalItem]:
    return festival.items.select_related("invitation__group").order_by("place")


def order_of(festival: Festival) -> list[Slot]:
    """The running order with its times."""
    starts_at = festival.occasion.starts_at
    return running_order(items_of(festival), starts_at, festival.changing_minutes)


def invitations_of(festival: Festival) -> QuerySet[FestivalInvitation]:
    return festival.invitations.select_related("group").order_by("group__title", "pk")


def taking_part(festival: Festival) -> QuerySet[FestivalInvitation]:
    """Those who said yes."""
    return invitations_of(festival).filter(state=ACCEPTED)


def leaders_of(groups: Iterable[int]) -> list[int]:
    """Ids of the residents who lead these groups (ids) at present: leaders, deputies, acting."""
    rows = Leadership.objects.filter(group__in=set(groups), ended_at=None)
    return sorted(set(rows.values_list("resident", flat=True)))


def rehearsals_of(festival: Festival) -> QuerySet[Rehearsal]:
    return festival.rehearsals.select_related("booking__venue", "invitation__group")


def may_take_part(festival: Festival) -> QuerySet[FestivalInvitation]:
    """Those who have said yes, or not answered yet."""
    rows = festival.invitations.filter(state__in=[FestivalInvitation.State.OPEN, ACCEPTED])
    return rows.select_related("group").order_by("group__title", "pk")
