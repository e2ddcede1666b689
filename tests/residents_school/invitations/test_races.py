"""Two invited people take the last place at once; one taps twice; staff withdraw meanwhile."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from residents_school.actions import invitations as invitation_actions
from residents_school.actions.invitations import (
    accept_invitation,
    invite_speaker,
    withdraw_invitation,
)
from residents_school.models import Invitation, Lecture
from tests.conftest import NOW
from tests.support.duties import make_volunteer, on_duty
from tests.support.races import all_look_first, together
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def invited(lecture: Lecture) -> Invitation:
    staff = User.objects.get_or_create(phone="13800000000")[0]
    return invite_speaker(lecture=lecture, volunteer=make_volunteer(), note="", by=staff, now=NOW)


def accept(invitation: Invitation) -> str | None:
    return code_of(partial(accept_invitation, invitation=invitation, now=NOW))


def last_place(make_lecture: Callable[..., Lecture]) -> tuple[Lecture, list[Invitation]]:
    lecture = make_lecture()
    invitations = [invited(lecture) for _person in range(2)]
    on_duty(lecture.occasion, make_volunteer())
    return lecture, invitations


def test_the_last_place_goes_to_one(make_lecture: Callable[..., Lecture]) -> None:
    for _round in range(ROUNDS):
        lecture, invitations = last_place(make_lecture)
        codes = together(*[partial(accept, one) for one in invitations])
        assert sorted(map(str, codes)) == ["None", "full"]
        assert lecture.occasion.duties.count() == 2


def test_control_without_the_lock_both_are_let_in(
    make_lecture: Callable[..., Lecture], monkeypatch: pytest.MonkeyPatch
) -> None:
    lecture, invitations = last_place(make_lecture)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    all_look_first(monkeypatch, invitation_actions, "speaker_ids", threads=2)
    together(*[partial(accept, one) for one in invitations])
    assert lecture.occasion.duties.count() == 3


def test_a_double_tap_is_one_yes(make_lecture: Callable[..., Lecture]) -> None:
    for _round in range(ROUNDS):
        invitation = invited(make_lecture())
        assert together(*[partial(accept, invitation)] * 3) == [None] * 3
        assert invitation.volunteer.duties.count() == 1


def test_a_yes_beside_a_withdrawal_is_one_of_both(make_lecture: Callable[..., Lecture]) -> None:
    for _round in range(ROUNDS):
        invitation = invited(make_lecture())
        together(
            partial(accept, invitation),
            partial(withdraw_invitation, invitation=invitation, by=None, now=NOW),
        )
        invitation.refresh_from_db()
        booked = invitation.volunteer.duties.count()
        assert (invitation.state, booked) in [("accepted", 1), ("withdrawn", 0)]
