"""Groups, members and meet-ups in lists: by the same actions as on the pages."""

from datetime import date, timedelta

import pytest

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import SignUp
from diedie_edu.lists.kinds import list_kind
from diedie_edu.people.models import Resident
from happy_square.models import Group, Leadership, MeetUp, Membership
from tests.conftest import NOW
from tests.support.children import consented
from tests.support.groups import (
    TODAY,
    happy_square,
    make_group,
    make_kind,
    meet_up,
    member,
    weekly,
)

MEMBERS = ["队伍", "姓名", "联系电话", "入队日期"]
GROUPS = ["队伍名称", "类别", "人数上限", "备案", "备案编号", "备案日期", "领队", "领队电话"]
MEET_UPS = ["场次编号", "访客人数", "活动记录"]
carried_out = pytest.mark.django_db(transaction=True)
checked_only = pytest.mark.django_db


@pytest.fixture
def group(db: None) -> Group:
    return make_group(title="榕树舞蹈队")


@pytest.fixture
def chen(make_resident) -> Resident:
    return make_resident(full_name="陈建城", phone="13812345678")


def words_of(job) -> str:
    return " ".join(str(fault) for fault in job.faults)


@carried_out
def test_members_come_in_with_the_day_since_when_they_belong(loaded, group, chen) -> None:
    loaded(MEMBERS, ["榕树舞蹈队", "陈建城", "13812345678", "2019-05-01"], kind="members")
    row = Membership.objects.get()
    assert (row.resident, row.since) == (chen, date(2019, 5, 1))
    assert row.sign_up.status == SignUp.Status.SEATED


@carried_out
def test_the_day_of_a_member_is_put_right(loaded, group, chen) -> None:
    member(group, chen)
    loaded(MEMBERS, ["榕树舞蹈队", "陈建城", "138****5678", "2018-03-02"], kind="members")
    assert Membership.objects.get().since == date(2018, 3, 2)


@checked_only
@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["没有的队", "陈建城", "", ""], "no group of this name"),
        (["榕树舞蹈队", "陈建城", "", str(TODAY + timedelta(days=1))], "lies ahead"),
        (["榕树舞蹈队", "林小满", "", ""], "register"),
    ],
)
def test_members_that_cannot_be_are_faults(checked, group, chen, row, words) -> None:
    job = checked(MEMBERS, row, kind="members")
    assert (job.status, job.faults_total) == ("faulty", 1)
    assert words in words_of(job)


@checked_only
def test_a_child_comes_in_by_no_list_and_goes_out_by_none(
    checked, group, make_resident, staff_user
) -> None:
    child = consented(make_resident(full_name="方小满", birth_date=date(2017, 4, 12)))
    job = checked(MEMBERS, ["榕树舞蹈队", child.full_name, "", ""], kind="members")
    assert job.status == "faulty"
    assert not list_kind("members").rows(staff_user, TODAY).exists()


@checked_only
def test_a_list_that_goes_out_covers_phones(group, chen, staff_user) -> None:
    member(group, chen)
    kind = list_kind("members")
    columns, _rows = kind.exported(staff_user, TODAY)
    assert kind.rows_of(staff_user, TODAY, group.pk).count() == 1
    assert kind.rows_of(staff_user, TODAY, 0) is None
    assert len(columns) == 6


@checked_only
@pytest.mark.parametrize(
    ("role", "scope", "is_open"),
    [
        (Role.STAFF, "", True),
        (Role.PROGRAMME_LEAD, "happy-square", True),
        (Role.PROGRAMME_LEAD, "residents-school", False),
        (Role.GROUP_LEADER, "", False),
    ],
)
@pytest.mark.parametrize("slug", ["groups", "members", "meetups"])
def test_whom_lists_are_open_to(make_user, slug, role, scope, is_open) -> None:
    assert list_kind(slug).is_open_to(make_user(role, scope=scope)) == is_open


@carried_out
def test_a_new_group_comes_in_with_its_leader(loaded, chen) -> None:
    happy_square()
    make_kind("太极")
    row = ["晨光太极队", "太极", 30, "已备案", "备 7 号", "2026-05-01", "陈建城", "13812345678"]
    loaded(GROUPS, row, kind="groups")
    made = Group.objects.get()
    assert (made.title, made.filing, made.capacity) == ("晨光太极队", "filed", 30)
    assert Leadership.objects.get().resident == chen


@carried_out
def test_what_is_kept_of_a_group_is_changed_by_its_name(loaded, group) -> None:
    row = ["榕树舞蹈队", "", 25, "备案中", "", "", "", ""]
    job = loaded(GROUPS, row, kind="groups")
    group.refresh_from_db()
    assert (job.rows_changed, group.capacity, group.filing) == (1, 25, "under_way")


@checked_only
@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["新队", "", 20, "", "", "", "陈建城", ""], "needs this"),
        (["新队", "舞蹈", 20, "", "", "", "", ""], "needs this"),
        (["新队", "跳伞", 20, "", "", "", "陈建城", ""], "no such kind"),
        (["榕树舞蹈队", "", "", "已备案", "", "", "", ""], "what_is_filed"),
    ],
)
def test_groups_that_cannot_be_are_faults(checked, group, chen, row, words) -> None:
    job = checked(GROUPS, row, kind="groups")
    assert job.status == "faulty"
    assert words in words_of(job)


@checked_only
def test_groups_go_out_in_few_queries(group, staff_user, django_assert_num_queries) -> None:
    weekly(group)
    make_group()
    with django_assert_num_queries(4):
        _columns, rows = list_kind("groups").exported(staff_user, TODAY)
        assert len(list(rows)) == 2


@carried_out
def test_guests_and_notes_of_a_sheet_are_typed_in(loaded, group) -> None:
    occasion = meet_up(group, TODAY - timedelta(days=1))
    loaded(MEET_UPS, [occasion.pk, 4, "学了新舞"], kind="meetups")
    row = MeetUp.objects.get()
    assert (row.guests, row.note, row.counted_at is not None) == (4, "学了新舞", True)


@checked_only
def test_a_meet_up_long_ago_is_counted_no_more(checked, group) -> None:
    occasion = meet_up(group, TODAY - timedelta(days=60))
    job = checked(MEET_UPS, [occasion.pk, 4, ""], kind="meetups")
    assert job.status == "faulty"
    unknown = checked(MEET_UPS, [0, 4, ""], kind="meetups")
    assert "No meet-up has this number" in words_of(unknown)


@checked_only
def test_meet_ups_go_out_with_who_came(group, staff_user) -> None:
    meet_up(group, NOW.date())
    kind = list_kind("meetups")
    assert [row.came for row in kind.rows(staff_user, TODAY)] == [0]
    assert kind.rows_of(staff_user, TODAY, 0) is None
