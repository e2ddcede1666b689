"""Staff work the list of people: withdraw and undo, confirm, put together, note, call."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import seats, working
from diedie_edu.activities.models import Activity, SignUp, StaffNote
from diedie_edu.activities.rules.working import UNDO
from diedie_edu.notices.models import Notice
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.refusals import code_of
from tests.support.seats import check_seats, fill, seated_and_waiting, statuses, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def lecture(make_lecture: Callable[..., Lecture]) -> Activity:
    return Activity.objects.get(pk=make_lecture(capacity=2).pk)


@pytest.fixture
def desk(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def people(lecture: Activity) -> str:
    return reverse("activities:people", args=[lecture.pk])


def press(desk: Client, name: str, row: SignUp, **data: object) -> None:
    answer = desk.post(reverse(f"activities:{name}", args=[row.activity_id, row.pk]), data)
    assert answer.url == people(row.activity)


def test_a_withdrawal_for_somebody_frees_the_place_and_its_messages_wait(
    desk: Client, lecture: Activity, staff_user: User
) -> None:
    first, _second, third = fill(lecture, 3, now=NOW - timedelta(hours=1))
    press(desk, "withdraw", first)
    assert statuses([first, third]) == ["cancelled", "offered"]
    first.refresh_from_db()
    assert first.cancelled_by == staff_user
    said = Notice.objects.filter(created_at=first.cancelled_at)
    assert {row.kind for row in said} == {"activities.cancelled", "activities.offered"}
    assert {row.next_try_at for row in said} == {NOW + UNDO}
    assert "撤销" in desk.get(people(lecture)).text
    check_seats(lecture)


@pytest.mark.parametrize(("data", "kind"), [({}, "cancelled"), ({"off": "1"}, "taken_off")])
def test_whoever_asked_reads_otherwise_than_whom_staff_take_off(
    desk: Client, lecture: Activity, data: dict[str, str], kind: str
) -> None:
    [row] = fill(lecture, 1, now=NOW - timedelta(hours=1))
    press(desk, "withdraw", row, **data)
    assert told(lecture)[-1] == (kind, row.resident_id)
    press(desk, "undo_withdrawal", row)
    assert statuses([row]) == ["seated"]


def test_a_slip_is_undone_as_if_it_had_never_been(
    desk: Client, lecture: Activity, staff_user: User
) -> None:
    first, second, third = fill(lecture, 3)
    before = told(lecture)
    working.withdraw(sign_up=first, by=staff_user, now=NOW + timedelta(minutes=1))
    first.refresh_from_db()
    working.undo_withdrawal(sign_up=first, by=staff_user, now=NOW + timedelta(minutes=2))
    assert statuses([first, second, third]) == ["seated", "seated", "waiting"]
    assert told(lecture) == before
    check_seats(lecture)
    working.withdraw(sign_up=first, by=staff_user, now=LATER)
    assert told(lecture)[-2:] == [
        ("cancelled", first.resident_id),
        ("offered", third.resident_id),
    ]


def test_whoever_waited_stands_where_they_stood(lecture: Activity, staff_user: User) -> None:
    *_seated, third, fourth = fill(lecture, 4)
    working.withdraw(sign_up=third, by=staff_user, now=NOW)
    third.refresh_from_db()
    working.undo_withdrawal(sign_up=third, by=staff_user, now=NOW)
    waiting = SignUp.objects.filter(status="waiting").order_by(*SignUp.QUEUE)
    assert list(waiting) == [third, fourth]


@pytest.mark.parametrize("way", ["late", "told", "own", "in again"])
def test_what_somebody_has_heard_of_is_not_undone(
    lecture: Activity, staff_user: User, way: str
) -> None:
    first = fill(lecture, 3)[0]
    if way == "own":
        seats.cancel_sign_up(activity=lecture, resident=first.resident, by=None, now=NOW)
    else:
        working.withdraw(sign_up=first, by=staff_user, now=NOW)
    if way == "told":
        Notice.objects.filter(kind="activities.offered").update(status="sent", settled_at=NOW)
    if way == "in again":
        seats.sign_up(activity=lecture, resident=first.resident, by=None, now=NOW)
    first.refresh_from_db()
    now = NOW + UNDO if way == "late" else NOW
    code = code_of(partial(working.undo_withdrawal, sign_up=first, by=staff_user, now=now))
    assert code == {"late": "too_late", "own": "too_late", "told": "told"}.get(way, "in_again")
    assert statuses([first]) == ["cancelled"]


def test_a_seat_that_somebody_took_meanwhile_stays_theirs(
    lecture: Activity, staff_user: User
) -> None:
    first, _second = fill(lecture, 2)
    working.withdraw(sign_up=first, by=staff_user, now=NOW)
    [newcomer] = fill(lecture, 1)
    first.refresh_from_db()
    assert (
        code_of(partial(working.undo_withdrawal, sign_up=first, by=staff_user, now=NOW)) == "gone"
    )
    assert statuses([first, newcomer]) == ["cancelled", "seated"]
    check_seats(lecture)


def test_a_caller_says_yes_to_the_place_kept_for_them(desk: Client, lecture: Activity) -> None:
    first, _second, third = fill(lecture, 3)
    seats.cancel_sign_up(activity=lecture, resident=first.resident, by=None, now=NOW)
    assert "答应了" in desk.get(people(lecture)).text
    press(desk, "confirm", third)
    assert statuses([third]) == ["seated"]
    assert told(lecture)[-1] == ("seated", third.resident_id)


def test_neighbours_wait_together_where_the_last_of_them_stood(
    desk: Client, lecture: Activity
) -> None:
    first, _second, third, fourth, fifth = [
        fill(lecture, 1, now=NOW + timedelta(seconds=number))[0] for number in range(5)
    ]
    door = reverse("activities:together", args=[lecture.pk])
    desk.post(door, {"row": [third.pk, fifth.pk]})
    seats.cancel_sign_up(activity=lecture, resident=first.resident, by=None, now=LATER)
    assert statuses([third, fourth, fifth]) == ["waiting", "offered", "waiting"]
    third.refresh_from_db()
    desk.post(door, {"apart": third.party_id})
    assert not SignUp.objects.filter(status="waiting").exclude(party=None).exists()
    check_seats(lecture)


@pytest.mark.parametrize(("chosen", "code"), [([2], "one"), ([0, 2], "changed"), ([2, 3, 4], None)])
def test_who_cannot_wait_together(
    lecture: Activity, staff_user: User, chosen: list[int], code: str | None
) -> None:
    rows = fill(lecture, 5)
    waiting = [rows[index].pk for index in chosen]
    wait = partial(working.wait_together, activity=lecture, by=staff_user, now=NOW)
    assert code_of(partial(wait, waiting=waiting)) == (code or "too_many_together")
    assert not SignUp.objects.exclude(party=None).exists()


def test_notes_are_read_by_colleagues_and_taken_off(
    desk: Client, lecture: Activity, staff_user: User
) -> None:
    [row] = fill(lecture, 1)
    door = reverse("activities:note", args=[lecture.pk])
    desk.post(door, {"text": "坐前排，耳背", "resident": row.resident_id})
    desk.post(door, {"text": "投影仪要借"})
    desk.post(door, {"text": "  "})
    page = desk.get(people(lecture))
    register = page.context["register"]
    assert [note.text for note in register.seated[0].notes] == ["坐前排，耳背"]
    assert [note.text for note in register.notes] == ["投影仪要借"]
    note = StaffNote.objects.get(resident=None)
    desk.post(reverse("activities:note_done", args=[lecture.pk, note.pk]))
    assert StaffNote.objects.get().written_by == staff_user


def test_the_number_is_shown_to_whoever_rings(desk: Client, lecture: Activity) -> None:
    [row] = fill(lecture, 1)
    row.resident.phone = "13812345678"
    row.resident.save()
    assert "13812345678" not in desk.get(people(lecture)).text
    page = desk.get(reverse("activities:call_person", args=[lecture.pk, row.pk]))
    assert 'href="tel:13812345678"' in page.text


def test_a_row_of_another_activity_answers_404(
    desk: Client, lecture: Activity, make_lecture: Callable[..., Lecture]
) -> None:
    [row] = fill(lecture, 1)
    other = make_lecture()
    for name in ("withdraw", "undo_withdrawal", "confirm"):
        door = reverse(f"activities:{name}", args=[other.pk, row.pk])
        assert desk.post(door).status_code == 404
    assert seated_and_waiting(lecture) == (1, 0)


def test_what_is_over_offers_no_withdrawal(desk: Client, lecture: Activity, clock: object) -> None:
    fill(lecture, 1)
    clock.move_to(NOW + timedelta(days=7))  # type: ignore[attr-defined]
    assert "本人说来不了" not in desk.get(people(lecture)).text


def test_notes_and_what_was_given_back_cost_no_further_queries(
    desk: Client, lecture: Activity, staff_user: User
) -> None:
    def grow(number: int) -> None:
        for row in fill(lecture, number):
            note = {"resident": row.resident, "text": "电话打过了", "by": staff_user}
            working.write_note(activity=lecture, now=NOW, **note)
        working.withdraw(sign_up=row, by=staff_user, now=NOW)

    grow(1)
    one = queries_of(desk, people(lecture))
    grow(3)
    assert queries_of(desk, people(lecture)) == one
