"""The desk's pages on whole records: entered twice, one person, gone, parted, undone."""

from datetime import timedelta

import pytest

from diedie_edu.activities.actions.seats import sign_up
from diedie_edu.people.models import ChildAccess, Household, RecordChange, Resident
from tests.conftest import NOW
from tests.support.children import NINE, consented

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WHY = {"reason": "本人到窗口说明"}


@pytest.fixture
def staff(as_user, staff_user):
    return as_user(staff_user)


@pytest.fixture
def twice(make_resident):
    named = {"full_name": "陈建城", "phone": "13812345678"}
    return make_resident(**named), make_resident(**named, birth_date="1958-03-21")


def at(person: Resident, page: str) -> str:
    return f"/desk/people/{person.pk}/{page}/"


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_who_is_entered_twice_is_compared_and_merged(staff, twice, make_lecture):
    kept, gone = twice
    sign_up(activity=make_lecture(), resident=gone, by=None, now=NOW)
    assert "电话相同" in text_of(staff.get("/desk/people/doubles/"))
    page = text_of(staff.get(at(kept, f"merge/{gone.pk}")))
    assert "1958年3月21日" in page
    assert "报名记录" in page
    assert Resident.objects.filter(pk=gone.pk).exists(), "looking changes nothing"
    done = staff.post(at(kept, f"merge/{gone.pk}"), WHY, follow=True)
    assert "还可以撤销" in text_of(done)
    assert kept.sign_ups.count() == 1
    assert "没有重复登记" in text_of(staff.get("/desk/people/doubles/"))


def test_two_people_are_not_proposed_again(staff, twice):
    kept, gone = twice
    staff.post(at(gone, f"not/{kept.pk}"))
    assert "没有重复登记" in text_of(staff.get("/desk/people/doubles/"))
    assert RecordChange.objects.get().kind == "different"


def test_the_other_record_is_looked_up(staff, twice, make_resident):
    kept, gone = twice
    third = make_resident(full_name="陈建成")
    page = text_of(staff.post(at(kept, "merge"), {"words": "陈建"}))
    assert f"/merge/{third.pk}/" in page
    assert f"/merge/{gone.pk}/" in page


def test_a_refusal_says_what_to_see_to(staff, make_resident):
    child = consented(make_resident(birth_date=NINE))
    guardian = child.guardians.get().guardian
    page = text_of(staff.get(at(guardian, f"merge/{child.pk}")))
    assert "是两个人" in page
    assert "合并为一份" not in page
    assert ChildAccess.objects.filter(child_number=child.pk).exists()


def test_undone_on_its_page(staff, twice, make_lecture):
    kept, gone = twice
    staff.post(at(kept, f"merge/{gone.pk}"), WHY)
    sign_up(activity=make_lecture(), resident=kept, by=None, now=NOW)
    undo = f"/desk/people/changes/{RecordChange.objects.get().pk}/undo/"
    page = text_of(staff.get(undo))
    assert "报名记录" in page
    assert text_of(staff.post(undo, {"reason": ""}))
    assert "恢复原样" in text_of(staff.post(undo, WHY, follow=True))
    assert Resident.objects.filter(pk=gone.pk).exists()
    assert "已经撤销过了" in text_of(staff.get(undo))


def test_gone_first_shows_what_ends(staff, make_resident, make_lecture):
    person = make_resident()
    lecture = make_lecture()
    sign_up(activity=lecture, resident=person, by=None, now=NOW)
    told = {"departure": "died", "day": "2026-11-20", **WHY}
    assert lecture.title in text_of(staff.post(at(person, "gone"), told | {"preview": "1"}))
    person.refresh_from_db()
    assert not person.is_gone
    assert "去世" in text_of(staff.post(at(person, "gone"), told, follow=True))
    assert "是登记错了吗" in text_of(staff.get(at(person, "back")))
    staff.post(at(person, "back"), WHY)
    person.refresh_from_db()
    assert not person.is_gone
    ahead = (NOW + timedelta(days=2)).date()
    page = text_of(staff.post(at(person, "gone"), told | {"day": ahead, "preview": "1"}))
    assert "还没到" in page


def test_some_of_a_household_move_out(staff, make_resident):
    home = Household.objects.create(label="12-3-501")
    stays, leaves = (make_resident(household=home) for _ in range(2))
    told = {"members": [leaves.pk], "label": "7-1-201", **WHY}
    page = text_of(staff.post(at(leaves, "split"), told | {"preview": "1"}))
    assert (stays.full_name in page, "7-1-201" in page) == (True, True)
    staff.post(at(leaves, "split"), told)
    leaves.refresh_from_db()
    assert leaves.household.label == "7-1-201"
    page = text_of(staff.post(at(stays, "split"), told | {"members": [stays.pk]}))
    assert "全家" in page
