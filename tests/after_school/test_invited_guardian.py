"""The second guardian is a person who agreed under the own account, not a typed name."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from after_school.actions import collecting, invitations
from after_school.actions.custody import end_right
from after_school.actions.invitations import (
    accept_invitation,
    decline_invitation,
    take_back_invitation,
)
from after_school.models import Collector, GuardianInvitation, GuardianRight
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.links import token
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Guardianship
from tests.conftest import NOW
from tests.support.guardians import invited, second_guardian
from tests.support.races import meanwhile
from tests.support.refusals import check_at_once, code_of, guard_that_stops
from tests.support.signed_links import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)


@pytest.fixture
def father(make_user):
    return make_user(Role.RESIDENT, display_name="陈建")


@pytest.fixture
def asked(child, father, mother) -> GuardianInvitation:
    return invited(child, father, mother)


def page_of(asked: GuardianInvitation) -> str:
    number = token("guardian_invitation", asked.pk)
    return reverse("after_school:guardian_invitation", args=[number])


def theirs(father) -> list[bool]:
    own = father.resident
    rows = (Guardianship, GuardianRight, Collector)
    return [model.objects.filter(guardian=own).exists() for model in rows]


# --- Asked -----------------------------------------------------------------------------


def test_nothing_is_theirs_before_they_agree_and_a_link_opened_changes_nothing(
    asked, child, father, as_user
):
    client = as_user(father)
    assert "陈小宝" in client.get(page_of(asked)).text
    assert theirs(father) == [False] * 3
    assert client.get(reverse("after_school:child", args=[child.pk])).status_code == 404
    notice = Notice.objects.get(kind="after_school.guardian_invited", channel="inbox")
    assert notice.recipient == father.resident
    assert plain(render(notice, "zh-hans").path) == plain(page_of(asked))


def test_whoever_agrees_sees_and_collects_and_the_first_is_told(
    asked, child, father, mother, as_user
):
    client = as_user(father)
    client.post(page_of(asked), {"yes": "1"})
    check_at_once()
    assert theirs(father) == [True] * 3
    right = GuardianRight.objects.get(place=2)
    assert (right.decides, right.is_seen) == (True, False)
    assert client.get(reverse("after_school:child", args=[child.pk])).status_code == 200
    told = Notice.objects.filter(kind="after_school.guardian_agreed")
    assert {row.recipient for row in told} == {mother.resident}
    client.post(page_of(asked), {"yes": "1"})
    assert GuardianRight.objects.filter(place=2).count() == 1


def test_a_no_changes_nothing_and_the_first_is_told(asked, father, mother, as_user):
    as_user(father).post(page_of(asked), {"no": "1"})
    assert theirs(father) == [False] * 3
    assert Notice.objects.filter(kind="after_school.guardian_declined").exists()
    accept = lambda: accept_invitation(invitation=asked, by=father, now=NOW)  # noqa: E731
    assert code_of(accept) == "over"
    decline_invitation(invitation=asked, by=father, now=NOW)


def test_the_link_is_nobody_elses(asked, stranger, mother, as_user, client):
    assert as_user(stranger).get(page_of(asked)).status_code == 404
    assert as_user(stranger).post(page_of(asked), {"yes": "1"}).status_code == 404
    forged = reverse("after_school:guardian_invitation", args=[f"{asked.pk}-{'0' * 24}"])
    assert as_user(mother).get(forged).status_code == 404
    with pytest.raises(GuardianInvitation.DoesNotExist):
        accept_invitation(invitation=asked, by=stranger, now=NOW)
    assert not GuardianRight.objects.filter(place=2).exists()


def test_without_signing_in_it_leads_to_the_sign_in(asked, client):
    assert client.get(page_of(asked)).status_code == 302
    assert client.post(page_of(asked), {"yes": "1"}).status_code == 302
    assert not GuardianRight.objects.filter(place=2).exists()


# --- No more ---------------------------------------------------------------------------


def test_it_expires(asked, father, settings):
    late = NOW + settings.SCHOOL_INVITATION_DAYS * DAY
    accept = lambda: accept_invitation(invitation=asked, by=father, now=late)  # noqa: E731
    assert code_of(accept) == "over"


def test_it_holds_while_the_first_guardian_is_first_and_not_barred(asked, child, father, mother):
    accept = lambda: accept_invitation(invitation=asked, by=father, now=NOW)  # noqa: E731
    barred = {"barred_at": NOW, "barred_by": mother, "barred_reason": "法院裁定"}
    child.collectors.update(**barred)
    assert code_of(accept) == "over"
    child.collectors.update(
        barred_at=None,
        barred_by=None,
        barred_reason="",
        lifted_at=NOW,
        lifted_by=mother,
        lifted_reason="和好",
    )
    assert accept().place == 2


def test_whoever_is_barred_meanwhile_does_not_get_in(asked, child, father, mother):
    new = collecting.NewCollector("陈建", "13900001111", "邻居", NOW.date())
    row = collecting.name_collector(child=child, new=new, by=mother, now=NOW)
    collecting.bar_collector(collector=row, reason="骚扰孩子", by=mother, now=NOW)
    accept = lambda: accept_invitation(invitation=asked, by=father, now=NOW)  # noqa: E731
    assert code_of(accept) == "barred"
    assert theirs(father) == [False] * 3


def test_the_first_takes_it_back_and_a_newer_one_takes_its_place(
    asked, child, father, mother, stranger, as_user
):
    as_user(mother).post(reverse("after_school:guardian_uninvite", args=[child.pk, asked.pk]))
    asked.refresh_from_db()
    assert asked.answer == "taken_back"
    second, third = invited(child, father, mother), invited(child, stranger, mother)
    second.refresh_from_db()
    assert (second.answer, third.answered_at) == ("taken_back", None)
    assert code_of(lambda: invited(child, father, mother)) == "often"
    take_back = lambda: take_back_invitation(invitation=third, by=stranger, now=NOW)  # noqa: E731
    assert code_of(take_back) == "not_first"


def test_a_yes_of_before_brings_back_no_right_that_was_taken(
    asked, child, father, staff_user, as_user
):
    right = accept_invitation(invitation=asked, by=father, now=NOW)
    end_right(right=right, reason="法院判决", by=staff_user, now=NOW)
    answer = as_user(father).post(page_of(asked), {"yes": "1"}, follow=True)
    assert answer.status_code in {200, 404}
    assert not GuardianRight.objects.filter(child=child, guardian=father.resident).exists()


def test_the_page_says_who_is_asked(asked, child, mother, as_user):
    page = reverse("after_school:guardians", args=[child.pk])
    assert "陈建" in as_user(mother).get(page).text


def test_the_form_asks(child, mother, father, as_user):
    page = reverse("after_school:guardians", args=[child.pk])
    told = {"full_name": "陈建", "phone": father.phone, "relation": "father"}
    as_user(mother).post(page, told)
    assert GuardianInvitation.objects.get().invited == father.resident
    assert not GuardianRight.objects.filter(place=2).exists()


# --- In the database -------------------------------------------------------------------


def test_no_statement_makes_a_second_guardian_who_has_not_agreed(asked, child, father):
    Guardianship.objects.create(child=child, guardian=father.resident, relation="father")

    def enter() -> None:
        GuardianRight.objects.create(child=child, guardian=father.resident, place=2)
        check_at_once()

    assert guard_that_stops(enter) == "a_second_guardian_has_agreed"


def test_no_statement_agrees_for_somebody(asked, mother, father):
    rows = GuardianInvitation.objects
    yes = {"answer": "accepted", "answered_at": NOW}
    for_them = lambda: rows.update(**yes, answered_by=mother)  # noqa: E731
    assert guard_that_stops(for_them) == "whoever_is_invited_agrees_themselves"
    late = yes | {"answered_at": NOW + 99 * DAY, "answered_by": father}
    in_time = "guardian_invitation_is_accepted_in_time"
    assert guard_that_stops(lambda: rows.update(**late)) == in_time


def test_an_invitation_is_open_once_expires_and_is_answered_by_somebody(asked, mother):
    rows = GuardianInvitation.objects
    again = lambda: rows.create(  # noqa: E731
        child=asked.child,
        invited=mother.resident,
        relation="mother",
        sees_notes=True,
        decides=True,
        invited_by=mother,
        invited_at=NOW,
        expires_at=NOW + DAY,
    )
    assert guard_that_stops(again) == "one_guardian_is_invited"
    never = lambda: rows.update(expires_at=NOW)  # noqa: E731
    assert guard_that_stops(never) == "guardian_invitation_expires"
    nobody = lambda: rows.update(answer="declined", answered_at=NOW)  # noqa: E731
    assert guard_that_stops(nobody) == "guardian_invitation_is_answered_by_somebody"


def test_whoever_has_agreed_is_a_guardian_for_the_database_too(child, father, mother):
    second_guardian(child, father, mother)
    check_at_once()


# --- At once ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_who_agrees_while_it_is_taken_back_is_told_so(asked, child, father, mother):
    with transaction.atomic():
        take_back_invitation(invitation=asked, by=mother, now=NOW)
        agreeing = meanwhile(
            lambda: code_of(lambda: accept_invitation(invitation=asked, by=father, now=NOW))
        )
    assert agreeing.result() == "over"
    assert not GuardianRight.objects.filter(place=2).exists()


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_child_both_count(asked, child, father, mother, monkeypatch):
    """The control: what was taken back is agreed to all the same."""
    monkeypatch.setattr(invitations, "_lock", lambda found, _by: found)
    with transaction.atomic():
        take_back_invitation(invitation=asked, by=mother, now=NOW)
        stale = GuardianInvitation.objects.select_related("child", "invited").get(pk=asked.pk)
        stale.answer, stale.answered_at = "", None
        agreeing = meanwhile(lambda: accept_invitation(invitation=stale, by=father, now=NOW))
    assert agreeing.result().place == 2
