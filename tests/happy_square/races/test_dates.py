"""Several workers make the dates of one group, and use up its text messages, at the same moment."""

from functools import partial

import pytest

from happy_square.actions import dates, telling
from happy_square.models import Group, MeetUp, MonthlyTexts
from tests.conftest import NOW
from tests.support.groups import make_group, make_place, weekly
from tests.support.races import all_look_first, constraint_dropped, together

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 6


@pytest.fixture
def group() -> Group:
    found = make_group()
    weekly(found)
    return found


def all_make(monkeypatch: pytest.MonkeyPatch) -> int:
    """Each has seen that the dates are missing before any of them makes one."""
    all_look_first(monkeypatch, dates, "missing_dates", WORKERS)
    together(*[partial(dates.make_dates, NOW)] * WORKERS)
    return MeetUp.objects.count()


def test_each_date_is_made_once(monkeypatch: pytest.MonkeyPatch, group: Group) -> None:
    assert all_make(monkeypatch) == 8


def test_control_with_what_was_seen_before_the_lock_they_are_made_twice(
    monkeypatch: pytest.MonkeyPatch, group: Group
) -> None:
    """The second time in another room, so that no booking stands in the way."""
    seen = dates.missing_dates(NOW)
    monkeypatch.setattr(dates, "missing_dates", lambda *_more: seen)
    with constraint_dropped(MeetUp, "usual_day_is_made_once"):
        dates.make_dates(NOW)
        seen[0].usual.venue = make_place("别处")
        dates.make_dates(NOW)
        assert MeetUp.objects.count() == 16


def use_up(group: Group, count: object) -> int:
    answers = together(*[partial(count, group.pk, NOW)] * WORKERS)
    return sum(answers)


def test_no_more_text_messages_than_the_group_may_have_in_a_month(group: Group) -> None:
    assert use_up(group, telling._count) == group.sms_a_month == 4
    assert MonthlyTexts.objects.get().used == 4


def test_control_counting_first_and_writing_then_takes_too_many(
    monkeypatch: pytest.MonkeyPatch, group: Group
) -> None:
    def look(pk: int) -> int:
        return MonthlyTexts.objects.filter(group=pk).values_list("used", flat=True).get()

    MonthlyTexts.objects.create(group=group, month=NOW.date().replace(day=1), used=3)
    holder = type("Holder", (), {"look": staticmethod(look)})
    all_look_first(monkeypatch, holder, "look", WORKERS)

    def count(pk: int, _now: object) -> bool:
        used = holder.look(pk)
        if used >= 4:
            return False
        MonthlyTexts.objects.filter(group=pk).update(used=used + 1)
        return True

    assert use_up(group, count) == WORKERS
