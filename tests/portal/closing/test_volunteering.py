"""Wanting to serve, keeping what is said of oneself, and stopping."""

import pytest
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.decisions.models import Request, State
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import PersonEvent, Volunteer
from diedie_edu.volunteering import messages
from diedie_edu.volunteering.models import Duty
from tests.decisions.conftest import decide
from tests.support.duties import on_duty
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE, LEAVE = "/me/volunteering/", "/me/volunteering/leave/"


@pytest.fixture
def wish(topic) -> dict[str, object]:
    return {
        "kinds": ["expert", "community"],
        "topics": [topic.pk],
        "free_times": ["sun_pm"],
        "introduction": "教过三十年书法",
    }


@pytest.fixture
def teacher(make_user) -> Volunteer:
    user = make_user(Role.RESIDENT, Role.VOLUNTEER)
    return Volunteer.objects.create(resident=user.resident, kinds=["expert"])


def test_a_wish_that_is_approved_makes_the_volunteer(
    resident_user, as_user, staff_user, wish, topic
):
    answer = as_user(resident_user).post(PAGE, wish)
    request = Request.objects.get(kind="volunteering")
    assert answer.url == reverse("decisions:own", args=[request.pk])
    page = as_user(staff_user).get(reverse("decisions:one", args=[request.pk]))
    assert "教过三十年书法" in page.text
    assert topic.title in page.text
    assert not Volunteer.objects.exists()
    decide(request, State.APPROVED, staff_user)
    made = Volunteer.objects.get()
    assert (made.resident, made.is_active) == (resident_user.resident, True)
    assert (made.kinds, made.free_times) == (["expert", "community"], ["sun_pm"])
    assert list(made.topics.all()) == [topic]
    assert resident_user.role_grants.filter(role=Role.VOLUNTEER).exists()


def test_sent_again_while_it_waits_it_replaces_what_was_sent(resident_user, as_user, wish):
    client = as_user(resident_user)
    client.post(PAGE, wish)
    client.post(PAGE, wish | {"introduction": "会修收音机"})
    assert Request.objects.count() == 1
    assert "会修收音机" in client.get(PAGE).text


def test_volunteers_keep_topics_and_introduction_which_stands_with_the_lecture(
    teacher, as_user, topic, make_lecture, client
):
    own = as_user(teacher.resident.account)
    told = {"topics": [topic.pk], "free_times": ["sat_am"], "introduction": "退休医生"}
    assert own.post(PAGE, told | opened(own, PAGE)).status_code == 302
    teacher.refresh_from_db()
    assert list(teacher.topics.all()) == [topic]
    lecture = make_lecture()
    on_duty(lecture.occasions.get(), teacher)
    page = client.get(reverse("residents_school:lecture_detail", args=[lecture.pk]))
    assert "退休医生" in page.text
    own.post(PAGE, {"topics": []} | opened(own, PAGE))
    assert not teacher.topics.exists()


def test_whoever_stops_is_freed_of_what_lies_ahead_and_staff_hear(
    teacher, as_user, staff_user, make_lecture
):
    lecture = make_lecture()
    on_duty(lecture.occasions.get(), teacher)
    own = as_user(teacher.resident.account)
    assert lecture.title in own.get(LEAVE).text
    own.post(LEAVE)
    teacher.refresh_from_db()
    assert not teacher.is_active
    assert not Duty.objects.exists()
    assert not teacher.resident.account.role_grants.filter(role=Role.VOLUNTEER).exists()
    heard = Notice.objects.filter(account=staff_user) | staff_user.resident.notices.all()
    assert heard.filter(kind=messages.LEFT.code).exists()
    assert heard.filter(kind=messages.CANNOT_COME.code).exists()
    assert PersonEvent.objects.get(kind="left").by == teacher.resident.account
    assert own.get(LEAVE).status_code == 404


def test_staff_take_somebody_off_the_list_for_a_reason_and_the_person_hears(
    teacher, as_user, staff_user
):
    page = reverse("portal:person_leave_service", args=[teacher.resident_id])
    staff = as_user(staff_user)
    assert staff.post(page, {"reason": ""}).status_code == 200
    staff.post(page, {"reason": "搬走了"})
    teacher.refresh_from_db()
    assert not teacher.is_active
    assert teacher.resident.notices.filter(kind=messages.SERVES_NO_MORE.code).exists()
    assert PersonEvent.objects.get(kind="left").reason == "搬走了"
