"""The enterprise's own page, the worker's own page, and enterprises at the desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from diedie_edu.accounts.models import User
from diedie_edu.common.links import token
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from edu_base.actions import enterprises, nominations
from edu_base.models import Allotment, Application, Enterprise, Intake, Nomination
from tests.conftest import NOW
from tests.support.dream import (
    CONTACT,
    credit_code,
    make_allotment,
    make_enterprise,
    nominate,
    say_yes,
    text_in_force,
)
from tests.support.education import make_intake, make_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)
PHONE = "13612345678"
REASON = "连续两年优秀员工，带出三名徒弟。"
SENT = {"full_name": "黄学勤", "phone": PHONE, "reason": REASON}


@pytest.fixture
def intake(db: None) -> Intake:
    text_in_force()
    return make_intake(make_year("dream", target=25, places=13), title_zh="圆梦大专班")


@pytest.fixture
def allotment(intake: Intake, staff_user: User) -> Allotment:
    made = make_allotment(staff_user, 2)
    until = NOW.date() + 9 * DAY
    return enterprises.send_link(allotment=made, until=until, by=staff_user, now=NOW)


@pytest.fixture
def office(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def own_page(allotment: Allotment) -> str:
    named = token("nominating", allotment.pk, allotment.link_number)
    return reverse("edu_base:nominating", args=[named])


def workers_page(nomination: Nomination) -> str:
    return reverse("edu_base:nominated", args=[token("nominated", nomination.pk)])


# --- The enterprise --------------------------------------------------------------------


def test_the_message_leads_to_the_page(allotment: Allotment) -> None:
    assert render(Notice.objects.get(), "zh-hans").path == own_page(allotment)


def test_an_enterprise_nominates_without_signing_in(client: Client, allotment: Allotment) -> None:
    assert client.post(own_page(allotment), SENT).status_code == 302
    shown = client.get(own_page(allotment)).content.decode()
    assert "黄学勤" in shown
    assert "未确认" in shown
    assert "还可以推荐 1 人" in shown
    told = Notice.objects.get(kind="edu_base.nominated")
    assert told.address == PHONE
    assert render(told, "zh-hans").path == workers_page(Nomination.objects.get())


def test_the_contacts_own_number_is_refused_beside_its_field(
    client: Client, allotment: Allotment
) -> None:
    answer = client.post(own_page(allotment), SENT | {"phone": CONTACT})
    assert answer.context["form"].errors.as_data()["phone"][0].code == "number_of_contact"
    assert not Nomination.objects.exists()


def test_a_link_ends_and_tells_nothing_more(
    client: Client, allotment: Allotment, staff_user: User, clock: object
) -> None:
    nominate(allotment, "黄学勤", PHONE)
    old = own_page(allotment)
    again = {"until": NOW.date() + DAY, "by": staff_user, "now": NOW}
    renewed = enterprises.send_link(allotment=allotment, **again)
    assert "黄学勤" not in client.get(old).content.decode()
    assert "链接已失效" in client.get(old).content.decode()
    assert "黄学勤" in client.get(own_page(renewed)).content.decode()
    clock.move_to(NOW + 2 * DAY)  # type: ignore[attr-defined]
    assert "黄学勤" not in client.get(own_page(renewed)).content.decode()
    assert client.post(own_page(renewed), SENT | {"phone": "13699999999"}).status_code == 200
    assert Nomination.objects.count() == 1


def test_a_forged_link_is_a_missing_page(client: Client, allotment: Allotment) -> None:
    assert client.get(own_page(allotment)[:-5] + "0000/").status_code == 404
    other = token("nominated", allotment.pk, allotment.link_number)
    assert client.get(reverse("edu_base:nominating", args=[other])).status_code == 404


def test_two_of_one_name_are_told_apart_by_the_end_of_their_phones(allotment, client):
    nominate(allotment, "冼小英", "13612345678")
    assert "尾号" not in client.get(own_page(allotment)).text
    nominate(allotment, "冼小英", "13612340000")

    said = client.get(own_page(allotment)).text

    assert "冼小英 · 尾号5678" in said
    assert "冼小英 · 尾号0000" in said


def test_after_the_day_the_page_shows_how_it_stands_and_takes_nobody(
    client: Client, allotment: Allotment
) -> None:
    nominate(allotment, "黄学勤", PHONE)
    enterprises.end_nominating(year=allotment.scheme_year, on=NOW.date() - DAY)
    shown = client.get(own_page(allotment)).content.decode()
    assert "今年的推荐时间已过" in shown
    assert "黄学勤" in shown
    answer = client.post(own_page(allotment), SENT | {"phone": "13699999999"})
    assert answer.context["form"].non_field_errors().as_data()[0].code == "over"


@pytest.mark.parametrize(("do", "ending"), [("take_back", "taken_back"), ("left", "left")])
def test_it_takes_back_or_says_who_left(
    do: str, ending: str, client: Client, allotment: Allotment
) -> None:
    row = nominate(allotment)
    client.post(own_page(allotment), {"nomination": row.pk, do: "1"})
    row.refresh_from_db()
    assert row.ending == ending


def test_nobody_elses_worker_is_touched(
    client: Client, allotment: Allotment, staff_user: User
) -> None:
    other = nominate(make_allotment(staff_user, 1))
    sent = {"nomination": other.pk, "take_back": "1"}
    assert client.post(own_page(allotment), sent).status_code == 404


def test_it_never_sees_what_is_the_workers_own(
    client: Client, allotment: Allotment, intake: Intake
) -> None:
    row = nominate(allotment, "黄学勤", PHONE)
    own = say_yes(row, intake)
    Application.objects.filter(pk=own.pk).update(score="97.125", school="红星中学")
    shown = client.get(own_page(allotment)).content.decode()
    assert "已确认" in shown
    assert not [word for word in ("97.125", "红星中学", REASON, PHONE) if word in shown]


# --- The worker ------------------------------------------------------------------------


def test_the_worker_says_yes_and_has_a_draft(
    client: Client, allotment: Allotment, intake: Intake
) -> None:
    page = workers_page(nominate(allotment, "黄学勤", PHONE))
    shown = client.get(page).content.decode()
    assert REASON in shown
    assert not Application.objects.exists(), "opening it changes nothing"
    client.post(page, {"yes": "1", "intake": intake.pk})
    assert not Application.objects.exists(), "without the consent nothing is made"
    client.post(page, {"yes": "1", "intake": intake.pk, "agrees": "on"})
    assert Application.objects.get().person.full_name == "黄学勤"
    assert "您的申请已建立" in client.get(page).content.decode()


def test_the_worker_says_no(client: Client, allotment: Allotment) -> None:
    row = nominate(allotment, "黄学勤", PHONE)
    client.post(workers_page(row), {"no": "1"})
    row.refresh_from_db()
    assert row.ending == "declined"
    assert "不久会被删除" in client.get(workers_page(row)).content.decode()
    shown = client.get(own_page(allotment)).content.decode()
    assert "不参加" in shown


def test_after_the_class_has_closed_the_page_says_whom_to_ask(
    client: Client, allotment: Allotment, clock: object
) -> None:
    row = nominate(allotment)
    clock.move_to(NOW + 30 * DAY)  # type: ignore[attr-defined]
    assert "答复时间已过" in client.get(workers_page(row)).content.decode()


def test_it_reads_in_english_too(client: Client, allotment: Allotment) -> None:
    page = workers_page(nominate(allotment))
    with override("en"):
        shown = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert "Yes, I want to apply" in shown


# --- Staff -----------------------------------------------------------------------------


def test_staff_enter_an_enterprise_and_give_it_places(office: Client, intake: Intake) -> None:
    told = {"title": "叠二电器厂", "credit_code": "91110000600037341L", "contact": "王经理"}
    wrong = told | {"credit_code": "911100006000373410"}
    answer = office.post(reverse("edu_base:enterprise_new"), wrong)
    assert answer.context["form"].errors.as_data()["credit_code"][0].code == "credit_code_wrong"
    answer = office.post(reverse("edu_base:enterprise_new"), told | {"phone": "137 0000 0001"})
    made = Enterprise.objects.get()
    assert answer.url == reverse("edu_base:enterprise", args=[made.pk])
    answer = office.post(answer.url, {"places": 26})
    assert answer.context["form"].errors.as_data()["places"][0].code == "over_target"
    office.post(reverse("edu_base:enterprise", args=[made.pk]), {"places": 5})
    assert made.allotments.get().places == 5


def test_staff_send_the_link_and_nominate_on_its_behalf(
    office: Client, allotment: Allotment
) -> None:
    until = NOW.date() + 20 * DAY
    office.post(reverse("edu_base:nominating_send", args=[allotment.pk]), {"until": until})
    allotment.refresh_from_db()
    assert (allotment.link_number, allotment.link_ends_on) == (2, until)
    office.post(reverse("edu_base:nominate", args=[allotment.pk]), SENT)
    assert Nomination.objects.get().nominated_by is not None


def test_staff_ask_whoever_left(office: Client, allotment: Allotment, intake: Intake) -> None:
    row = nominate(allotment, "黄学勤", PHONE)
    say_yes(row, intake)
    nominations.note_left(nomination=row, by=None, now=NOW)
    assert "黄学勤" in office.get(reverse("edu_base:enterprises")).content.decode()
    assert "1 位已确认的员工" in office.get(reverse("edu_base:desk")).content.decode()
    office.post(reverse("edu_base:nomination_end", args=[row.pk]), {"do": "goes_on"})
    row.refresh_from_db()
    assert row.left_on is None


def test_a_second_window_that_is_old_changes_nothing(office: Client, allotment: Allotment) -> None:
    page = reverse("edu_base:enterprise", args=[allotment.enterprise_id])
    opened = office.get(page).context["form"]["opened"].value()
    Allotment.objects.filter(pk=allotment.pk).update(places=7)
    office.post(page, {"places": 1, "opened": opened})
    allotment.refresh_from_db()
    assert allotment.places == 7


def test_the_list_asks_the_same_for_many(
    office: Client,
    allotment: Allotment,
    staff_user: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(8):
        make_allotment(staff_user, 1)
    make_enterprise(f"没有名额的厂{credit_code()}")
    office.get(reverse("edu_base:enterprises"))
    with django_assert_max_num_queries(16):
        office.get(reverse("edu_base:enterprises"))
