"""A relative who hears for several of the family hears once, by a text that names them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule, seats
from diedie_edu.activities.actions.reminders import plan_reminders
from diedie_edu.activities.models import Activity, ReminderTime, SignUp
from diedie_edu.activities.views.own_place import PURPOSE
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.links import token
from diedie_edu.notices.models import Attempt, Notice
from diedie_edu.notices.outbox.calls import _letter
from diedie_edu.notices.outbox.rounds import deliver
from diedie_edu.notices.queries.addresses import with_address
from diedie_edu.notices.queries.calls import to_call
from diedie_edu.notices.queries.links import page_behind
from diedie_edu.notices.text_messages import key_of
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PHONE = "13800138001"


@pytest.fixture
def family() -> list[Resident]:
    """The daughter has a phone, the two old ones have none."""
    home = Household.objects.create(label="9-2-301")
    account = User.objects.create_user(phone=PHONE, password=None, display_name="逄大某")
    daughter = Resident.objects.create(
        full_name="逄大某", phone=PHONE, account=account, household=home
    )
    old = [Resident.objects.create(full_name=name, household=home) for name in ("逄老某", "洪老某")]
    return [daughter, *old]


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture], family: list[Resident]) -> Activity:
    found = Activity.objects.get(pk=make_lecture(capacity=5).pk)
    for one in family:
        seats.sign_up(activity=found, resident=one, by=family[0].account, now=NOW)
    return found


def texts(kind: str) -> list[str]:
    """What text messages of this kind have gone out."""
    rows = with_address(Notice.objects.filter(kind=f"activities.{kind}", channel="sms"))
    gone = rows.filter(pk__in=Attempt.objects.values("notice"))
    return [_letter(row, PHONE).text for row in gone]


def test_she_hears_once_of_all_whom_she_signed_up(activity: Activity) -> None:
    deliver()
    (said,) = texts("seated")
    assert "逄大某等3人" in said


def test_a_move_is_said_once(activity: Activity) -> None:
    deliver()
    occasion, later = activity.occasions.get(), timedelta(days=1)
    when = {"starts_at": occasion.starts_at + later, "ends_at": occasion.ends_at + later}
    schedule.move_occasion(occasion=occasion, venue=occasion.venue, by=None, now=NOW, **when)
    deliver()
    assert len(texts("moved")) == 1


def test_whom_it_told_along_is_not_called(activity: Activity) -> None:
    deliver()
    along = Notice.objects.filter(told_with__isnull=False)
    assert along.count() == 2
    assert not to_call({EVERYWHERE}, NOW).exists()


def test_where_it_did_not_arrive_all_are_called(activity: Activity, family: list[Resident]) -> None:
    deliver()
    User.objects.filter(phone=PHONE).update(is_active=False)
    Notice.objects.exclude(status="suppressed").update(status="failed", settled_at=NOW)
    called = set(to_call({EVERYWHERE}, NOW).values_list("recipient", flat=True))
    assert called == {one.pk for one in family}


def test_a_link_for_several_asks_of_whom(client: Client, activity: Activity) -> None:
    mine, *others = SignUp.objects.filter(activity=activity).order_by("pk")
    address = f"/activities/place/{token(PURPOSE, mine.pk, *(row.pk for row in others))}/"
    assert client.get(address).content.decode().count('href="?of=') == 3
    one = f"{address}?of={others[1].pk}"
    assert client.post(one, {"do": "give_back"})["Location"] == one
    assert [row.status for row in SignUp.objects.order_by("pk")] == ["seated"] * 2 + ["cancelled"]
    assert client.get(f"{address}?of=0").content.decode().count('href="?of=') == 3


def test_the_reminder_opens_the_page_of_all(
    activity: Activity, clock, client: Client, family: list[Resident]
) -> None:
    deliver()
    starts_at = activity.occasions.get().starts_at
    clock.move_to(starts_at - timedelta(hours=1))
    ReminderTime.objects.create(
        programme=activity.programme, audience="seated", minutes_before=120, channels=["sms"]
    )
    assert plan_reminders(starts_at - timedelta(hours=1)) == 3
    deliver()
    row = Notice.objects.filter(kind="activities.reminder", also_tells__isnull=False).first()
    assert row is not None
    path = page_behind(key_of(row.reference))
    assert client.get(path).content.decode().count('href="?of=') == 3
