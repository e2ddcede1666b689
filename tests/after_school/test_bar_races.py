"""Somebody is barred while the child is handed over: the later of the two sees the earlier."""

from functools import partial

import pytest
from django.db import transaction

from after_school.actions import collecting, handing_over, passes
from after_school.models import Collector, Presence
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.races import meanwhile, trigger_off
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def grandfather(child, mother) -> list[Collector]:
    """He stands on the list twice, by two numbers."""
    who = {"child": child, "full_name": "陈大山", "relation": "爷爷", "valid_from": TODAY}
    named = {"named_by": mother, "named_at": NOW}
    phones = ("13900000001", "13900000002")
    return [Collector.objects.create(**who, **named, phone=phone) for phone in phones]


@pytest.fixture
def by_code(child, term, session, presence, mother, staff_user):
    """He tells the digits of a pass that was made before."""
    given = {"day": TODAY, "full_name": "陈大山", "phone": "", "by": mother, "now": NOW}
    _pass, code = passes.make_pass(child=child, term=term, **given)
    return partial(
        handing_over.hand_over_by_code, **of(presence), code=code, by=staff_user, now=NOW
    )


@pytest.fixture
def by_list(presence, grandfather, staff_user):
    """He stands before the tablet by his second number."""
    whom = {"collector": grandfather[1], "how": "known"}
    return partial(handing_over.hand_over, **of(presence), **whom, by=staff_user, now=NOW)


def hand_over_behind_a_bar(take, grandfather, by) -> str | None:
    """The tap falls while the bar on his first number is not yet written for good."""
    with transaction.atomic():
        collecting.bar_collector(collector=grandfather[0], reason="法院裁定", by=by, now=NOW)
        tap = meanwhile(lambda: code_of(take))
    return tap.result()


@pytest.mark.parametrize("way", ["by_code", "by_list"])
def test_whoever_is_barred_a_moment_before_does_not_collect(way, grandfather, mother, request):
    take = request.getfixturevalue(way)
    assert hand_over_behind_a_bar(take, grandfather, mother) == "barred"
    assert Presence.objects.get().is_inside


@pytest.mark.parametrize("way", ["by_code", "by_list"])
def test_without_the_lock_a_barred_person_collects(way, grandfather, mother, request, monkeypatch):
    """The control."""
    take = request.getfixturevalue(way)
    unlocked = lambda child: list(Collector.objects.filter(child=child))  # noqa: E731
    monkeypatch.setattr(collecting, "lock_named", unlocked)
    with trigger_off(Presence, "presence_is_checked_when_changed"):
        assert hand_over_behind_a_bar(take, grandfather, mother) is None
    assert Presence.objects.get().left_at
