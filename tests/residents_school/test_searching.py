"""A speaker who had agreed cannot come: the duty is free, staff hear, others are asked."""

import pytest
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.common.links import token
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Skill, Volunteer
from diedie_edu.volunteering import messages as volunteering
from diedie_edu.volunteering.actions.leaving import cannot_come
from diedie_edu.volunteering.models import Duty
from residents_school import messages
from residents_school.actions.invitations import accept_invitation, invite_speaker
from residents_school.models import Invitation, Lecture
from tests.conftest import NOW
from tests.support.duties import make_volunteer
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lecture(make_lecture) -> Lecture:
    return make_lecture()


@pytest.fixture
def speaker(make_user) -> Volunteer:
    user = make_user(Role.RESIDENT, Role.VOLUNTEER)
    return Volunteer.objects.create(resident=user.resident, kinds=["expert"])


@pytest.fixture
def agreed(lecture, speaker, staff_user) -> Invitation:
    about = {"lecture": lecture, "volunteer": speaker, "note": "", "by": staff_user, "now": NOW}
    return accept_invitation(invitation=invite_speaker(**about), now=NOW)


@pytest.fixture
def others(topic) -> list[Volunteer]:
    """Five who know the topic, and one who does not."""
    found = [make_volunteer(f"老师{number}") for number in range(5)]
    Skill.objects.bulk_create(Skill(volunteer=one, topic=topic) for one in found)
    make_volunteer("外行")
    return found


def page_of(invitation: Invitation) -> str:
    return reverse("residents_school:invitation", args=[token("invitation", invitation.pk)])


def test_by_the_link_of_the_invitation(agreed, others, client, staff_user, lecture):
    page = page_of(agreed)
    assert "cannot_come" in client.get(page).text
    client.post(page, {"answer": "cannot_come", "word": "家里有事"})
    agreed.refresh_from_db()
    assert (agreed.state, agreed.word) == ("declined", "家里有事")
    assert not Duty.objects.exists()
    asked = Invitation.objects.filter(state="invited", invited_by=None)
    assert {row.volunteer for row in asked} == set(others[:3])
    told = Notice.objects.filter(kind=volunteering.CANNOT_COME.code)
    assert {row.data["asked"] for row in told} == {"3"}


def test_by_the_own_page_and_only_ones_own(agreed, speaker, as_user, stranger):
    duty = Duty.objects.get()
    page = reverse("volunteering:cannot_come", args=[duty.pk])
    assert as_user(stranger).get(page).status_code == 404
    own = as_user(speaker.resident.account)
    assert page in own.get("/me/").text
    own.post(page, {"word": ""})
    assert not Duty.objects.exists()


def test_first_yes_ends_the_search(agreed, others, lecture):
    cannot_come(duty=Duty.objects.get(), word="", by=None, now=NOW)
    first, second, third = Invitation.objects.filter(state="invited").order_by("pk")
    accept_invitation(invitation=second, now=NOW)
    states = [Invitation.objects.get(pk=row.pk).state for row in (first, second, third)]
    assert states == ["withdrawn", "accepted", "withdrawn"]
    told = Notice.objects.filter(kind=messages.INVITATION_WITHDRAWN.code)
    assert {row.recipient_id for row in told} == {
        first.volunteer.resident_id,
        third.volunteer.resident_id,
    }


def test_twice_is_harmless_and_nobody_is_asked_twice(agreed, others):
    duty = Duty.objects.get()
    assert cannot_come(duty=duty, word="", by=None, now=NOW) == 3
    assert cannot_come(duty=duty, word="", by=None, now=NOW) == 0
    assert Invitation.objects.filter(state="invited").count() == 3


def test_what_has_begun_is_no_longer_given_back(agreed, lecture):
    duty, begun = Duty.objects.get(), lecture.occasions.get().starts_at
    late = lambda: cannot_come(duty=duty, word="", by=None, now=begun)  # noqa: E731
    assert code_of(late) == "begun"
