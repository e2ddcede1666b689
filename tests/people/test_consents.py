"""What the database refuses about children, tried with its own statements."""

import importlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.models import ChildAccess, Consent, ConsentText, Resident
from diedie_edu.people.rules import residents
from tests.conftest import NOW
from tests.support.children import NINE, consent_text, consented, give_consent
from tests.support.races import meanwhile
from tests.support.refusals import check_at_once, guard_that_stops, run

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)


@pytest.fixture
def mother(make_resident: Callable[..., Resident]) -> Resident:
    return make_resident(full_name="妈妈")


@pytest.fixture
def child(make_resident: Callable[..., Resident], mother: Resident) -> Resident:
    child = consented(make_resident(full_name="小宝", birth_date=NINE), mother)
    check_at_once()  # what comes after is tried by itself
    return child


# --- Under 14 without a live consent: no way in ----------------------------------------


def test_no_statement_brings_a_child_in_without_consent() -> None:
    insert = (
        "INSERT INTO people_resident (full_name, name_key, sort_key, phone_key, birth_date, gender,"
        " residency, departure, phone, email, surname_reading, wants_sms, wants_email, created_at)"
        " VALUES ('小宝', '2:小宝', 'xiao', '', %s, '', 'permanent', '', '', '', '', true, true,"
        " now())"
    )
    assert guard_that_stops(lambda: run(insert, NINE)) == "child_has_a_live_consent"


def test_no_update_makes_somebody_a_child_without_consent(make_resident) -> None:
    make_resident()
    update = "UPDATE people_resident SET birth_date = %s"
    assert guard_that_stops(lambda: run(update, NINE)) == "child_has_a_live_consent"


def test_a_date_of_erasure_alone_lets_no_child_in(make_resident) -> None:
    make = lambda: make_resident(birth_date=NINE, erase_due_on=TODAY)  # noqa: E731
    assert guard_that_stops(make) == "child_has_a_live_consent"


def test_a_consent_that_has_run_out_lets_no_child_in(make_resident) -> None:
    make = lambda: consented(  # noqa: E731
        make_resident(birth_date=NINE), valid_until=TODAY - timedelta(days=1)
    )
    assert guard_that_stops(make) == "child_has_a_live_consent"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM people_consent",
        "UPDATE people_consent SET child_id = guardian_id, guardian_id = child_id",
        "UPDATE people_consent SET ended_at = given_at, ending = 'online'",
        "UPDATE people_consent SET valid_until = valid_until - 400",
    ],
)
def test_the_last_consent_does_not_end_while_the_child_stays(child: Resident, statement) -> None:
    assert guard_that_stops(lambda: run(statement)) == "child_has_a_live_consent"


def test_a_child_may_stay_locked_until_the_promised_day(child: Resident) -> None:
    run("UPDATE people_consent SET ended_at = given_at, ending = 'online'")
    run("UPDATE people_resident SET erase_due_on = %s", TODAY + timedelta(days=15))
    check_at_once()
    later = TODAY + timedelta(days=16)
    update = "UPDATE people_resident SET erase_due_on = %s"
    assert guard_that_stops(lambda: run(update, later)) == "child_has_a_live_consent"
    assert guard_that_stops(lambda: run(update, None)) == "child_has_a_live_consent"


