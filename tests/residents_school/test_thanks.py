"""Whoever gave a lecture is thanked, once, and their hours are confirmed with one tap."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty
from residents_school.actions import thanks
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.duties import on_duty
from tests.support.sent_forms import form_on, opened

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=7)


@pytest.fixture
def speaker(resident_user: User) -> Volunteer:
    return Volunteer.objects.create(resident=resident_user.resident, kinds=["expert"])


@pytest.fixture
def lecture(make_lecture: Callable[..., Lecture]) -> Lecture:
    """Saturday 9:30–11:00."""
    return make_lecture(title="家常菜")


def thanked(now: datetime) -> list[int]:
    thanks.thank_speakers(now)
    rows = Notice.objects.filter(kind="residents_school.thanks", channel="inbox")
    return list(rows.values_list("recipient_id", flat=True))


def test_a_speaker_is_thanked_once_after_the_end(lecture: Lecture, speaker: Volunteer) -> None:
    on_duty(lecture.occasion, speaker)
    ends_at = lecture.occasion.ends_at
    assert thanked(ends_at - timedelta(seconds=1)) == []
    assert thanked(ends_at) == [speaker.resident_id]
    assert thanked(ends_at + timedelta(hours=5)) == [speaker.resident_id]


def test_a_late_tick_still_thanks_and_a_very_late_one_does_not(
    lecture: Lecture, speaker: Volunteer
) -> None:
    on_duty(lecture.occasion, speaker)
    assert thanked(lecture.occasion.ends_at + timedelta(days=7)) == []
    assert thanked(lecture.occasion.ends_at + timedelta(days=6)) == [speaker.resident_id]


def test_what_did_not_take_place_thanks_nobody(
    lecture: Lecture, make_lecture: Callable[..., Lecture], speaker: Volunteer, staff_user: User
) -> None:
    on_duty(lecture.occasion, speaker)
    schedule.call_off(activity=lecture, reason="台风", by=staff_user, now=NOW)
    on_duty(make_lecture(state="draft").occasion, speaker)
    assert thanked(AFTER - timedelta(days=1)) == []


def test_helpers_and_free_slots_are_not_thanked_as_speakers(
    lecture: Lecture, speaker: Volunteer
) -> None:
    on_duty(lecture.occasion, speaker, "helper")
    on_duty(lecture.occasion, None)
    assert thanked(AFTER - timedelta(days=1)) == []


# --- Hours, with one tap ---------------------------------------------------------------


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def page_of(lecture: Lecture, name: str = "lecture_speakers") -> str:
    return reverse(f"residents_school:{name}", args=[lecture.pk])


def test_staff_confirm_the_filled_in_hours(
    staff: Client, lecture: Lecture, speaker: Volunteer, staff_user: User
) -> None:
    duty = on_duty(lecture.occasion, speaker)
    with time_machine.travel(AFTER, tick=False):
        form = form_on(staff, page_of(lecture))
        assert form.shown() == {f"minutes-{duty.pk}": ["90"]}
        assert form.send(staff).url == page_of(lecture)
    duty.refresh_from_db()
    assert (duty.served_minutes, duty.confirmed_by) == (90, staff_user)


def test_before_the_end_there_is_no_form_and_sending_one_says_why(
    staff: Client, lecture: Lecture, speaker: Volunteer
) -> None:
    duty = on_duty(lecture.occasion, speaker)
    with time_machine.travel(NOW, tick=False):
        assert staff.get(page_of(lecture)).context["hours"] is None
        sent = {f"minutes-{duty.pk}": 90}
        page = staff.post(page_of(lecture, "lecture_hours"), sent)
    assert page.context["hours"].non_field_errors()
    assert not Duty.objects.exclude(confirmed_at=None).exists()


def test_a_wrong_number_stands_beside_its_field(
    staff: Client, lecture: Lecture, speaker: Volunteer
) -> None:
    name = f"minutes-{on_duty(lecture.occasion, speaker).pk}"
    with time_machine.travel(AFTER, tick=False):
        page = staff.post(page_of(lecture, "lecture_hours"), {name: "5000"})
    assert page.context["hours"].errors[name]
    assert 'value="5000"' in page.text


def test_the_desk_names_it_and_the_speaker_sees_the_hours(
    staff: Client, lecture: Lecture, speaker: Volunteer, as_user: Callable[[User], Client]
) -> None:
    duty = on_duty(lecture.occasion, speaker)
    with time_machine.travel(AFTER, tick=False):
        asked = [row.url for row in staff.get(reverse("portal:desk")).context["problems"]]
        assert reverse("volunteering:hours") in asked
        sent = {f"minutes-{duty.pk}": 75} | opened(staff, page_of(lecture))
        staff.post(page_of(lecture, "lecture_hours"), sent)
        left = [row.url for row in staff.get(reverse("portal:desk")).context["problems"]]
        assert reverse("volunteering:hours") not in left
        mine = as_user(speaker.resident.account).get(reverse("portal:my_page"))
    assert "1 小时 15 分钟" in mine.text
