"""The one page on which hours of every programme are confirmed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.programmes.models import Programme
from diedie_edu.volunteering.actions import hours
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.duties import make_volunteer, on_duty
from tests.support.owners import give_account
from tests.support.sent_forms import form_on, opened
from tests.support.two_browsers import shown_again

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afterwards")]
AFTER = NOW + timedelta(days=7)
PAGE = "/desk/hours/"


@pytest.fixture
def afterwards() -> object:
    """A week on, when Saturday's lectures are over."""
    with time_machine.travel(AFTER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def duty(make_lecture: Callable[..., Lecture]) -> Duty:
    """Saturday 9:30–11:00; nobody signed in."""
    return on_duty(make_lecture(title="家常菜").occasion, make_volunteer("王大厨"))


@pytest.fixture
def staff(staff_user: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(staff_user)


@pytest.fixture
def square(make_lecture: Callable[..., Lecture]) -> Duty:
    """At something of another programme."""
    other = Programme.objects.create(slug="happy-square", title_zh="快乐广场", title_en="Square")
    lecture = make_lecture(title="广场舞", programme=other)
    return on_duty(lecture.occasion, make_volunteer("李舞者"), "helper")


def confirm(client: Client, duty: Duty, minutes: object, query: str = "", **more: object) -> str:
    url, name = reverse("volunteering:hours_confirm", args=[duty.pk]) + query, f"minutes-{duty.pk}"
    sent = {name: minutes} | opened(client, PAGE + query, name)
    return client.post(url, sent, follow=True, **more).text


def signed(duty: Duty, minutes: int = 80) -> Duty:
    Duty.objects.filter(pk=duty.pk).update(
        signed_in_at=duty.starts_at,
        signed_out_at=duty.starts_at + timedelta(minutes=minutes),
        served_minutes=minutes,
    )
    return duty


def test_what_waits_shows_what_where_and_the_minutes(staff: Client, duty: Duty) -> None:
    said = staff.get(PAGE).text
    assert all(word in said for word in ("王大厨", "家常菜", "09:30–11:00", 'value="90"'))
    signed(duty)
    assert 'value="80"' in staff.get(PAGE).text


def test_one_tap_confirms_and_the_row_moves_to_the_confirmed(
    staff: Client, duty: Duty, staff_user: User
) -> None:
    assert "王大厨" in confirm(staff, duty, 75)
    duty.refresh_from_db()
    assert (duty.served_minutes, duty.confirmed_by) == (75, staff_user)
    assert "王大厨" not in staff.get(PAGE).text
    assert 'value="75"' in staff.get(f"{PAGE}?when=confirmed").text


def test_a_wrong_number_stands_beside_its_field(staff: Client, duty: Duty) -> None:
    said = confirm(staff, duty, 5000)
    assert 'value="5000"' in said
    assert "field-error" in said


def test_a_stale_page_says_what_was_confirmed_and_may_correct_it(staff: Client, duty: Duty) -> None:
    old = form_on(staff, PAGE, f"minutes-{duty.pk}").typing({f"minutes-{duty.pk}": ["100"]})
    confirm(staff, duty, 75)
    answer = old.send(staff)
    [row] = answer.context["form"].differences
    assert (row.now, row.own) == ("75", "100")
    assert Duty.objects.get(pk=duty.pk).served_minutes == 75
    assert shown_again(answer, f"minutes-{duty.pk}").send(staff).status_code == 302
    assert Duty.objects.get(pk=duty.pk).served_minutes == 100


def test_a_mistake_is_put_right_on_the_list_of_confirmed_ones(staff: Client, duty: Duty) -> None:
    confirm(staff, duty, 75)
    confirm(staff, duty, 90, "?when=confirmed")
    assert Duty.objects.get(pk=duty.pk).served_minutes == 90


def test_a_day_confirms_those_who_signed_in_and_out(
    staff: Client, duty: Duty, make_lecture: Callable[..., Lecture]
) -> None:
    here = signed(on_duty(make_lecture().occasion, make_volunteer("李大夫")))
    staff.post(reverse("volunteering:hours_confirm_day", args=["2026-11-28"]))
    assert list(Duty.objects.exclude(confirmed_at=None)) == [here]
    assert Duty.objects.get(pk=here.pk).served_minutes == 80


def test_ones_own_hours_have_no_button_and_are_refused(
    staff: Client, duty: Duty, staff_user: User
) -> None:
    give_account(staff_user, full_name="王大厨")
    signed(duty)
    said = staff.get(PAGE).text
    assert "请同事确认" in said
    assert reverse("volunteering:hours_confirm", args=[duty.pk]) not in said
    confirm(staff, duty, 90)
    staff.post(reverse("volunteering:hours_confirm_day", args=["2026-11-28"]))
    assert Duty.objects.get(pk=duty.pk).confirmed_at is None


def test_who_did_not_come_is_taken_out_after_a_question(staff: Client, duty: Duty) -> None:
    url = reverse("volunteering:hours_absent", args=[duty.pk])
    assert "王大厨" in staff.get(url).text
    assert Duty.objects.exists()
    staff.post(url)
    assert not Duty.objects.exists()


def test_who_signed_in_did_come(staff: Client, duty: Duty) -> None:
    url = reverse("volunteering:hours_absent", args=[duty.pk])
    signed(duty)
    assert url not in staff.get(PAGE).text
    assert staff.post(url).status_code == 404
    assert Duty.objects.exists()


def test_a_lead_sees_and_confirms_their_own_programme_alone(
    duty: Duty, square: Duty, make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> None:
    lead = as_user(make_user(Role.PROGRAMME_LEAD, scope="happy-square"))
    said = lead.get(PAGE).text
    assert "李舞者" in said
    assert "王大厨" not in said
    url = reverse("volunteering:hours_confirm", args=[duty.pk])
    assert lead.post(url, {f"minutes-{duty.pk}": 90}).status_code == 404


def test_staff_confirm_all_programmes_on_the_one_page(
    staff: Client, duty: Duty, square: Duty
) -> None:
    said = staff.get(PAGE).text
    assert "王大厨" in said
    assert "李舞者" in said


def test_the_sums_by_kind_stand_below(staff: Client, duty: Duty, staff_user: User) -> None:
    assert "专家志愿者" not in staff.get(PAGE).text
    hours.confirm_hours(served={duty.pk: 75}, by=staff_user, now=AFTER)
    (row,) = staff.get(PAGE).context["kinds"]
    assert (row.people, row.times, row.minutes) == (1, 1, 75)


@pytest.mark.parametrize("query", ["", "?when=confirmed"])
def test_the_page_costs_the_same_with_more(
    staff: Client, make_lecture: Callable[..., Lecture], staff_user: User, query: str
) -> None:
    def one_more() -> int:
        for _number in range(2):
            row = on_duty(make_lecture().occasion, make_volunteer())
        hours.confirm_hours(served={row.pk: 75}, by=staff_user, now=AFTER)
        return queries_of(staff, PAGE + query)

    assert one_more() == one_more() == one_more()
