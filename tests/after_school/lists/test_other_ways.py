"""The doors and lists for every programme are no way into the 4:30 school."""

import pytest
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.lists.sign_ups import SIGN_UPS_LIST
from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.door.lists import ATTENDANCE_LIST
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent
from tests.after_school.conftest import TODAY
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def wang(make_resident):
    return make_resident(full_name="王洪斌", phone="13912345678")


def test_nobody_is_signed_up_for_a_term_by_a_list_of_sign_ups(checked, term, session, wang):
    job = checked(["活动编号", "姓名", "联系电话"], [term.pk, "王洪斌", ""], kind="signups")

    assert "No activity of yours" in job.faults[0]["message"]
    assert not SignUp.objects.exists()


def test_nobody_comes_to_an_afternoon_by_a_list_of_attendance(checked, session, wang):
    header = ["场次编号", "姓名", "联系电话", "到场"]

    job = checked(header, [Occasion.objects.first().pk, "王洪斌", "", "是"], kind="attendance")

    assert "No occasion of yours" in job.faults[0]["message"]
    assert not Attendance.objects.exists()


def test_pupils_are_in_no_list_of_sign_ups(term, session, enrol_child, make_child, staff_user):
    enrol_child(make_child(birth_date=TODAY.replace(year=2010)))

    assert list(SIGN_UPS_LIST.exported(staff_user, TODAY)[1]) == []
    assert list(ATTENDANCE_LIST.exported(staff_user, TODAY)[1]) == []
    assert SIGN_UPS_LIST.exported_of(staff_user, TODAY, term.pk) is None
    assert ATTENDANCE_LIST.exported_of(staff_user, TODAY, term.pk) is None


def test_no_shared_page_of_staff_signs_anybody_up(as_user, staff_user, term, session, wang):
    desk = as_user(staff_user)
    sent = {"resident": wang.pk}

    for name, pk in (
        *(("activities:sign_somebody_up", term.pk), ("activities:find_person", term.pk)),
        *(("door:walk_in", Occasion.objects.first().pk),),
        *(("door:arrived", Occasion.objects.first().pk),),
    ):
        assert desk.post(reverse(name, args=[pk]), sent).status_code == 404
    assert desk.get(reverse("activities:people", args=[term.pk])).status_code == 404
    assert not SignUp.objects.exists()


def test_no_resident_takes_a_childs_place(as_user, make_user, term, session):
    browser = as_user(make_user(Role.RESIDENT))

    assert browser.post(reverse("activities:sign_up", args=[term.pk])).status_code == 404
    assert not SignUp.objects.exists()


def test_a_child_whose_consent_has_ended_comes_in_by_no_list(
    checked, session, enrolment, mother, staff_user
):
    consents.end_consent(consent=Consent.objects.get(), ending="paper", by=staff_user, now=NOW)
    header = ["日期", "孩子姓名", "监护人电话", "到校时间"]
    row = [f"{TODAY}", enrolment.child.full_name, mother.phone, "09:30"]

    job = checked(header, row, kind="afternoons")

    assert "No child of that day" in job.faults[0]["message"]
