"""One fact of a row that stays while the rest of it changes; for `attacks/test_once_beside.py`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from after_school.actions import guardians
from after_school.models import CollectorPass, Presence, Session, Whereabouts
from diedie_edu.activities.actions import no_shows
from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Resident
from edu_base.actions import nomination_upkeep, reviewers
from edu_base.models import Declaration, Nomination
from tests.conftest import NOW
from tests.support.once import DAY, staff
from tests.support.once_beside import waiting
from tests.support.once_beside_programmes import collects, declared, given_pass
from tests.support.once_stale import comes_after_all, missing

# Its name, the row, the fact, and what is done.
Line = tuple[str, Callable[[], Any], str, Callable[[Any, datetime], Any]]


def of_yesterday() -> Whereabouts:
    row = missing()
    Session.objects.filter(pk=row.presence.session_id).update(day=NOW.date() - timedelta(days=1))
    return row


def came_meanwhile() -> Whereabouts:
    row = missing()
    zone = row.presence.enrolment.zone
    Presence.objects.filter(pk=row.presence_id).update(
        arrived_at=NOW, arrived_by=staff(), zone=zone
    )
    return row


def ended_nomination() -> Nomination:
    row = Nomination.objects.earliest("pk")
    Nomination.objects.filter(pk=row.pk).update(ended_at=NOW - DAY, ending="withdrawn")
    return row


def forget_nominee(row: Nomination, now: datetime) -> None:
    person = Resident.objects.create(full_name=row.full_name, phone=row.phone)
    nomination_upkeep.forget_person(person, now)


def forget(row: CollectorPass, now: datetime) -> None:
    guardians.forget_collector(collects(), now)


def tied() -> Declaration:
    row = declared()
    Declaration.objects.filter(pk=row.pk).update(tie="employer")
    return row


def behind() -> SignUp:
    """Of the past: nobody waits with it any more."""
    row = waiting()
    SignUp.objects.filter(pk=row.pk).update(is_deferred=True, status="cancelled", cancelled_at=NOW)
    return row


LINES: list[Line] = [
    ("absences.take_back_absence: another day", of_yesterday, "said", comes_after_all),
    ("absences.take_back_absence: came", came_meanwhile, "said", comes_after_all),
    ("guardians.forget_collector: used", lambda: given_pass(used_at=NOW), "taken_back_at", forget),
    ("guardians.forget_collector: taken back", lambda: given_pass(taken_back_at=NOW),
        "taken_back_at", forget),
    ("nomination_upkeep.forget_person", ended_nomination, "ended_at", forget_nominee),
    ("reviewers.declare", tied, "tie", lambda row, now: reviewers.declare(
        reviewer=row.reviewer, ties={row.application_id: "relative"}, now=now)),
    ("no_shows._put_back_in_line", behind, "is_deferred",
        lambda row, now: no_shows._put_back_in_line(row.resident, now)),
]  # fmt: skip
