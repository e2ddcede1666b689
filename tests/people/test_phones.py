"""One phone for a person: what a change does, what it leaves, and what the database holds."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.actions import phones
from diedie_edu.people.models import Guardianship, Household, PhoneChange, Resident
from diedie_edu.people.rules.phones import NUMBERS_ARE_KEPT, WAIT
from tests.conftest import NOW
from tests.support.refusals import check_at_once, code_of, guard_that_stops, refused_by, run

pytestmark = pytest.mark.django_db
NEW, OTHER = "13711110000", "13722220000"
How = PhoneChange.How
FACTS = {"old_phone": "1", "new_phone": "2", "how": "code"}
ONE_PHONE = "a_person_has_the_phone_of_the_account"


def change(person: User | Resident, now: datetime, **more: object) -> PhoneChange:
    facts = {"new_phone": NEW, "how": How.CODE, "now": now} | more
    return phones.begin(person=person, by=facts.pop("by", person), **facts)


def seen(person: User | Resident, by: User, now: datetime, **more: object) -> PhoneChange:
    return change(person, now, by=by, how=How.SEEN, reason="手机丢了", **more)


def phones_of(*rows: User | Resident | Household) -> list[str]:
    return [type(row).objects.get(pk=row.pk).phone for row in rows]


@pytest.fixture
def resident(resident_user: User) -> Resident:
    return resident_user.resident


def test_account_and_person_change_together_at_once(
    resident_user: User, resident: Resident, now: datetime
) -> None:
    assert change(resident_user, now).done_at == now
    assert phones_of(resident_user, resident) == [NEW, NEW]
    assert Resident.objects.get(pk=resident.pk).phone_key == f"1:{NEW}"


@pytest.mark.parametrize("why", ["guardian", "staff"])
def test_a_phone_that_opens_more_holds_a_day_later(
    why: str, make_user: Callable[..., User], make_resident: Callable[..., Resident], now: datetime
) -> None:
    user = make_user(Role.STAFF if why == "staff" else Role.RESIDENT)
    if why == "guardian":
        Guardianship.objects.create(
            guardian=user.resident, child=make_resident(), relation="mother"
        )
    old, row = user.phone, change(user, now)
    assert (row.is_open, row.in_force_at) == (True, now + WAIT)
    assert phones_of(user) == [old]
    assert not phones.due(now + WAIT - timedelta(seconds=1))
    assert list(phones.due(now + WAIT)) == [row]
    assert phones.put_in_force(change=row, now=now + WAIT).done_at
    assert phones_of(user, user.resident) == [NEW, NEW]
    assert code_of(lambda: phones.put_in_force(change=row, now=now + WAIT)) == "not_open"


def test_a_guardian_who_was_seen_has_it_at_once(
    resident_user: User, make_resident: Callable, staff_user: User, now: datetime
) -> None:
    own = resident_user.resident
    Guardianship.objects.create(guardian=own, child=make_resident(), relation="father")
    first = change(resident_user, now)
    assert seen(own, staff_user, now, new_phone=OTHER).done_at == now
    first.refresh_from_db()
    assert first.ending == PhoneChange.Ending.REPLACED
    assert phones_of(resident_user) == [OTHER]


@pytest.mark.parametrize(
    ("new", "code"), [("own", "same_phone"), ("0757-81234567", "not_mobile"), ("", "not_mobile")]
)
def test_what_an_account_cannot_have(
    resident_user: User, new: str, code: str, now: datetime
) -> None:
    wanted = resident_user.phone if new == "own" else new
    assert code_of(lambda: change(resident_user, now, new_phone=wanted)) == code


def test_a_number_with_an_account_is_that_accounts(
    resident_user: User, stranger: User, now: datetime
) -> None:
    assert code_of(lambda: change(resident_user, now, new_phone=stranger.phone)) == "phone_taken"


def test_a_number_that_got_an_account_meanwhile_ends_the_change(
    staff_user: User, make_user: Callable[..., User], now: datetime
) -> None:
    row, old = change(staff_user, now), staff_user.phone
    make_user(Role.RESIDENT, phone=NEW)
    row = phones.put_in_force(change=row, now=now + WAIT)
    assert (row.done_at, row.ending) == (None, PhoneChange.Ending.TAKEN)
    assert phones_of(staff_user) == [old]


# --- At the desk -------------------------------------------------------------------------


def test_an_elder_without_an_account_may_have_a_landline_or_none(
    make_resident: Callable[..., Resident], staff_user: User, now: datetime
) -> None:
    elder = make_resident(phone="13800001111")
    seen(elder, staff_user, now, new_phone="0757-81234567")
    assert phones_of(elder) == ["0757-81234567"]
    seen(elder, staff_user, now, new_phone="")
    assert phones_of(elder) == [""]
    assert code_of(lambda: seen(elder, staff_user, now, new_phone="")) == "same_phone"


def test_nobody_gives_a_phone_to_whoever_may_do_more_or_to_themselves(
    make_user: Callable[..., User], staff_user: User, now: datetime
) -> None:
    lead = make_user(Role.BRANCH_LEAD)
    assert code_of(lambda: seen(lead.resident, staff_user, now)) == "account_above_yours"
    assert code_of(lambda: seen(staff_user, lead, now)) == "account_above_yours"
    assert code_of(lambda: seen(staff_user, staff_user, now)) == "own_phone"
    assert seen(make_user(Role.STAFF), staff_user, now).done_at


# --- Stopped from the old number -----------------------------------------------------------


def test_the_old_number_puts_it_back_within_a_day(
    resident_user: User, resident: Resident, now: datetime
) -> None:
    old, row = resident_user.phone, change(resident_user, now)
    late = now + WAIT
    assert code_of(lambda: phones.stop(change=row, now=late)) == "not_to_be_stopped"
    assert phones.stop(change=row, now=late - timedelta(seconds=1)).ending == "stopped"
    assert phones_of(resident_user, resident) == [old, old]
    assert code_of(lambda: phones.stop(change=row, now=now)) == "not_to_be_stopped"


def test_what_was_seen_is_not_stopped_by_whoever_has_the_old_number(
    resident: Resident, staff_user: User, now: datetime
) -> None:
    row = seen(resident, staff_user, now)
    assert code_of(lambda: phones.stop(change=row, now=now)) == "not_to_be_stopped"


def test_an_old_number_that_is_an_account_again_is_not_put_back(
    resident_user: User, make_user: Callable[..., User], now: datetime
) -> None:
    old, row = resident_user.phone, change(resident_user, now)
    make_user(Role.RESIDENT, phone=old)
    assert code_of(lambda: phones.stop(change=row, now=now)) == "phone_taken"
    assert phones_of(resident_user) == [NEW]


# --- Who has the number too ------------------------------------------------------------------


@pytest.mark.parametrize("takes_along", [True, False])
def test_the_family_on_the_same_number_goes_along_or_stays(
    resident_user: User, resident: Resident, make_resident: Callable, takes_along: bool, now
) -> None:
    home = Household.objects.create(label="1-1-101", phone=resident.phone)
    Resident.objects.filter(pk=resident.pk).update(household=home)
    mother = make_resident(household=home, phone=resident.phone)
    ward = make_resident(phone=resident.phone)
    Guardianship.objects.create(guardian=resident, child=ward, relation="father")
    neighbour, sister = make_resident(phone=resident.phone), make_resident(household=home)
    assert list(phones.sharing(resident_user)) == [mother, ward]
    row = change(resident_user, now, takes_along=takes_along)
    phones.put_in_force(change=row, now=now + WAIT)
    theirs = NEW if takes_along else resident.phone
    assert phones_of(resident, mother, ward, home) == [NEW, theirs, theirs, theirs]
    assert phones_of(neighbour, sister) == [resident.phone, ""]


# --- What the database holds -------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_user SET phone = '13733330000' WHERE id = %s",
        "UPDATE people_resident SET phone = '', phone_key = '' WHERE account_id = %s",
    ],
)
def test_no_way_parts_an_account_from_its_person(resident_user: User, statement: str) -> None:
    assert guard_that_stops(lambda: run(statement, resident_user.pk)) == ONE_PHONE


def test_nobody_is_tied_to_an_account_of_another_phone(make_resident, now: datetime) -> None:
    user = User.objects.create_user("13844440000", display_name="无人")
    assert guard_that_stops(lambda: make_resident(account=user, phone=OTHER)) == ONE_PHONE


def test_no_account_gets_another_phone_than_its_person(resident_user: User) -> None:
    check_at_once()
    alone = lambda: User.objects.filter(pk=resident_user.pk).update(phone=OTHER)  # noqa: E731
    assert guard_that_stops(alone) == ONE_PHONE


def test_how_it_was_proved_stays_and_numbers_go(resident_user: User, now: datetime) -> None:
    row = change(resident_user, now)
    with refused_by("what_was_proved_of_a_phone_stays"):
        PhoneChange.objects.filter(pk=row.pk).update(by=None)
    assert phones.forget_numbers(now + NUMBERS_ARE_KEPT) == 0
    assert phones.forget_numbers(now + NUMBERS_ARE_KEPT + timedelta(seconds=1)) == 1
    row.refresh_from_db()
    assert (row.old_phone, row.new_phone, row.by) == ("", "", resident_user)


@pytest.mark.parametrize(
    ("whose", "constraint"),
    [
        ("account", "one_open_change_of_an_accounts_phone"),
        ("resident", "one_open_change_of_a_persons_phone"),
    ],
)
def test_one_change_is_open_at_a_time(
    staff_user: User, whose: str, constraint: str, now: datetime
) -> None:
    change(staff_user, now)
    owner = {"account": staff_user, "resident": staff_user.resident}[whose]
    with refused_by(constraint):
        PhoneChange.objects.create(**FACTS | {whose: owner, "proved_at": now, "in_force_at": now})


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"account": None}, "phone_change_is_somebodys"),
        ({"new_phone": "1"}, "phone_change_changes_something"),
        ({"in_force_at": NOW - WAIT}, "proved_before_it_is_in_force"),
        ({"ending": "stopped"}, "phone_change_ends_in_some_way"),
        ({"ended_at": NOW, "ending": "lost"}, "phone_change_ends_in_some_way"),
        ({"how": "seen"}, "a_phone_seen_has_a_witness"),
        ({"how": "told"}, "a_phone_seen_has_a_witness"),
    ],
)
def test_what_no_change_can_be(resident_user: User, fields: dict, constraint: str) -> None:
    facts = FACTS | {"account": resident_user, "proved_at": NOW, "in_force_at": NOW}
    with refused_by(constraint):
        PhoneChange.objects.create(**facts | fields)
