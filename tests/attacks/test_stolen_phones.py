"""A change of the phone: chains of them, and the desk between, give nobody a number back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.actions import phones
from diedie_edu.people.models import PhoneChange
from diedie_edu.people.rules import phones as rules
from diedie_edu.portal.phones import actions
from tests.conftest import NOW
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
THIEF, SECOND, DESK = "13711110000", "13711110001", "13711110002"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def owner(make_user: Callable[..., User]) -> User:
    return make_user(Role.RESIDENT, phone="13800138000")


def by_code(owner: User, phone: str, minutes: int = 0) -> PhoneChange:
    user = User.objects.get(pk=owner.pk)
    return actions.change_by_code(
        user=user, new_phone=phone, takes_along=False, now=NOW + minutes * MINUTE
    )


def phone_of(user: User) -> str:
    return User.objects.get(pk=user.pk).phone


def test_two_changes_in_a_row_are_both_undone_and_the_thief_brings_none_back(owner):
    first, second = by_code(owner, THIEF), by_code(owner, SECOND, 1)
    actions.stop(change=first, now=NOW + 2 * MINUTE)
    assert phone_of(owner) == owner.phone
    assert code_of(lambda: actions.stop(change=second, now=NOW + 3 * MINUTE)) == "not_to_be_stopped"
    assert phone_of(owner) == owner.phone


def test_what_the_desk_saw_stays_whatever_was_before(owner, staff_user):
    """The phone was stolen, the owner came to the desk: the thief holds the old number's link."""
    first = by_code(owner, THIEF)
    actions.change_seen(
        person=User.objects.get(pk=owner.pk),
        new_phone=DESK,
        takes_along=False,
        reason="手机被盗",
        by=staff_user,
        now=NOW + MINUTE,
    )
    assert code_of(lambda: actions.stop(change=first, now=NOW + 2 * MINUTE)) == "not_to_be_stopped"
    assert phone_of(owner) == DESK


def test_control_without_that_rule_the_old_number_takes_the_account(owner, staff_user, monkeypatch):
    first = by_code(owner, THIEF)
    user = User.objects.get(pk=owner.pk)
    seen = {"reason": "手机被盗", "by": staff_user, "takes_along": False}
    actions.change_seen(person=user, new_phone=DESK, **seen, now=NOW + MINUTE)
    monkeypatch.setattr(phones, "was_seen_since", lambda _change: False)
    actions.stop(change=first, now=NOW + 2 * MINUTE)
    assert phone_of(owner) == owner.phone


def test_a_change_that_waits_on_top_of_one_in_force_ends_with_it(owner, make_resident, monkeypatch):
    first = by_code(owner, THIEF)
    monkeypatch.setattr(phones, "answers_for_others", lambda _owner: True)
    waiting = by_code(owner, SECOND, 1)
    assert waiting.is_open
    actions.stop(change=first, now=NOW + 2 * MINUTE)
    actions.put_due(NOW + rules.WAIT + 2 * MINUTE)
    assert phone_of(owner) == owner.phone


def test_nothing_is_taken_back_or_put_twice(owner):
    done = by_code(owner, THIEF)
    assert code_of(lambda: phones.take_back(change=done, now=NOW + MINUTE)) == "not_open"
    assert code_of(lambda: phones.put_in_force(change=done, now=NOW + MINUTE)) == "not_open"
    late = lambda: actions.stop(change=done, now=NOW + rules.WAIT)  # noqa: E731
    assert code_of(late) == "not_to_be_stopped"