def test_another_guardians_consent_keeps_the_child(child: Resident, make_resident) -> None:
    consented(child, make_resident(full_name="爸爸"))
    Consent.objects.filter(guardian__full_name="妈妈").update(ended_at=NOW, ending="online")
    check_at_once()
    assert Consent.objects.filter(ended_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_guardians_who_withdraw_at_once_do_not_leave_a_child_behind(make_resident) -> None:
    child = Resident(full_name="小宝", birth_date=NINE)
    with transaction.atomic():
        child.save()
        consented(child, make_resident(full_name="妈妈"))
        consented(child, make_resident(full_name="爸爸"))

    def withdraw(name: str) -> None:
        Consent.objects.filter(guardian__full_name=name).update(ended_at=NOW, ending="online")
        check_at_once()

    with transaction.atomic():
        withdraw("妈妈")
        other = meanwhile(lambda: withdraw("爸爸"))
    assert isinstance(other.exception(), IntegrityError)
    assert Consent.objects.filter(ended_at=None).count() == 1


def test_the_database_knows_who_is_a_child_as_the_rule_does() -> None:
    for born in (date(2012, 11, 22), date(2012, 11, 23), date(2012, 11, 24), None):
        with connection.cursor() as cursor:
            cursor.execute("SELECT people_is_child(%s)", [born])
            assert cursor.fetchone()[0] is residents.is_child(born, TODAY)


def test_the_databases_today_is_that_of_the_community() -> None:
    made = importlib.import_module("diedie_edu.people.migrations.0002_guards")
    run(made.TODAY.replace("people_today", "people_today_tried"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_today_tried()")
        assert cursor.fetchone()[0] == local_day(local_now())


# --- Consents --------------------------------------------------------------------------


def test_only_a_guardian_consents(child: Resident, make_resident) -> None:
    give = lambda: give_consent(child, make_resident())  # noqa: E731
    assert guard_that_stops(give) == "consent_is_given_by_a_guardian"


def test_a_guardian_consents_once_to_a_text_and_not_for_themselves(child, mother) -> None:
    assert guard_that_stops(lambda: give_consent(child, mother)) == "one_live_consent_of_a_guardian"
    assert (
        guard_that_stops(lambda: give_consent(mother, mother)) == "nobody_consents_for_themselves"
    )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"child_hash": "小宝"}, "consent_keeps_only_a_hash_of_the_child"),
        ({"way": "paper"}, "paper_consent_tells_where_the_paper_lies"),
        ({"paper_reference": "柜 3"}, "paper_consent_tells_where_the_paper_lies"),
        ({"ended_at": NOW}, "consent_ends_in_one_way_after_it_was_given"),
        (
            {"ended_at": NOW - timedelta(days=1), "ending": "online"},
            "consent_ends_in_one_way_after_it_was_given",
        ),
        ({"child_hash": "0" * 64}, "consent_keeps_only_a_hash_of_the_child"),
    ],
)
def test_a_consent_tells_the_truth(child: Resident, fields, constraint) -> None:
    assert guard_that_stops(lambda: Consent.objects.update(**fields)) == constraint


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"refusal_zh": ""}, "consent_text_tells_all_that_the_law_asks"),
        ({"valid_days": 0}, "consent_holds_three_years_at_most"),
        ({"erase_days": 61}, "erasure_follows_within_two_months"),
    ],
)
def test_a_consent_text_tells_all_and_promises_an_end(fields, constraint) -> None:
    assert guard_that_stops(lambda: consent_text("2026-2", **fields)) == constraint


def test_a_text_has_its_version_once_and_stays_once_agreed_to(child: Resident) -> None:
    assert guard_that_stops(twice) == "consent_text_once"
    change = lambda: ConsentText.objects.update(scope_zh="更多")  # noqa: E731
    assert guard_that_stops(change) == "a_text_agreed_to_stays_as_it_was"


def twice() -> None:
    text = consent_text()
    text.pk = None
    text.save(force_insert=True)


# --- The log of looks ------------------------------------------------------------------


def test_the_log_of_looks_is_only_added_to(child: Resident, staff_user: User) -> None:
    look = {"child_number": child.pk, "viewer": staff_user, "at": NOW}
    ChildAccess.objects.create(page="名册", **look)
    stays = "access_to_a_child_stays_in_the_log"
    assert guard_that_stops(lambda: ChildAccess.objects.update(page="别的")) == stays
    assert guard_that_stops(lambda: ChildAccess.objects.all().delete()) == stays
    assert guard_that_stops(lambda: ChildAccess.objects.create(**look)) == "access_names_its_page"
