"""A nomination: one number for one person, the worker's own yes, and what the enterprise sees."""

from datetime import date, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions.erasing import erase_person
from edu_base.actions import enterprises, nomination_upkeep, nominations
from edu_base.models import Allotment, Application, Intake, Nomination, State
from edu_base.queries.concerned import is_concerned
from edu_base.rules.nominations import standing
from tests.conftest import NOW
from tests.support.dream import (
    CONTACT,
    make_allotment,
    make_enterprise,
    nominate,
    nominee,
    say_yes,
)
from tests.support.education import make_application, make_intake, make_person, make_year, walk
from tests.support.refusals import code_of, refused_by

DAY = timedelta(days=1)
PHONE = "13612345678"


@pytest.fixture
def intake(db: None) -> Intake:
    return make_intake(make_year("dream", target=25, places=13))


@pytest.fixture
def allotment(intake: Intake, staff_user: User) -> Allotment:
    return make_allotment(staff_user, 3)


@pytest.fixture
def nomination(allotment: Allotment) -> Nomination:
    return nominate(allotment, "黄学勤", PHONE)


def used(allotment: Allotment) -> int:
    allotment.refresh_from_db()
    return allotment.used


# --- Numbers ---------------------------------------------------------------------------


def test_the_worker_hears_on_their_own_phone(nomination: Nomination) -> None:
    told = Notice.objects.get()
    assert (told.address, told.kind) == (PHONE, "edu_base.nominated")
    assert told.data["person"] == "黄学勤"


@pytest.mark.parametrize(
    ("phone", "code"),
    [
        (CONTACT, "number_of_contact"),
        (PHONE, "nominated_already"),
        ("0757-81234567", "no_mobile"),
    ],
)
def test_each_worker_has_a_number_of_their_own(
    phone: str, code: str, nomination: Nomination, allotment: Allotment, staff_user: User
) -> None:
    assert code_of(lambda: nominate(allotment, "林大海", phone)) == code
    assert used(allotment) == 1


def test_another_enterprise_cannot_use_the_number_either(
    nomination: Nomination, staff_user: User
) -> None:
    other = make_allotment(staff_user, 3)
    assert code_of(lambda: nominate(other, "林大海", PHONE)) == "nominated_already"


def test_a_number_that_said_yes_stands_for_that_person(
    nomination: Nomination, allotment: Allotment, intake: Intake, staff_user: User
) -> None:
    say_yes(nomination, intake)
    nominations.take_back(nomination=nomination, by=staff_user, now=NOW)
    assert code_of(lambda: nominate(allotment, "林大海", PHONE)) == "number_of_another"
    other = make_allotment(staff_user, 1)
    assert nominate(other, "黄学勤", PHONE).pk, "the same person in another enterprise"


def test_the_database_holds_the_contacts_number(nomination: Nomination) -> None:
    with refused_by("a_nominee_has_a_number_of_their_own"):
        Nomination.objects.filter(pk=nomination.pk).update(phone=CONTACT)


def test_a_contact_who_came_later_cannot_say_yes(nomination: Nomination, intake: Intake) -> None:
    organisation = nomination.allotment.enterprise.organisation
    organisation.phone = PHONE
    organisation.save()
    assert code_of(lambda: say_yes(nomination, intake)) == "number_of_contact"
    assert not Application.objects.exists()


# --- Places ----------------------------------------------------------------------------


def test_no_more_than_the_enterprise_has(allotment: Allotment) -> None:
    for _place in range(3):
        nominate(allotment)
    assert code_of(lambda: nominate(allotment)) == "none_left"
    assert used(allotment) == 3


def test_too_many_within_an_hour_are_refused(allotment: Allotment, settings: object) -> None:
    settings.NOMINATIONS_PER_HOUR = 1  # type: ignore[attr-defined]
    nominate(allotment)
    assert code_of(lambda: nominate(allotment)) == "too_many"


def test_nothing_is_nominated_after_the_day(allotment: Allotment, staff_user: User) -> None:
    year = allotment.scheme_year
    enterprises.end_nominating(year=year, on=NOW.date() - DAY)
    assert code_of(lambda: nominate(allotment)) == "over"


# --- The worker ------------------------------------------------------------------------


def test_yes_makes_a_draft_of_the_workers_own(nomination: Nomination, intake: Intake) -> None:
    made = say_yes(nomination, intake)
    assert (made.state, made.origin, made.belongs_by) == ("draft", "nominated", "works")
    assert (made.person.full_name, made.person.phone, made.agreed_at) == ("黄学勤", PHONE, NOW)
    assert say_yes(nomination, intake).pk == made.pk, "twice is harmless"
    assert used(nomination.allotment) == 1


def test_a_38_year_old_worker_gets_in(
    nomination: Nomination, intake: Intake, make_user: object
) -> None:
    own = make_user(phone=PHONE, display_name="黄学勤").resident  # type: ignore[operator]
    own.birth_date = date(NOW.year - 38, 1, 1)
    own.save()
    assert say_yes(nomination, intake).person == own


def test_a_draft_that_was_begun_is_taken(
    nomination: Nomination, intake: Intake, make_user: object, staff_user: User
) -> None:
    user = make_user(phone=PHONE, display_name="黄学勤")  # type: ignore[operator]
    own = make_application(user, intake, person=user.resident)
    assert say_yes(nomination, intake) == own
    nominations.take_back(nomination=nomination, by=staff_user, now=NOW)
    own.refresh_from_db()
    assert own.state == State.DRAFT, "it was there before the nomination"


def test_an_application_to_the_other_scheme_is_in_the_way(
    nomination: Nomination, intake: Intake, make_user: object
) -> None:
    user = make_user(phone=PHONE, display_name="黄学勤")  # type: ignore[operator]
    make_application(user, make_intake(make_year()), person=user.resident)
    assert code_of(lambda: say_yes(nomination, intake)) == "already"


