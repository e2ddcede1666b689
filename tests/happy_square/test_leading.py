"""Who leads a group: named, handed over, ended; the role that goes with it, and who hears."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from diedie_edu.accounts.actions.accounts import close_account
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from happy_square.actions import leading
from happy_square.models import Group, HandOver, Leadership
from happy_square.queries import groups, leaders
from tests.support.groups import lead, make_group, member
from tests.support.refusals import code_of, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def group() -> Group:
    return make_group(title="榕树舞蹈队")


@pytest.fixture
def name(group: Group, staff_user: User, now: datetime) -> Callable[..., Leadership]:
    def make(resident: Resident, part: str = "leader", **more: object) -> Leadership:
        facts = {"group": group, "resident": resident, "part": part, "by": staff_user, "now": now}
        return leading.name_leader(**facts | more)

    return make


def parts(group: Group) -> dict[str, int]:
    return {row.part: row.resident_id for row in leaders.live_leaderships(group.pk)}


def heard(code: str) -> set[int | None]:
    rows = Notice.objects.filter(kind=f"happy_square.{code}")
    return set(rows.values_list("recipient", flat=True))


def may_lead(user: User) -> bool:
    return user.role_grants.filter(role=Role.GROUP_LEADER).exists()


def test_a_leader_has_the_role_as_long_as_they_lead(
    group: Group, name: Callable[..., Leadership], make_user: Callable[..., User], now: datetime
) -> None:
    old, new = make_user(Role.RESIDENT), make_user(Role.RESIDENT)
    name(old.resident)
    assert may_lead(old)
    assert list(groups.run_by(old)) == [group]
    name(new.resident)
    assert (may_lead(old), may_lead(new)) == (False, True)
    assert list(groups.run_by(User.objects.get(pk=old.pk))) == []
    assert heard("you_lead_no_more") == {old.resident.pk}
    name(old.resident, "deputy")
    leading.end_leadership(
        leadership=Leadership.objects.get(resident=new.resident), by=new, now=now
    )
    assert parts(group) == {"deputy": old.resident.pk}
    assert (may_lead(old), may_lead(new)) == (True, False)


def test_an_acting_leader_has_a_reason_that_members_hear(
    group: Group,
    name: Callable[..., Leadership],
    make_resident: Callable[..., Resident],
) -> None:
    old, acting, one = make_resident(), make_resident(full_name="林代"), make_resident()
    member(group, one)
    name(old)
    assert code_of(lambda: name(acting, "acting")) == "no_reason"
    name(acting, "acting", reason="周领队住院")
    assert parts(group) == {"leader": old.pk, "acting": acting.pk}
    assert heard("new_leader") == {one.pk}
    texts = Notice.objects.filter(kind="happy_square.new_leader", data__reason="周领队住院")
    assert not texts.filter(channel="sms").exists()
    name(make_resident())
    assert "acting" not in parts(group), "a new leader ends the acting one"


def test_a_child_leads_nothing(
    name: Callable[..., Leadership], make_resident: Callable[..., Resident]
) -> None:
    young = make_resident(birth_date=date(2010, 1, 1))
    assert code_of(lambda: name(young)) == "too_young"


def test_a_hand_over_takes_both_sides_yes(
    group: Group,
    name: Callable[..., Leadership],
    make_user: Callable[..., User],
    stranger: User,
    now: datetime,
) -> None:
    old, new, other = make_user(), make_user(), make_user()
    name(old.resident)
    for user in (new, other):
        member(group, user.resident)
    assert set(leaders.successors(group.pk)) == {new.resident, other.resident}
    leading.offer(group=group, successor=other.resident, by=old, now=now)
    leading.offer(group=group, successor=new.resident, by=old, now=now)
    assert parts(group) == {"leader": old.resident.pk}, "nothing changes before the yes"
    for user in (other, stranger, old):
        answers = {"group": group, "by": user, "now": now}
        assert code_of(lambda answers=answers: leading.accept(**answers)) == "not_yours"
    leading.accept(group=group, by=new, now=now)
    assert parts(group) == {"leader": new.resident.pk}
    states = HandOver.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "accepted"]


def test_whoever_says_no_leaves_all_as_it_was(
    group: Group, name: Callable[..., Leadership], make_user: Callable[..., User], now: datetime
) -> None:
    old, new = make_user(), make_user()
    name(old.resident)
    leading.offer(group=group, successor=new.resident, by=old, now=now)
    leading.decline(group=group, by=new, now=now)
    assert parts(group) == {"leader": old.resident.pk}
    assert heard("hand_over_declined") == {old.resident.pk}
    assert code_of(lambda: leading.accept(group=group, by=new, now=now)) == "not_yours"


def test_the_closed_account_of_the_last_leader_leaves_the_group_without_a_hand(
    group: Group, name: Callable[..., Leadership], make_user: Callable[..., User], now: datetime
) -> None:
    make_group(standing="ended", standing_reason="散了")
    assert list(leaders.without_a_hand()) == [group]
    leader, deputy, keeper = make_user(), make_user(), make_user(is_superuser=True)
    name(leader.resident)
    name(deputy.resident, "deputy")
    close_account(user=leader, by=keeper, now=now)
    assert not leaders.without_a_hand(), "the deputy is there"
    close_account(user=deputy, by=keeper, now=now)
    assert list(leaders.without_a_hand()) == [group]
    name(Resident.objects.create(full_name="纸上人"), reason="")
    assert not leaders.without_a_hand(), "staff act for whoever never had an account"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"part": "leader"}, "one_of_each_part_leads_a_group"),
        ({"part": "chief"}, "part_is_known"),
        ({"part": "acting", "reason": ""}, "acting_leader_is_named_for_a_reason"),
        ({"part": "deputy", "ended_at": date(2026, 1, 1)}, "leadership_ends_after_it_began"),
    ],
)
def test_what_the_database_refuses_of_leaders(
    group: Group,
    make_resident: Callable[..., Resident],
    fields: dict[str, object],
    constraint: str,
    now: datetime,
) -> None:
    lead(group, make_resident())
    if "ended_at" in fields:
        fields = fields | {"ended_at": now - timedelta(days=1)}
    with refused_by(constraint):
        lead(group, make_resident(), **fields)


def test_nobody_leads_a_group_twice_and_one_offer_stands_at_a_time(
    group: Group, make_resident: Callable[..., Resident], now: datetime
) -> None:
    one = make_resident()
    lead(group, one)
    with refused_by("one_part_of_a_person_in_a_group"):
        lead(group, one, "deputy")
    offer = {"group": group, "successor": one, "offered_at": now}
    HandOver.objects.create(**offer)
    with refused_by("one_open_hand_over_of_a_group"):
        HandOver.objects.create(**offer)
    with refused_by("answer_to_a_hand_over_has_a_time"):
        HandOver.objects.update(state="accepted")


def test_an_offer_goes_with_whoever_led_the_group(
    group: Group, name: Callable[..., Leadership], make_user: Callable[..., User], now: datetime
) -> None:
    """Nobody takes the group from a leader whom staff have named since."""
    old, new, named = make_user(), make_user(), make_user()
    name(old.resident)
    leading.offer(group=group, successor=new.resident, by=old, now=now)
    name(named.resident)
    assert code_of(lambda: leading.accept(group=group, by=new, now=now)) == "not_yours"
    leading.offer(group=group, successor=new.resident, by=named, now=now)
    own = Leadership.objects.get(resident=named.resident)
    leading.end_leadership(leadership=own, by=named, now=now)
    assert code_of(lambda: leading.accept(group=group, by=new, now=now)) == "not_yours"
    assert parts(group) == {}
