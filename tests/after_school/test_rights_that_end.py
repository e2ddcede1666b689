"""Rights that end: whoever answers for a child no more neither collects nor decides, and somebody
is always told of it."""

import pytest
from django.urls import reverse

from after_school.actions import collecting, consenting, guardians, handing_over
from after_school.models import Collector, FamilyEvent, GuardianRight
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, Guardianship, Resident
from diedie_edu.people.queries import ids_read_by
from tests.after_school.conftest import of
from tests.conftest import NOW
from tests.support.afternoons import desk_of
from tests.support.children import consent_text, consented, give_consent
from tests.support.deleting import delete
from tests.support.guardians import second_guardian
from tests.support.merging import merged
from tests.support.refusals import check_at_once, guard_that_stops, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def father(child, mother, make_user) -> User:
    """The second guardian, who has consented too."""
    user = make_user(Role.RESIDENT, display_name="陈建")
    second_guardian(child, user, mother)
    give_consent(child, user.resident)
    check_at_once()
    return user


def withdraw(user: User) -> None:
    own = Consent.objects.get(guardian=user.resident, ended_at=None)
    consenting.withdraw(consent=own, ending="online", by=user, now=NOW)
    check_at_once()


def right_of(user: User) -> GuardianRight:
    return GuardianRight.objects.get(guardian=user.resident)


# --- The consent -----------------------------------------------------------------------


def test_while_the_other_decides_too_the_data_stay(child, mother, father):
    withdraw(mother)
    child.refresh_from_db()
    assert not child.is_locked


def test_who_does_not_decide_keeps_no_data_that_the_other_lets_go(child, mother, father):
    guardians.change_right(right=right_of(father), sees_notes=True, decides=False, by=mother)
    withdraw(mother)
    child.refresh_from_db()
    assert child.is_locked
    assert Consent.objects.get(guardian=father.resident).ending == Consent.Ending.RIGHT_ENDED


def test_with_the_right_of_a_removed_guardian_the_consent_ends(child, mother, father):
    guardians.remove_guardian(right=right_of(father), by=mother, now=NOW)
    ended = Consent.objects.get(guardian=father.resident)
    assert (ended.ending, ended.ended_by) == (Consent.Ending.RIGHT_ENDED, mother)
    child.refresh_from_db()
    assert not child.is_locked


def test_what_only_the_removed_guardian_gave_holds_until_the_other_says_yes_or_no(
    child, mother, father
):
    Consent.objects.filter(guardian=mother.resident).update(ended_at=NOW, ending="online")
    guardians.remove_guardian(right=right_of(father), by=mother, now=NOW)
    last = Consent.objects.get(guardian=father.resident)
    assert not last.is_ended
    text = consents.Agreement(consent_text())
    given = {"child": child, "guardian": mother.resident, "agreement": text}
    consenting.agree(**given, by=mother, now=NOW)
    last.refresh_from_db()
    assert last.is_ended
    check_at_once()


def test_no_statement_opens_a_child_by_the_consent_of_one_who_does_not_decide(
    child, mother, father
):
    guardians.change_right(right=right_of(father), sees_notes=True, decides=False, by=mother)
    withdraw(mother)

    def open_again() -> None:
        give_consent(child, father.resident)
        Resident.objects.filter(pk=child.pk).update(erase_due_on=None)

    assert guard_that_stops(open_again) == "a_locked_child_is_opened_by_who_decides"


def test_a_removed_guardian_reads_no_messages_of_the_child(child, mother, father):
    read = Resident.objects.filter(pk__in=ids_read_by(father), full_name=child.full_name)
    assert read.exists()
    guardians.remove_guardian(right=right_of(father), by=mother, now=NOW)
    check_at_once()
    assert not read.exists()


def test_who_was_a_guardian_collects_again_when_the_bar_is_lifted(child, presence, mother, father):
    guardians.remove_guardian(right=right_of(father), by=mother, now=NOW)
    row = child.collectors.get(guardian=father.resident)
    collecting.lift_bar(collector=row, reason="已经和好", by=mother, now=NOW)
    row.refresh_from_db()
    assert row.guardian is None
    handing_over.hand_over(**of(presence), collector=row, how="document", by=mother, now=NOW)
    check_at_once()


