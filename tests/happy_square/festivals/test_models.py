"""What the database refuses of a festival."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import constraint_of
from happy_square.models import Festival, FestivalInvitation, FestivalItem, Group, Rehearsal
from tests.conftest import NOW
from tests.support.festivals import BEGINS, invited, item, make_festival
from tests.support.groups import make_group

pytestmark = pytest.mark.django_db


def refused(write: object) -> str | None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()  # type: ignore[operator]
    return constraint_of(error.value)


@pytest.fixture
def of_another(group: Group, staff_user: User) -> FestivalInvitation:
    """Of a festival a month later."""
    later = BEGINS + timedelta(days=30)
    other = make_festival(staff_user, starts_at=later, ends_at=later + timedelta(hours=1))
    return invited(other, group, staff_user)


def test_items_are_of_groups_that_are_invited(festival, of_another) -> None:
    assert refused(lambda: item(festival, 5, of_another)) == "items_are_of_groups_invited"


def test_rehearsals_are_of_groups_that_are_invited(festival, of_another) -> None:
    room = festival.occasion.booking
    rows = {"festival": festival, "booking": room, "invitation": of_another}
    name = refused(lambda: Rehearsal.objects.create(**rows))
    assert name == "rehearsals_are_of_groups_invited"


def test_a_place_in_the_order_is_one_items(festival: Festival) -> None:
    item(festival, 5)
    twin = {"festival": festival, "title": "报幕", "minutes": 2, "place": 1}
    assert refused(lambda: FestivalItem.objects.create(**twin)) == "one_item_in_each_place"


@pytest.mark.parametrize("minutes", [0, 121])
def test_an_item_takes_a_likely_time(festival: Festival, minutes: int) -> None:
    assert refused(lambda: item(festival, minutes)) == "item_takes_a_likely_time"


def test_changing_takes_a_likely_time(festival: Festival) -> None:
    rows = Festival.objects.filter(pk=festival.pk)
    assert refused(lambda: rows.update(changing_minutes=121)) == "changing_takes_a_likely_time"


def test_a_group_is_invited_once(festival: Festival, group: Group, staff_user: User) -> None:
    invited(festival, group, staff_user)
    twin = {"festival": festival, "group": group, "asked_at": NOW}
    name = refused(lambda: FestivalInvitation.objects.create(**twin))
    assert name == "a_group_is_invited_once"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "accepted"},
        {"state": "open", "answered_at": NOW},
        {"state": "perhaps", "answered_at": NOW},
    ],
)
def test_an_answer_has_a_time(festival: Festival, fields: dict) -> None:
    row = {"festival": festival, "group": make_group(), "asked_at": NOW} | fields
    name = refused(lambda: FestivalInvitation.objects.create(**row))
    assert name == "answer_to_a_festival_has_a_time"
