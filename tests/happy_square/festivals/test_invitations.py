"""Asking groups to a festival, and their answers."""

from datetime import timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule
from diedie_edu.notices.models import Notice
from happy_square.actions import festival_invitations as invitations
from happy_square.actions.running_order import ItemPlan
from happy_square.models import Festival, FestivalInvitation, Group
from tests.conftest import NOW
from tests.support.festivals import invited, item
from tests.support.groups import make_group
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def told(word: str) -> list[str]:
    """Whom a message of this kind went to, each once."""
    rows = Notice.objects.filter(kind=f"happy_square.{word}").exclude(status="cancelled")
    names = [row.recipient or row.account for row in rows.select_related("recipient", "account")]
    return sorted({str(name) for name in names})


def ask(festival: Festival, group: Group, by: User) -> int:
    return invitations.invite(festival=festival, groups=[group], note="盼你们来", by=by, now=LATER)


def say(row: FestivalInvitation, takes_part: bool, by: User, **more: object) -> FestivalInvitation:
    facts = {"takes_part": takes_part, "word": "好的", "by": by, "now": LATER}
    return invitations.answer(invitation=row, **(facts | more))


def test_the_leader_hears_once(festival, group, leader, staff_user) -> None:
    assert ask(festival, group, staff_user) == 1
    assert ask(festival, group, staff_user) == 0
    assert told("festival_invited") == [str(leader)]


def test_a_group_that_does_not_meet_is_not_asked(festival, staff_user) -> None:
    resting = make_group(standing="resting", standing_reason="冬天歇一歇")
    assert code_of(lambda: ask(festival, resting, staff_user)) == "not_active"


def test_a_yes_puts_what_the_group_shows_at_the_end(
    festival, group, resident_user, staff_user
) -> None:
    item(festival, 5)
    row = invited(festival, group, staff_user, yes=False)
    say(row, True, resident_user, shows=ItemPlan("扇子舞", 6))
    assert [(one.title, one.place) for one in festival.items.all()] == [("节目1", 1), ("扇子舞", 2)]
    assert told("festival_answered") == [str(staff_user)]


def test_the_same_answer_twice_adds_nothing(festival, group, resident_user, staff_user) -> None:
    row = invited(festival, group, staff_user, yes=False)
    for _twice in range(2):
        say(row, True, resident_user, shows=ItemPlan("扇子舞", 6))
    assert festival.items.count() == 1


def test_staff_answer_on_behalf_and_are_kept(festival, group, staff_user) -> None:
    row = invited(festival, group, staff_user)
    assert row.answered_by == staff_user
    assert told("festival_answered") == []  # whoever asked knows


def test_who_said_no_may_be_asked_again(festival, group, resident_user, staff_user) -> None:
    row = invited(festival, group, staff_user, yes=False)
    say(row, False, resident_user)
    assert ask(festival, group, staff_user) == 1
    row.refresh_from_db()
    assert (row.state, row.answered_at, row.word) == ("open", None, "")


def test_an_invitation_taken_back_takes_its_items_along(
    festival, group, leader, resident_user, staff_user
) -> None:
    row = invited(festival, group, staff_user)
    item(festival, 5, row)
    invitations.withdraw(invitation=row, by=staff_user, now=LATER)
    assert not festival.items.exists()
    assert told("festival_uninvited") == [str(leader)]
    row.refresh_from_db()
    assert code_of(lambda: say(row, True, resident_user)) == "withdrawn"


def test_nothing_is_prepared_once_it_has_begun(festival, group, staff_user) -> None:
    begun = festival.occasion.starts_at
    ask_now = {"festival": festival, "groups": [group], "note": "", "by": staff_user, "now": begun}
    assert code_of(lambda: invitations.invite(**ask_now)) == "begun"


def test_leaders_who_take_part_hear_when_it_is_called_off(
    festival, group, leader, staff_user
) -> None:
    invited(festival, group, staff_user)
    invited(festival, make_group(), staff_user)
    schedule.call_off(activity=festival, reason="台风", by=staff_user, now=LATER)
    rows = Notice.objects.filter(kind="activities.called_off").values_list("recipient", flat=True)
    assert set(rows) == {leader.pk}