# --- The bond and the right ------------------------------------------------------------


def test_no_statement_ends_a_right_and_leaves_its_guardian_collecting(child, mother, father):
    taken = lambda: run("DELETE FROM after_school_guardianright WHERE place = 2")  # noqa: E731
    assert guard_that_stops(taken) == "whoever_answers_no_more_collects_no_more"


def test_no_statement_leaves_a_child_without_anybody_to_be_told(child, mother, father):
    Collector.objects.update(ended_at=NOW)
    check_at_once()
    taken = lambda: run("DELETE FROM after_school_guardianright WHERE place = 1")  # noqa: E731
    assert guard_that_stops(taken) == "a_child_keeps_somebody_to_be_told"


def test_a_guardian_of_two_rows_is_merged_into_one(child, mother, make_resident):
    kept = make_resident()
    check_at_once()
    consented(make_resident(full_name="林小满"), kept)
    merged(mother.resident, kept)
    check_at_once()
    assert GuardianRight.objects.get(child=child).guardian == kept


@pytest.mark.usefixtures("clock")
def test_the_admin_site_takes_out_no_bond_that_a_right_rests_on(child, mother, as_user, staff_user):
    bond = Guardianship.objects.get(child=child)
    page = reverse("admin:people_guardianship_delete", args=[bond.pk])
    answer = delete(as_user(staff_user), page, follow=True)
    assert "监护人" in answer.text
    assert Guardianship.objects.filter(pk=bond.pk).exists()


@pytest.mark.usefixtures("clock")
def test_the_admin_site_takes_out_a_bond_entered_by_mistake(child, stranger, as_user, staff_user):
    bond = Guardianship.objects.create(guardian=stranger.resident, child=child, relation="other")
    page = reverse("admin:people_guardianship_delete", args=[bond.pk])
    delete(as_user(staff_user), page)
    assert not Guardianship.objects.filter(pk=bond.pk).exists()


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("kept", ["nothing", "phone", "account"])
def test_the_desk_names_children_of_whom_nobody_could_be_told(kept, enrolment, mother, staff_user):
    own = Resident.objects.filter(account=mother)
    if kept == "nothing":
        own.update(phone="", phone_key="", account=None)
    elif kept == "phone":
        own.update(account=None)
    record = reverse("after_school:record", args=[enrolment.child_id])
    found = [row for row in desk_of(staff_user, NOW) if row.url == record]
    assert bool(found) == (kept == "nothing")


# --- The log of what staff do ----------------------------------------------------------


@pytest.fixture
def event(child, staff_user) -> FamilyEvent:
    told = {"child": child, "what": "named", "reason": "来电", "by": staff_user}
    event = FamilyEvent.objects.create(at=NOW, **told)
    check_at_once()
    return event


def test_the_log_of_a_family_stays(event, child, make_child):
    stays = lambda **fields: guard_that_stops(  # noqa: E731
        lambda: FamilyEvent.objects.update(**fields)
    )
    assert stays(what="left") == "the_log_of_a_family_stays_as_it_was"
    assert stays(child=make_child()) == "what_is_written_of_a_child_stays_with_it"
    gone = lambda: run("DELETE FROM after_school_familyevent")  # noqa: E731
    assert guard_that_stops(gone) == "what_is_written_of_a_child_goes_with_the_child"
    emptied = lambda: run("TRUNCATE after_school_familyevent")  # noqa: E731
    assert guard_that_stops(emptied) == "the_log_of_a_family_is_never_emptied"


def test_custody_is_changed_by_a_paper_and_every_act_has_a_reason(child, staff_user):
    enter = lambda **fields: guard_that_stops(  # noqa: E731
        lambda: FamilyEvent.objects.create(child=child, by=staff_user, at=NOW, **fields)
    )
    assert enter(what="custody", reason="法院裁定") == "custody_changes_by_a_paper"
    assert enter(what="named", reason="") == "staff_say_why_they_act"
    assert enter(what="guessed", reason="来电") == "what_staff_did_is_known"
