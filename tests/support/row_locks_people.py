"""Whoever is erased, merged, seated or checked while something is written of them."""

from datetime import timedelta
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.people.actions import erasing
from diedie_edu.people.models import Clearance, Resident, Volunteer
from diedie_edu.volunteering.models import Duty
from tests.conftest import NOW
from tests.support.merging import merged
from tests.support.row_locks import Line, lecture

YESTERDAY = NOW.date() - timedelta(days=1)


def person(name: str) -> Resident:
    return Resident.objects.get(full_name=name)


def account(name: str) -> User:
    return User.objects.filter(display_name=name).earliest("pk")


# --- What is merged leads straight to the row that is kept ------------------------------


def empty_row() -> Any:
    """Of somebody erased. Whoever empties a row names all its columns, `account` among them, and
    so keeps away whoever refers to it; this one is empty already."""
    return Resident.rows.filter(erased_at__isnull=False)


MERGED: list[Line] = [
    (
        "people_resident.merged_resident_leads_to_one_kept",
        lambda: empty_row().update(merged_into=person("单留下")),
        lambda: merged(person("单又合"), empty_row().get()),
        "merged_resident_leads_to_one_kept",
    ),
    (
        "accounts_user.merged_account_leads_to_one_kept",
        lambda: merged(account("单合并"), account("单留下")),
        lambda: merged(account("单又合"), account("单合并")),
        "merged_account_leads_to_one_kept",
    ),
]


# --- An account and its person have one phone -------------------------------------------

ONE_PHONE: list[Line] = [
    (
        "people_resident.a_person_has_the_phone_of_the_account",
        lambda: User.objects.filter(display_name="单留下").update(phone="17799990000"),
        lambda: Resident.objects.create(
            full_name="单留下二", account=account("单留下"), phone=account("单留下").phone
        ),
        "a_person_has_the_phone_of_the_account",
    ),
]


# --- New rows name somebody who is there ------------------------------------------------


def erase() -> None:
    erasing.erase_person(resident=person("单留下"), now=NOW)


def sign_up(name: str, **fields: Any) -> SignUp:
    seat = {"status": "seated", "signed_up_at": NOW, "seated_at": NOW} | fields
    return SignUp.objects.create(activity=lecture(), resident=person(name), **seat)


def come(name: str) -> Attendance:
    return Attendance.objects.create(
        occasion=lecture().occasions.get(), resident=person(name), arrived_at=NOW
    )


THERE: list[Line] = [
    (
        "activities_signup.whoever_signs_up_is_there",
        erase,
        lambda: sign_up("单留下"),
        "whoever_signs_up_is_there",
    ),
    (
        "activities_attendance.whoever_comes_is_there",
        erase,
        lambda: come("单留下"),
        "whoever_comes_is_there",
    ),
]


# --- Whoever is in keeps the seat, and waits for none -----------------------------------

IN = "who_is_in_keeps_the_seat"


def give_back() -> None:
    seats = SignUp.objects.filter(resident=person("甄有座"), activity=lecture())
    seats.update(status="cancelled", cancelled_at=NOW)


SEATS: list[Line] = [
    ("activities_attendance.who_is_in_keeps_the_seat", give_back, lambda: come("甄有座"), IN),
    ("activities_signup.who_is_in_does_not_lose_the_seat", lambda: come("甄有座"), give_back, IN),
    (
        "activities_signup.who_is_in_keeps_the_seat",
        lambda: come("单留下"),
        lambda: sign_up("单留下", status="waiting", seated_at=None),
        IN,
    ),
]


# --- Whoever is on duty near children is checked on that day ------------------------------

GATE = "duty_near_children_needs_a_live_clearance"


def checked() -> Volunteer:
    return Volunteer.objects.get(resident=person("甄可用"))


def end_check() -> None:
    Clearance.objects.filter(volunteer=checked()).update(valid_until=YESTERDAY)


def free_slot() -> Duty:
    return Duty.objects.filter(volunteer=None, occasion__zone_day__isnull=False).latest("pk")


def take() -> None:
    Duty.objects.filter(pk=free_slot().pk).update(volunteer=checked())


CLEARANCES: list[Line] = [
    (
        f"volunteering_duty.{GATE}",
        end_check,
        lambda: Duty.at(free_slot().occasion, checked(), Duty.Work.TUTOR).save(),
        GATE,
    ),
    ("volunteering_duty.duty_that_changes_needs_a_live_clearance", end_check, take, GATE),
    (
        "people_clearance.clearance_ends_after_its_duties_are_released",
        take,
        end_check,
        "clearance_ends_after_its_duties_are_released",
    ),
]

LINES = [*MERGED, *ONE_PHONE, *THERE, *SEATS, *CLEARANCES]
