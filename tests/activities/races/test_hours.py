"""Two people of staff confirm the same hours at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from diedie_edu.volunteering.actions import duties, hours
from diedie_edu.volunteering.actions.hours import confirm_hours
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.duties import make_volunteer, on_duty
from tests.support.races import all_look_first, together
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = NOW + timedelta(days=7)
ROUNDS = 5


@pytest.fixture
def duty(make_lecture: Callable[..., Lecture]) -> Duty:
    return on_duty(make_lecture().occasion, make_volunteer())


def confirm(duty: Duty, minutes: int) -> int:
    return confirm_hours(served={duty.pk: minutes}, by=None, now=AFTER, corrects=False)


def both(duty: Duty) -> list[int]:
    Duty.objects.update(served_minutes=None, confirmed_at=None)
    return together(partial(confirm, duty, 75), partial(confirm, duty, 90))


def test_the_first_confirmation_stands(duty: Duty) -> None:
    for _round in range(ROUNDS):
        written = both(duty)
        assert sorted(written) == [0, 1]
        duty.refresh_from_db()
        assert duty.served_minutes == (75 if written[0] else 90)


def test_control_without_the_lock_both_are_written(
    duty: Duty, monkeypatch: pytest.MonkeyPatch
) -> None:
    unheld = lambda ids: list(Duty.objects.filter(pk__in=ids))  # noqa: E731
    monkeypatch.setattr(hours, "_lock", unheld)
    all_look_first(monkeypatch, hours, "_is_settled", threads=2)
    assert both(duty) == [1, 1]


def test_who_is_confirmed_is_not_sent_home_at_the_same_moment(duty: Duty) -> None:
    """Either the duty stays with its hours, or it is gone before they are confirmed."""
    release = partial(code_of, partial(duties.release_duty, duty=duty, by=None, now=AFTER))
    written, refused = together(partial(confirm, duty, 75), release)
    assert Duty.objects.filter(confirmed_at__isnull=False).exists() == bool(written)
    assert (refused == "served") == bool(written)
