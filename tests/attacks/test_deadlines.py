"""No time to answer or to use something ends at night, whoever gives it.

Every column that says until when something holds stands in one of the two tables: with what
writes it, which is tried at every hour, or with the reason why it is none that people wait on.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db.models import DateTimeField

from after_school.rules import invitations
from diedie_edu.activities.models import Occasion
from diedie_edu.activities.rules import offers
from diedie_edu.community.waking import quiet_until
from diedie_edu.door.rules.feedback import feedback_closes_at
from diedie_edu.people.models import PhoneChange
from diedie_edu.people.rules import changes, phones
from diedie_edu.venues.rules import displacing
from edu_base.rules import places
from tests.conftest import NOW
from tests.support.community import quiet

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _new_phone(now: datetime) -> datetime:
    by_code = PhoneChange.How.CODE
    return phones.in_force_at(how=by_code, answers_for_others=True, now=now)


WRITTEN: dict[str, Callable[[datetime], datetime | None]] = {
    "activities.Party.held_until": lambda now: offers.hold_ends_at(now, now + 5 * DAY),
    "activities.SignUp.offer_expires_at": lambda now: offers.offer_expires_at(now, now + 5 * DAY),
    "after_school.GuardianInvitation.expires_at": invitations.open_until,
    "edu_base.Application.offer_ends_at": lambda now: places.offer_ends_at(now, 7),
    "people.PhoneChange.in_force_at": _new_phone,
    "people.RecordChange.undo_until": changes.undo_until,
    "venues.Booking.held_until": lambda now: displacing.held_until(now + 30 * HOUR, now),
}
UNWRITTEN: dict[str, Callable[[datetime], datetime]] = {
    "the old number stops a new one": phones.stops_until,
    "saying how it was": lambda now: feedback_closes_at(Occasion(ends_at=now)),
}
REASONS = {
    "accounts.OneTimeCode.expires_at": "ten minutes, for whoever has just asked for it",
    "after_school.CollectorPass.expires_at": "good for a whole day, to its midnight",
    "files.StoredFile.ends_at": "when bytes are deleted; a longer time would break a promise",
    "jobs.Job.lease_until": "of a worker, not of a person",
    "keeping.Run.held_until": "of a worker, not of a person",
    "notices.Notice.expires_at": "when a message is of no use any more: what it is about has begun",
    "notices.Notice.lease_until": "of a worker, not of a person",
    "notices.WeChatAccess.fetching_until": "of a process, not of a person",
    "activities.Activity.sign_up_closes_at": "staff say it, by default the beginning itself",
}
ENDS = re.compile(r"expires|until|deadline|closes_at|due|offer_ends|in_force_at$")
STANDS_IN_TIME = re.compile(r"^(files|jobs)\.\w+\.ends_at$")


def columns() -> set[str]:
    return {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        if not model._meta.label.startswith(("django_", "axes."))
        for column in model._meta.local_fields
        if isinstance(column, DateTimeField)
        and (
            ENDS.search(column.name) or STANDS_IN_TIME.search(f"{model._meta.label}.{column.name}")
        )
    }


def test_every_column_that_holds_an_end_is_known() -> None:
    assert columns() == WRITTEN.keys() | REASONS.keys()


@pytest.mark.parametrize("hours", [("21:00", "08:00"), ("22:30", "06:15"), ("12:00", "14:00")])
@pytest.mark.parametrize("name", [*WRITTEN, *UNWRITTEN])
def test_none_ends_at_night(name: str, hours: tuple[str, str]) -> None:
    quiet(hours)
    end_of = {**WRITTEN, **UNWRITTEN}[name]
    for number in range(96):
        now = NOW + number * timedelta(minutes=15)
        ends = end_of(now)
        assert ends is not None
        assert quiet_until(ends) is None, now
        assert ends > now


def test_nobody_is_given_a_room_that_is_kept_for_no_time() -> None:
    """At nine in the evening a room of half past six in the morning is kept for nobody."""
    evening = NOW.replace(hour=21, minute=30)
    assert displacing.held_until(evening + 9 * HOUR, evening) < evening
