"""Tickets: who may read them, what they let in, and that none can be forged."""

import re
from collections.abc import Callable
from random import Random

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.common.links import token
from diedie_edu.common.references import erase
from diedie_edu.door.queries import attendance
from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.door.conftest import AT_THE_DOOR, came
from tests.support.merging import merged
from tests.support.seats import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ALPHABET = "0123456789abcdef-"


@pytest.fixture
def address(occasion: Occasion, guest: Resident, clock) -> str:
    """What the ticket's QR code opens; the wall clock stands at 9:21 on the day."""
    clock.move_to(AT_THE_DOOR)
    return reverse("door:ticket", args=[attendance.ticket_of(occasion.pk, guest.pk)])


# --- What a ticket carries -------------------------------------------------------------


def altered(good: str, random: Random) -> str:
    """One sign of a good ticket is another, is missing or is too many."""
    at = random.randrange(len(good))
    other = random.choice(ALPHABET.replace(good[at], ""))
    return random.choice([good[:at] + other + good[at + 1 :], good[:at] + good[at + 1 :]])


def test_no_forged_or_altered_ticket_is_accepted() -> None:
    """50,000 of either kind."""
    random = Random(2026)
    good = [attendance.ticket_of(occasion, 7) for occasion in range(1, 101)]
    forged = (
        f"{random.randrange(1, 999)}-{random.randrange(1, 999)}-{random.getrandbits(96):024x}"
        for _number in range(50_000)
    )
    changed = (altered(random.choice(good), random) for _number in range(50_000))
    accepted = [one for one in (*forged, *changed) if attendance.on_ticket(one) and one not in good]
    assert accepted == []
    assert all(map(attendance.on_ticket, good))


def test_a_link_of_another_purpose_is_no_ticket() -> None:
    assert attendance.on_ticket(token("feedback", 1, 2)) is None
    assert attendance.on_ticket(token("check_in", 1, 2, 3)) is None


def test_another_key_makes_other_tickets(settings: LazySettings) -> None:
    old = attendance.ticket_of(1, 2)
    settings.SECRET_KEY = "another-key-" * 5
    assert attendance.on_ticket(old) is None
    settings.SECRET_KEY_FALLBACKS = ["demo-key-that-everybody-knows-and-production-refuses"]
    assert attendance.on_ticket(old) == (1, 2)


# --- Read by staff ---------------------------------------------------------------------


def test_one_tap_checks_in(
    address: str, staff_user: User, as_user: Callable[[User], Client], guest: Resident
) -> None:
    staff = as_user(staff_user)
    assert guest.full_name in staff.get(address).text
    answer = staff.post(address, follow=True)
    assert f"{guest.full_name} 已签到" in answer.text
    kept = Attendance.objects.get()
    assert (kept.resident, kept.how, kept.recorded_by) == (guest, "ticket", staff_user)


def test_the_ticket_of_a_row_merged_into_another_still_opens(
    address: str,
    occasion: Occasion,
    guest: Resident,
    staff_user: User,
    as_user: Callable,
    make_resident: Callable[..., Resident],
) -> None:
    kept = make_resident()
    merged(guest, kept)
    staff = as_user(staff_user)
    assert kept.full_name in staff.get(address).text
    code = attendance.ticket_code(occasion.pk, guest.pk)
    assert attendance.people_meant(occasion, address) == [kept]
    assert attendance.people_meant(occasion, code) == [kept]
    staff.post(address)
    assert Attendance.objects.get().resident == kept


def test_the_ticket_of_somebody_erased_lets_nobody_in(
    address: str, guest: Resident, staff_user: User, as_user: Callable
) -> None:
    erase(guest, NOW)
    assert as_user(staff_user).get(address).status_code == 404


def test_looking_at_a_ticket_checks_nobody_in(
    address: str, staff_user: User, as_user: Callable
) -> None:
    as_user(staff_user).get(address)
    assert not Attendance.objects.exists()


def test_the_second_scan_says_since_when(
    address: str, occasion: Occasion, guest: Resident, staff_user: User, as_user: Callable
) -> None:
    came(occasion, guest)
    staff = as_user(staff_user)
    assert "09:21" in staff.get(address).text
    assert "已于09:21签到" in staff.post(address, follow=True).text
    assert Attendance.objects.count() == 1


