"""Reads of the campaign's events and of what enterprises offer there; the base's desk."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from diedie_edu.activities.queries.events import with_occasion
from diedie_edu.activities.queries.occasions import announced
from diedie_edu.common.days import local_day
from diedie_edu.common.links import numbers_in
from diedie_edu.common.parts import Panel
from diedie_edu.office.parts import CampaignLine
from diedie_edu.people.models import Resident
from edu_base.models import CampaignEvent, EnterpriseOffer, Milestone, OfferInterest
from edu_base.queries.timeline import pressing, state_of

PURPOSE = "offer_interest"
ON_HOME = 2


def events() -> QuerySet[Any]:
    """All, each with its occasion, in one query."""
    return with_occasion(CampaignEvent)


def announced_events() -> QuerySet[Any]:
    return events().filter(announced())


def offers_at(event: int) -> QuerySet[EnterpriseOffer]:
    """Those of an event (its id), each with whom they interested and who took them up."""
    counts = {
        "n_interested": Count("interests"),
        "n_taken": Count("interests", Q(interests__answer=OfferInterest.Answer.TAKEN)),
        "n_answered": Count("interests", ~Q(interests__answer="")),
    }
    rows = EnterpriseOffer.objects.filter(event=event).annotate(**counts)
    return rows.select_related("enterprise").order_by("enterprise__title", "pk")


def interests_at(event: int) -> QuerySet[OfferInterest]:
    """Contacts that came of an event (its id), by offer and name."""
    rows = OfferInterest.objects.filter(offer__event=event)
    about = rows.select_related("offer__enterprise", "resident")
    return about.order_by("offer__enterprise__title", "offer", "resident__sort_key", "pk")


def interests_of(family: Sequence[Resident], event: int) -> set[tuple[int, int]]:
    """Which offers (ids) at an event interest whom (ids)."""
    rows = OfferInterest.objects.filter(offer__event=event, resident__in=family)
    return set(rows.values_list("offer", "resident"))


def interest_behind(token: str) -> OfferInterest | None:
    """The interest that a link in a message is about; None for a forged one."""
    named = numbers_in(token, PURPOSE)
    rows = OfferInterest.objects.select_related("resident", "offer__event", "offer__enterprise")
    return rows.filter(pk=named[0]).first() if named else None


def page_of(user: User | AnonymousUser, activity: int, now: datetime) -> str:
    """The page of an event."""
    is_there = announced_events().filter(pk=activity).exists()
    return reverse("edu_base:event", args=[activity]) if is_there else ""


def home_panels(user: User | AnonymousUser, now: datetime) -> Iterator[Panel]:
    rows = announced_events().filter(ends_at__gt=now).exclude(state=Activity.State.CALLED_OFF)
    facts = {"events": list(rows.order_by("starts_at", "pk")[:ON_HOME])}
    yield Panel(43, "edu_base/home_events.html", facts)


def of_board(year: int, now: datetime) -> Iterator[CampaignLine]:
    """The windows of publicity that the plan names, for the duty board."""
    today = local_day(now)
    for row in Milestone.objects.filter(year=year, starts_on__isnull=False):
        assert row.starts_on is not None
        done = row.done_at is not None
        state = state_of(row.due_on, today, done=done, since=row.starts_on)
        yield CampaignLine(row.title, row.starts_on, row.due_on, state)


def desk_panels(user: User, now: datetime) -> Iterator[Panel]:
    """What is late and due this year and in the next, which is prepared meanwhile."""
    year = local_day(now).year
    lines = [*pressing(year, now), *pressing(year + 1, now)]
    yield Panel(10, "edu_base/desk_timeline.html", {"lines": lines, "year": year})
