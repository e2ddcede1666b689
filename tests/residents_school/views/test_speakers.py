"""Inviting from the lecture's page, and what staff see of the answers."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.people.models import Volunteer
from residents_school.actions import invitations
from residents_school.models import Invitation, Lecture
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.duties import make_volunteer, on_duty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lecture(make_lecture: Callable[..., Lecture]) -> Lecture:
    return make_lecture()


@pytest.fixture
def url(lecture: Lecture) -> str:
    return reverse("residents_school:lecture_speakers", args=[lecture.pk])


def invite(staff: Client, url: str, volunteer: Volunteer, **more: str) -> None:
    answer = staff.post(url, {"volunteer": volunteer.pk} | more)
    assert answer.status_code == 302


def test_staff_invite_with_a_word(staff: Client, url: str) -> None:
    invite(staff, url, make_volunteer("王大厨"), note=" 盼您来！ ")
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.note) == ("invited", "盼您来！")
    assert "还没有答复" in staff.get(url).content.decode()


def test_somebody_booked_then_is_not_offered(
    staff: Client, url: str, make_lecture: Callable[..., Lecture]
) -> None:
    busy = make_volunteer()
    on_duty(make_lecture().occasion, busy)
    page = staff.post(url, {"volunteer": busy.pk, "note": "请来"})
    assert page.context["form"].errors["volunteer"]
    assert "请来" in page.content.decode()
    assert not Invitation.objects.exists()


def test_a_refusal_is_shown_and_nothing_is_lost(staff: Client, url: str, lecture: Lecture) -> None:
    for _speaker in range(2):
        on_duty(lecture.occasion, make_volunteer())
    page = staff.post(url, {"volunteer": make_volunteer().pk, "note": "请来"})
    assert page.context["form"].non_field_errors()
    assert "请来" in page.content.decode()


def test_answers_and_days_are_seen(staff: Client, url: str) -> None:
    for name in ("王大厨", "李大夫"):
        invite(staff, url, make_volunteer(name))
    first, second = Invitation.objects.order_by("pk")
    invitations.decline_invitation(invitation=first, word="那天要复诊", now=NOW)
    invitations.propose_other_date(invitation=second, days=[date(2026, 12, 5)], word="", now=NOW)
    page = staff.get(url).content.decode()
    assert all(word in page for word in ("那天要复诊", "2026年12月5日", "婉拒"))


def test_an_open_invitation_is_withdrawn(staff: Client, url: str, lecture: Lecture) -> None:
    invite(staff, url, make_volunteer())
    invitation = Invitation.objects.get()
    back = reverse("residents_school:invitation_withdraw", args=[lecture.pk, invitation.pk])
    assert staff.post(back).headers["Location"] == url
    invitation.refresh_from_db()
    assert invitation.state == "withdrawn"


def test_an_invitation_is_withdrawn_from_its_own_lecture_alone(
    staff: Client, url: str, make_lecture: Callable[..., Lecture]
) -> None:
    invite(staff, url, make_volunteer())
    other = [make_lecture().pk, Invitation.objects.get().pk]
    back = reverse("residents_school:invitation_withdraw", args=other)
    assert staff.post(back).status_code == 404


def test_the_page_takes_a_constant_number_of_queries(
    staff: Client, url: str, lecture: Lecture
) -> None:
    def one_more() -> int:
        invite(staff, url, make_volunteer())
        make_volunteer()
        staff.get(url)  # the message that it is done is read
        return queries_of(staff, url)

    assert one_more() == one_more() == one_more()


def test_the_desk_leads_to_what_waits(staff: Client, url: str, clock: object) -> None:
    invite(staff, url, make_volunteer())
    Invitation.objects.update(invited_at=NOW.replace(day=19))
    page = staff.get(reverse("portal:desk")).content.decode()
    assert url in page
