"""Custody changes at five in the afternoon: by a paper that staff have seen, in one step."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from after_school.actions import (
    collecting,
    consenting,
    custody,
    deciding,
    guardians,
    handing_over,
    passes,
)
from after_school.actions.custody import Custody, NewGuardian
from after_school.actions.deciding import OnBehalf
from after_school.models import Collector, FamilyEvent, GuardianRight
from after_school.queries.collecting import who_collects
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions.consents import Agreement
from diedie_edu.people.models import Consent, Resident
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.children import consent_text, give_consent, seen
from tests.support.guardians import second_guardian
from tests.support.races import meanwhile
from tests.support.refusals import check_at_once, code_of
from tests.support.sent_forms import form_on

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
GRANDMOTHER = NewGuardian("王桂兰", "13900005555", "grandparent")
BROTHER = collecting.NewCollector("陈大伯", "13900007777", "伯伯", TODAY)


@pytest.fixture
def father(child, mother, make_user) -> User:
    """The second guardian, who decides too and has consented."""
    user = make_user(Role.RESIDENT, display_name="陈建")
    second_guardian(child, user, mother)
    give_consent(child, user.resident)
    check_at_once()
    GuardianRight.objects.filter(guardian=user.resident).update(**seen())
    return user


def right_of(user: User) -> GuardianRight:
    return GuardianRight.objects.get(guardian=user.resident)


@pytest.fixture
def change(child, staff_user) -> Callable[..., None]:
    """By a ruling that lies in the cupboard."""

    def change(**told: object) -> None:
        told = {"paper_reference": "3 号柜 9", "reason": "法院裁定", "leaving": []} | told
        made = Custody(**told)
        custody.change_custody(child=child, custody=made, by=staff_user, now=LATER)
        check_at_once()

    return change


def the_father_goes(change, mother, father) -> None:
    change(leaving=[right_of(father)], first=right_of(mother))


# --- Who goes --------------------------------------------------------------------------


def test_whoever_goes_collects_and_decides_no_more(change, child, presence, mother, father):
    collector = collecting.name_collector(child=child, new=BROTHER, by=father, now=NOW)
    day_pass, _code = passes.make_pass(
        child=child, term=presence.term, day=TODAY, full_name="老同学", phone="", by=father, now=NOW
    )
    walk = passes.permit_walking_home(
        child=child, valid_from=TODAY, valid_until=TODAY, by=father, now=NOW
    )
    the_father_goes(change, mother, father)

    assert [right.guardian for right in child.guardian_rights.all()] == [mother.resident]
    for row in (day_pass, walk, collector):
        row.refresh_from_db()
    assert (day_pass.taken_back_at, walk.taken_back_at, collector.ended_at) == (LATER,) * 3
    who = who_collects(child, TODAY, LATER)
    assert [row.full_name for row in who.may] == [mother.display_name]
    assert [row.full_name for row in who.barred] == ["陈建"]
    take = lambda: handing_over.hand_over(  # noqa: E731
        **of(presence), collector=who.barred[0], how="known", by=mother, now=LATER
    )
    assert code_of(take) == "barred"


def test_those_who_remain_are_told_and_it_is_in_the_log(change, child, mother, father, staff_user):
    the_father_goes(change, mother, father)
    told = Notice.objects.filter(kind="after_school.custody_changed")
    assert set(told.values_list("recipient", flat=True)) == {mother.resident.pk}
    event = FamilyEvent.objects.get()
    assert (event.child, event.what, event.by, event.at) == (child, "custody", staff_user, LATER)
    assert (event.paper_reference, event.reason) == ("3 号柜 9", "法院裁定")


def test_what_staff_wrote_for_whoever_goes_ends_too(change, child, mother, father, staff_user):
    asked = OnBehalf(staff_user, father.resident, "来电")
    collector = collecting.name_collector(child=child, new=BROTHER, by=asked, now=NOW)
    for_mother = OnBehalf(staff_user, mother.resident, "来电")
    neighbour = collecting.NewCollector("王阿姨", "13900001111", "邻居", TODAY)
    before = NOW - timedelta(minutes=1)
    kept = collecting.name_collector(child=child, new=neighbour, by=for_mother, now=before)
    the_father_goes(change, mother, father)
    for row in (collector, kept):
        row.refresh_from_db()
    assert (collector.ended_at, kept.ended_at) == (LATER, None)


def test_the_first_goes_and_the_second_is_first(change, mother, father):
    change(leaving=[right_of(mother)], first=right_of(father))
    right = GuardianRight.objects.get()
    assert (right.guardian, right.place, right.decides) == (father.resident, 1, True)
    assert Consent.objects.get(ended_at=None).guardian == father.resident


def test_both_stay_and_change_places(change, mother, father):
    change(first=right_of(father))
    assert (right_of(father).place, right_of(mother).place) == (1, 2)
    assert not right_of(mother).decides
    assert not Collector.objects.filter(barred_at__isnull=False).exists()


def test_both_go_and_somebody_new_consents_on_the_paper(change, child, mother, father):
    paper = Agreement(consent_text(), Consent.Way.PAPER, "3 号柜 9")
    both = [right_of(mother), right_of(father)]
    change(leaving=both, first=None, new=GRANDMOTHER, agreement=paper)
    right = GuardianRight.objects.get()
    assert (right.guardian.full_name, right.place) == ("王桂兰", 1)
    assert Consent.objects.get(ended_at=None).guardian == right.guardian
    child.refresh_from_db()
    assert not child.is_locked


def test_without_a_signature_the_consent_of_whoever_went_holds_until_one_is_given(
    change, child, mother, father
):
    both = [right_of(mother), right_of(father)]
    change(leaving=both, first=None, new=GRANDMOTHER)
    assert Consent.objects.filter(ended_at=None).count() == 2
    grandmother = GuardianRight.objects.get().guardian
    text = Agreement(consent_text(), Consent.Way.PAPER, "3 号柜 10")
    by = mother  # whose account types it in is all the same here
    consenting.agree(child=child, guardian=grandmother, agreement=text, by=by, now=LATER)
    assert Consent.objects.get(ended_at=None).guardian == grandmother


# --- What is refused -------------------------------------------------------------------


def refusals(change, mother, father, stranger) -> dict[str, Callable[[], None]]:
    goes, first = right_of(father), right_of(mother)
    known = NewGuardian(mother.display_name, mother.phone, "mother")
    return {
        "nobody": lambda: change(leaving=[first, goes], first=None),
        "first_goes": lambda: change(leaving=[goes], first=goes),
        "known": lambda: change(leaving=[goes], first=first, new=known),
        "two": lambda: change(first=first, new=GRANDMOTHER),
    }


@pytest.mark.parametrize("code", ["nobody", "first_goes", "known", "two"])
def test_what_cannot_be_leaves_no_trace(code, change, child, mother, father, stranger):
    before = list(child.guardian_rights.values()), list(child.collectors.values())
    people = Resident.objects.count()
    assert code_of(refusals(change, mother, father, stranger)[code]) == code
    assert before == (list(child.guardian_rights.values()), list(child.collectors.values()))
    assert (Resident.objects.count(), FamilyEvent.objects.count()) == (people, 0)


def test_a_barred_guardian_is_not_made_the_first(change, child, mother, father):
    row = child.collectors.get(guardian=father.resident)
    collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)
    assert code_of(lambda: change(first=right_of(father))) == "barred"


# --- The page --------------------------------------------------------------------------


@pytest.fixture
def page(child, enrolment, clock) -> str:
    return reverse("after_school:custody_change", args=[child.pk])


def test_staff_change_it_on_the_record(page, child, mother, father, as_user, staff_user):
    client = as_user(staff_user)
    assert page in client.get(reverse("after_school:record", args=[child.pk])).text
    told = {
        "paper_reference": ["3 号柜 9"],
        "reason": ["法院裁定"],
        "leaving": [f"{right_of(father).pk}"],
        "first": [f"{right_of(mother).pk}"],
    }
    form = form_on(client, page, "paper_reference").typing(told)
    assert form.send(client).status_code == 302
    assert GuardianRight.objects.get().guardian == mother.resident


def test_a_page_of_before_changes_nothing(page, mother, father, as_user, staff_user):
    client = as_user(staff_user)
    told = {
        "paper_reference": ["3 号柜 9"],
        "reason": ["法院裁定"],
        "first": [f"{right_of(father).pk}"],
    }
    form = form_on(client, page, "paper_reference").typing(told)
    guardians.change_right(right=right_of(father), sees_notes=True, decides=False, by=mother)
    assert form.send(client).status_code == 200
    assert right_of(mother).place == 1


def test_a_new_guardian_is_seen(page, mother, as_user, staff_user):
    client = as_user(staff_user)
    told = {
        "paper_reference": ["3 号柜 9"],
        "reason": ["法院裁定"],
        "full_name": ["王桂兰"],
        "first": [f"{right_of(mother).pk}"],
    }
    answer = form_on(client, page, "paper_reference").typing(told).send(client)
    assert set(answer.context["form"].errors) == {"phone", "is_seen"}


# --- At the same moment ----------------------------------------------------------------


def named_meanwhile(change, child, mother, father) -> str | None:
    """The father names his brother while the change is not yet written for good."""
    name = lambda: collecting.name_collector(child=child, new=BROTHER, by=father, now=LATER)  # noqa: E731
    with transaction.atomic():
        the_father_goes(change, mother, father)
        named = meanwhile(lambda: code_of(name))
    return named.result()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_given_in_the_moment_of_the_change(change, child, mother, father):
    assert named_meanwhile(change, child, mother, father) == "decides_not"
    assert not child.collectors.filter(full_name="陈大伯").exists()


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_be(change, child, mother, father, monkeypatch):
    read = lambda number: Resident.objects.get(pk=number)  # noqa: E731
    monkeypatch.setattr(deciding, "lock_child_row", read)
    assert named_meanwhile(change, child, mother, father) is None
    assert child.collectors.filter(full_name="陈大伯", ended_at=None).exists()
