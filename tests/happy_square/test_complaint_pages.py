"""Complaining without signing in, and the page on which staff see to it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from diedie_edu.accounts.models import User
from happy_square.models import Complaint, Finding, Group
from happy_square.queries.guidance_desk import problems
from tests.conftest import NOW
from tests.support.groups import lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AsUser = Callable[[User], Client]
COMPLAIN = "/square/complaints/"
WORDS = "昨晚九点半还在放音乐。"


@pytest.fixture
def office(as_user: AsUser, staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def form(group: Group) -> dict[str, object]:
    about = {"about": "noise", "group": group.pk, "words": WORDS, "phone": "138 1234 5678"}
    return about | {"sheet": str(uuid4())}


@pytest.fixture
def complaint(client: Client, form: dict) -> Complaint:
    client.post(COMPLAIN, form)
    return Complaint.objects.get()


def staff_page(complaint: Complaint) -> str:
    return reverse("happy_square:complaint", args=[complaint.pk])


def test_a_visitor_complains_and_may_look_again(client: Client, form: dict) -> None:
    answer = client.post(COMPLAIN, form)
    row = Complaint.objects.get()
    assert (row.words, row.phone, row.language) == (WORDS, "13812345678", "zh-hans")
    shown = client.get(answer.url).content.decode()
    assert "谢谢，已经收到" in shown
    assert WORDS not in shown, "the address may be passed on"
    assert client.get(answer.url[:-5] + "0000/").status_code == 404


def test_sending_it_twice_leads_to_the_same_page(client: Client, form: dict) -> None:
    assert client.post(COMPLAIN, form).url == client.post(COMPLAIN, form).url
    assert Complaint.objects.count() == 1


def test_the_groups_page_names_it(client: Client, group: Group) -> None:
    shown = client.get(reverse("happy_square:group", args=[group.pk])).content.decode()
    assert f"{COMPLAIN}?group={group.pk}" in shown
    form = client.get(f"{COMPLAIN}?group={group.pk}").context["form"]
    assert form["group"].value() == str(group.pk)


def test_too_many_are_refused_in_words(client: Client, form: dict, settings: Settings) -> None:
    settings.COMPLAINTS_PER_HOUR = 0
    answer = client.post(COMPLAIN, form)
    assert answer.context["form"].non_field_errors().as_data()[0].code == "too_many"
    assert answer.context["form"]["words"].value() == WORDS, "what was typed stays"


def test_staff_make_a_finding_of_it(office: Client, complaint: Complaint, group: Group) -> None:
    proposed = office.get(staff_page(complaint)).context["forms"]["finding"]
    due_on = proposed["due_on"].field.choices[0][0]
    assert proposed["point"].field.choices[0][0] == "noise"
    sent = {"what": "finding", "f-point": "noise", "f-what": "音响太大", "f-due_on": due_on}
    assert office.post(staff_page(complaint), sent).status_code == 302
    finding = Finding.objects.get()
    assert (finding.group, finding.what) == (group, "音响太大")
    assert office.get(staff_page(complaint)).context["forms"] == {}


def test_staff_add_it_to_what_is_open(
    office: Client, complaint: Complaint, finding: Finding
) -> None:
    sent = {"what": "join", "j-finding": finding.pk}
    assert office.post(staff_page(complaint), sent).status_code == 302
    complaint.refresh_from_db()
    assert complaint.finding == finding


def test_staff_say_why_nothing_follows(
    client: Client, office: Client, complaint: Complaint, form: dict
) -> None:
    sent = {"what": "settle", "s-result": "nothing_found", "s-answer": "去看过，八点半就散了。"}
    assert office.post(staff_page(complaint), sent).status_code == 302
    complaint.refresh_from_db()
    assert (complaint.result, complaint.phone) == ("nothing_found", "")
    shown = client.get(client.post(COMPLAIN, form).url).content.decode()
    assert "去看过，八点半就散了。" in shown


def test_whoever_leads_the_group_finds_nothing(
    office: Client, complaint: Complaint, group: Group, staff_user: User
) -> None:
    assert len(list(problems(staff_user, NOW))) == 1
    lead(group, staff_user.resident, part="deputy")
    assert office.get(staff_page(complaint)).status_code == 404
    assert list(problems(staff_user, NOW)) == []
    listed = office.get(reverse("happy_square:complaint_list") + "?which=all")
    assert list(listed.context["page"]) == []


def test_the_leader_sees_nothing_of_who_wrote(
    office: Client, as_user: AsUser, leader: User, complaint: Complaint, group: Group
) -> None:
    due_on = (
        office.get(staff_page(complaint)).context["forms"]["finding"]["due_on"].field.choices[0][0]
    )
    sent = {"what": "finding", "f-point": "noise", "f-what": "音响太大", "f-due_on": due_on}
    office.post(staff_page(complaint), sent)
    page = as_user(leader).get(reverse("happy_square:group_findings", args=[group.pk]))
    shown = page.content.decode()
    assert "音响太大" in shown
    assert not [word for word in (WORDS, "13812345678", "投诉") if word in shown]
