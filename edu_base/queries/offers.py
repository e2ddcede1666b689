"""Offers that wait for an answer, on "my page" of whoever may give it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.links import token
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident
from edu_base.models import Application, State
from edu_base.rules.guardians import guardian_acts

PLACE = 12


def of_application(application: Application, user: User, now: datetime) -> Iterator[Panel]:
    """On its page: the offer of a place, or the announcement in which it stands."""
    ends_at = application.offer_ends_at
    if ends_at is not None and ends_at > now:
        guardian = application.guardian
        is_guardian = guardian is not None and guardian.account_id == user.pk
        offers = [(application, _answer_url(application, is_guardian))]
        yield Panel(PLACE, "edu_base/my_offers.html", {"offers": offers})
    if application.state == State.ANNOUNCED:
        facts = {"announcement": application.listing.announcement}
        yield Panel(PLACE, "edu_base/own_announcement.html", facts)


def of_family(family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """On "my page": the reader's own, and those of whom they are the guardian."""
    own = [resident.pk for resident in family]
    rows = Application.objects.filter(state=State.OFFERED, offer_ends_at__gt=now)
    rows = rows.filter(Q(person__in=own) | Q(guardian__in=own)).select_related("person", "intake")
    open_ones = [
        (row, _answer_url(row, row.person_id not in own))
        for row in rows.order_by("offer_ends_at", "pk")
        if row.person_id in own or guardian_acts(row, local_day(now))
    ]
    if open_ones:
        yield Panel(PLACE, "edu_base/my_offers.html", {"offers": open_ones})


def _answer_url(application: Application, is_guardian: bool) -> str:
    whose = application.guardian_id if is_guardian else application.person_id
    assert whose is not None  # of nobody nothing is offered
    named = token("offer", application.pk, application.last_step, whose)
    return reverse("edu_base:offer", args=[named])
