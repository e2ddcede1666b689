"""What was called off before it was announced: residents see nothing of it, anywhere."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule
from diedie_edu.people.models import Volunteer
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.calendar.actions import renew_feed
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.duties import on_duty
from tests.support.refusals import code_of
from tests.support.seats import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PUBLIC = [
    "/",
    "/lectures/",
    "/lectures/?q=山歌",
    "/programmes/residents-school/",
    "/programmes/residents-school/calendar.ics",
    "/needs/",
    "/calendar/2026/11/",
    "/calendar/week/2026/11/28/",
    "/calendar/poster/2026/11/28/",
]


@pytest.fixture
def called_off(make_lecture: Callable[..., Lecture], staff_user: User) -> Callable[[str], Lecture]:
    def make(state: str) -> Lecture:
        load_plan()
        lecture = make_lecture(title="学唱山歌", state=state)
        schedule.call_off(activity=lecture, reason="台风", by=staff_user, now=NOW)
        return lecture

    return make


def pages_naming_it() -> list[str]:
    answers = {address: Client().get(address) for address in PUBLIC}
    assert {answer.status_code for answer in answers.values()} == {200}
    return [address for address, answer in answers.items() if "学唱山歌" in answer.content.decode()]


def test_no_public_page_names_it(called_off: Callable[[str], Lecture]) -> None:
    called_off("draft")
    assert pages_naming_it() == []


def test_what_was_announced_is_still_named(called_off: Callable[[str], Lecture]) -> None:
    called_off("published")
    assert {"/lectures/", "/calendar/2026/11/"} <= set(pages_naming_it())


def test_nobody_can_sign_up_for_it(
    called_off: Callable[[str], Lecture], resident_user: User
) -> None:
    lecture = called_off("draft")
    lecture.refresh_from_db()
    assert code_of(lambda: enter(lecture, resident_user.resident)) == "called_off"


def test_its_speaker_is_led_to_their_own_page_and_not_their_feed(
    called_off: Callable[[str], Lecture],
    make_lecture: Callable[..., Lecture],
    as_user: Callable[[User], Client],
    resident_user: User,
    staff_user: User,
) -> None:
    lecture = make_lecture(title="学唱山歌", state="draft")
    speaker = Volunteer.objects.create(resident=resident_user.resident, kinds=["expert"])
    on_duty(lecture.occasion, speaker)
    schedule.call_off(activity=lecture, reason="台风", by=staff_user, now=NOW)
    page = as_user(resident_user).get(reverse("portal:activity", args=[lecture.pk]), follow=True)
    assert page.redirect_chain == [
        (reverse("residents_school:own_lecture", args=[lecture.pk]), 302)
    ]
    assert "台风" in page.text
    feed = Client().get(f"/calendar/feeds/{renew_feed(by=resident_user, now=NOW)}.ics")
    assert "学唱山歌" not in feed.content.decode()