def test_only_a_class_that_takes_applications(nomination: Nomination, intake: Intake) -> None:
    Intake.objects.update(closes_on=NOW.date() - DAY, opens_on=NOW.date() - 9 * DAY)
    assert code_of(lambda: say_yes(nomination, intake)) == "closed"
    assert code_of(lambda: say_yes(nomination, None)) == "closed"


def test_a_no_frees_the_place_and_the_words_go(nomination: Nomination, settings: object) -> None:
    nominations.decline(nomination=nomination, now=NOW)
    assert used(nomination.allotment) == 0
    nomination_upkeep.forget_old(NOW + 31 * DAY)
    nomination.refresh_from_db()
    kept = (nomination.full_name, nomination.name_key, nomination.phone_key, nomination.reason)
    assert kept == ("", "", "", "")


def test_a_yes_can_be_taken_back_while_it_is_a_draft(
    nomination: Nomination, intake: Intake, staff_user: User
) -> None:
    say_yes(nomination, intake)
    nominations.decline(nomination=nomination, now=NOW)
    assert not Application.objects.exists()
    assert used(nomination.allotment) == 0


def test_whoever_withdraws_the_application_frees_the_place(
    nomination: Nomination, intake: Intake, staff_user: User
) -> None:
    own = say_yes(nomination, intake)
    nomination_upkeep.lapse(NOW)
    assert used(nomination.allotment) == 1
    walk(own, State.SUBMITTED, staff_user)
    walk(own, State.WITHDRAWN, staff_user)
    nomination_upkeep.lapse(NOW)
    assert used(nomination.allotment) == 0


def test_whoever_does_not_answer_is_reminded_once_and_then_it_ends(nomination: Nomination) -> None:
    late = NOW + 4 * DAY
    assert [nomination_upkeep.remind(late), nomination_upkeep.remind(late)] == [1, 0]
    nomination_upkeep.lapse(late)
    assert used(nomination.allotment) == 1
    nomination_upkeep.lapse(NOW + 21 * DAY)
    assert used(nomination.allotment) == 0


# --- Leaving, taking back --------------------------------------------------------------


def test_the_enterprise_takes_back_until_the_yes(
    nomination: Nomination, allotment: Allotment, intake: Intake
) -> None:
    other = nominate(allotment)
    nominations.take_back(nomination=other, by=None, now=NOW)
    assert Notice.objects.filter(kind="edu_base.nomination_ended").count() == 1
    say_yes(nomination, intake)
    refused = code_of(lambda: nominations.take_back(nomination=nomination, by=None, now=NOW))
    assert refused == "confirmed", "the application is the worker's own"
    assert used(allotment) == 1


def test_whoever_leaves_the_job_is_asked(
    nomination: Nomination, intake: Intake, staff_user: User
) -> None:
    say_yes(nomination, intake)
    nominations.note_left(nomination=nomination, by=None, now=NOW)
    nomination.refresh_from_db()
    assert (nomination.left_on, nomination.ended_at) == (NOW.date(), None)
    settle = {"nomination": nomination, "by": staff_user, "now": NOW}
    nominations.settle_left(goes_on=True, **settle)
    nomination.refresh_from_db()
    assert nomination.left_on is None
    nominations.settle_left(goes_on=False, **settle)
    assert not Application.objects.exists()


def test_an_application_under_review_is_decided_there(
    nomination: Nomination, intake: Intake, staff_user: User
) -> None:
    own = say_yes(nomination, intake)
    walk(own, State.SUBMITTED, staff_user)
    nominations.settle_left(nomination=nomination, goes_on=False, by=staff_user, now=NOW)
    own.refresh_from_db()
    nomination.refresh_from_db()
    assert (own.state, nomination.ending) == (State.SUBMITTED, "left")


# --- What others see -------------------------------------------------------------------


def test_the_enterprise_sees_confirmed_and_the_result_alone(
    nomination: Nomination, intake: Intake, staff_user: User
) -> None:
    assert standing(nomination) == "waiting"
    own = say_yes(nomination, intake)
    seen = {}
    for state in (State.SUBMITTED, State.ELIGIBLE, State.INTERVIEWED, State.RANKED):
        walk(own, state, staff_user)
    for state in (State.PROPOSED, State.ANNOUNCED, State.CONFIRMED, State.ADMITTED):
        walk(own, state, staff_user)
        nomination.refresh_from_db()
        seen[state] = standing(nomination)
    assert set(list(seen.values())[:-1]) == {"confirmed"}
    assert seen[State.ADMITTED] == "admitted"


def test_the_contact_is_known_by_the_number(
    nomination: Nomination, intake: Intake, staff_user: User, make_user: object
) -> None:
    own = say_yes(nomination, intake)
    assert not is_concerned(staff_user, own)
    assert is_concerned(make_user(phone=CONTACT), own)  # type: ignore[operator]


def test_of_somebody_erased_no_words_stay(allotment: Allotment) -> None:
    person = make_person("黄学勤", phone=PHONE)
    nominate(allotment, "黄学勤", PHONE)
    erase_person(resident=person, now=NOW)
    assert Notice.objects.exists()
    assert (Nomination.objects.get().full_name, used(allotment)) == ("", 0)


def test_what_staff_say_of_somebody_is_kept_sealed(allotment: Allotment) -> None:
    told = nominee()
    made = nominations.nominate(allotment=allotment, told=told, by=None, now=NOW)
    assert make_enterprise().pk != allotment.enterprise_id
    assert Nomination.objects.get(pk=made.pk).reason == told.reason