def test_a_seat_given_back_lets_nobody_in(
    address: str, occasion: Occasion, guest: Resident, staff_user: User, as_user: Callable
) -> None:
    seats.cancel_sign_up(activity=occasion.activity, resident=guest, by=None, now=NOW)
    staff = as_user(staff_user)
    assert "已失效" in staff.get(address).text
    staff.post(address)
    assert not Attendance.objects.exists()


def test_a_ticket_lets_in_at_its_own_time_only(
    address: str, clock, staff_user: User, as_user: Callable
) -> None:
    clock.move_to(NOW)
    staff = as_user(staff_user)
    assert "开始签到" in staff.get(address).text
    staff.post(address)
    assert not Attendance.objects.exists()


def test_an_altered_ticket_is_none_for_staff(address: str, staff_user: User, as_user: Callable):
    answer = as_user(staff_user).get(address[:-2] + ("1/" if address[-2] == "0" else "0/"))
    assert answer.status_code == 404
    assert "不是本站的入场码" in answer.text


# --- Read by others --------------------------------------------------------------------


def same(answer: HttpResponse) -> str:
    """The page without the token of its forms, which is another every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text)


def test_others_learn_nothing(
    address: str, guest: Resident, stranger: User, as_user: Callable, client: Client
) -> None:
    nobodys = reverse("door:ticket", args=["nothing"])
    for reader in (client, as_user(stranger)):
        good, bad = reader.get(address), reader.get(nobodys)
        assert same(good).replace(address, nobodys) == same(bad)
        assert guest.full_name not in good.text
        reader.post(address)
    assert not Attendance.objects.exists()


# --- The scan page ---------------------------------------------------------------------


def scan(client: Client, occasion: Occasion, typed: str) -> str:
    url = reverse("door:scan", args=[occasion.pk])
    return client.post(url, {"ticket": typed}, follow=True).text


@pytest.mark.parametrize("how", ["address", "token", "code", "phone"])
def test_a_ticket_is_scanned_or_typed(
    how: str, address: str, occasion: Occasion, guest: Resident, staff_user: User, as_user: Callable
) -> None:
    typed = {
        "address": f"https://portal.example{address}",
        "token": attendance.ticket_of(occasion.pk, guest.pk),
        "code": attendance.ticket_code(occasion.pk, guest.pk),
        "phone": "5678",
    }[how]
    assert "王小英 已签到" in scan(as_user(staff_user), occasion, typed)
    assert Attendance.objects.get().resident == guest


def test_a_ticket_of_another_lecture_says_which(
    address: str,
    occasion: Occasion,
    make_lecture: Callable[..., Lecture],
    make_resident: Callable[..., Resident],
    staff_user: User,
    as_user: Callable,
) -> None:
    other, person = make_lecture(title="书法入门"), make_resident()
    enter(other, person)
    said = scan(
        as_user(staff_user), occasion, attendance.ticket_of(other.occasions.get().pk, person.pk)
    )
    assert "书法入门" in said
    assert not Attendance.objects.exists()


def test_digits_of_several_are_a_question(
    address: str, occasion: Occasion, make_resident: Callable, staff_user: User, as_user: Callable
) -> None:
    enter(occasion.activity, make_resident(full_name="陈建城", phone="13900005678"))
    said = scan(as_user(staff_user), occasion, "5678")
    assert "王小英" in said
    assert "139****5678" in said
    assert not Attendance.objects.exists()


def test_what_fits_nobody_is_said(address: str, occasion: Occasion, staff_user: User, as_user):
    assert "没有对应的" in scan(as_user(staff_user), occasion, "9999")


# --- One's own tickets -----------------------------------------------------------------


def test_people_see_the_tickets_of_their_family(
    occasion: Occasion, resident_user: User, stranger: User, as_user: Callable
) -> None:
    enter(occasion.activity, resident_user.resident)
    page = reverse("door:tickets", args=[occasion.pk])
    said = as_user(resident_user).get(page).text
    assert attendance.ticket_code(occasion.pk, resident_user.resident.pk) in said
    assert "<svg" in said
    assert as_user(stranger).get(page).status_code == 404


def test_my_page_leads_to_the_ticket(occasion: Occasion, resident_user: User, as_user: Callable):
    page = reverse("door:tickets", args=[occasion.pk])
    assert page not in as_user(resident_user).get("/me/").text
    enter(occasion.activity, resident_user.resident)
    assert page in as_user(resident_user).get("/me/").text
    assert page in as_user(resident_user).get(f"/lectures/{occasion.activity_id}/").text
