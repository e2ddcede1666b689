"""Three taps afterwards: who is asked, what they can say, and what staff see of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.common.links import token
from diedie_edu.door.actions.feedback import give_feedback, plan_feedback
from diedie_edu.door.models import Feedback
from diedie_edu.door.queries.feedback import feedback_sums, speakers, speakers_sums
from diedie_edu.door.rules.feedback import check_can_say, counted_together
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident, Volunteer
from residents_school.models import Lecture
from tests.support.counting import queries_of
from tests.support.duties import on_duty
from tests.support.occasions import make_occasion, rebook
from tests.support.refusals import code_of
from tests.support.seats import make_residents
from tests.support.signed_links import plain

pytestmark = pytest.mark.django_db
WHOLE = {"use": "much", "level": "right", "again": "yes"}


@pytest.fixture
def occasion(make_lecture: Callable[..., Lecture]) -> Occasion:
    """Saturday 9:30 to 11:00."""
    return make_lecture(title="合理用药").occasions.select_related("activity")[0]


def came(occasion: Occasion, number: int = 1) -> list[Attendance]:
    return [
        Attendance.objects.create(occasion=occasion, resident=one, arrived_at=occasion.starts_at)
        for one in make_residents(number)
    ]


def say(occasion: Occasion, number: int, **answers: str) -> None:
    for attendance in came(occasion, number):
        Feedback.objects.create(
            attendance=attendance, said_at=occasion.ends_at, **(WHOLE | answers)
        )


def asked(occasion: Occasion, hours: float) -> int:
    return plan_feedback(occasion.ends_at + timedelta(hours=hours))


# --- Asking ----------------------------------------------------------------------------


def test_those_who_came_are_asked_once_some_hours_after(occasion: Occasion) -> None:
    came(occasion, 2)
    assert asked(occasion, 2.9) == 0
    assert asked(occasion, 3) == 4  # two people, by two channels
    assert asked(occasion, 3) == 0
    assert asked(occasion, 30) == 0


def test_who_is_entered_from_the_sheet_is_asked_too(occasion: Occasion) -> None:
    came(occasion)
    asked(occasion, 3)
    came(occasion)
    assert asked(occasion, 72) == 2


def test_nobody_is_asked_about_last_month(occasion: Occasion) -> None:
    came(occasion)
    assert asked(occasion, 24 * 6) == 0


def test_nobody_is_asked_after_one_meeting_of_many(occasion: Occasion) -> None:
    came(occasion)
    times = {"starts_at": occasion.ends_at, "ends_at": occasion.ends_at + timedelta(hours=1)}
    make_occasion(occasion.activity, occasion.venue, **times)
    assert asked(occasion, 3) == 0


def test_what_was_called_off_is_not_asked_about(occasion: Occasion) -> None:
    came(occasion)
    rebook(Occasion.objects.filter(pk=occasion.pk), is_off=True)
    assert asked(occasion, 3) == 0


def test_the_message_carries_the_link(occasion: Occasion, client: Client, clock) -> None:
    (attendance,) = came(occasion)
    asked(occasion, 3)
    clock.move_to(occasion.ends_at + timedelta(hours=3))
    path = render(Notice.objects.filter(channel="sms").get(), "zh-hans").path
    assert plain(path) == f"/feedback/{attendance.pk}-/"
    assert "合理用药" in client.get(path).text


# --- Saying ----------------------------------------------------------------------------


@pytest.fixture
def page(occasion: Occasion, clock) -> str:
    """The link of somebody who came, an hour after the end."""
    clock.move_to(occasion.ends_at + timedelta(hours=1))
    return reverse("door:feedback", args=[token("feedback", came(occasion)[0].pk)])


def test_three_taps_and_no_sign_in(page: str, client: Client) -> None:
    leads = [client.post(page, {name: said}).url for name, said in WHOLE.items()]
    assert [lead.partition("#")[2] for lead in leads] == ["level", "again", "thanks"]
    said = Feedback.objects.get()
    assert (said.use, said.level, said.again) == ("much", "right", "yes")
    assert "三项都收到了" in client.get(page).text


def test_an_answer_is_changed_by_another_tap(page: str, client: Client) -> None:
    for said in ("much", "little"):
        client.post(page, {"use": said})
    client.post(page, {"words": "灯光再亮些"})
    kept = Feedback.objects.get()
    assert (kept.use, kept.words) == ("little", "灯光再亮些")


def test_what_is_no_answer_changes_nothing(page: str, client: Client) -> None:
    for form in ({"use": "very"}, {}, {"attendance": "7"}):
        assert client.post(page, form).status_code == 302
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("purpose", ["sign_up", "check_in"])
def test_other_links_open_nothing(purpose: str, page: str, client: Client) -> None:
    other = reverse("door:feedback", args=[token(purpose, Attendance.objects.get().pk)])
    assert client.get(other).status_code == 404
    assert client.post(page[:-2] + "x/", WHOLE).status_code == 404


def test_an_entry_taken_back_takes_the_link_with_it(page: str, client: Client) -> None:
    Attendance.objects.all().delete()
    assert client.get(page).status_code == 404


def test_it_can_be_changed_for_fourteen_days(occasion: Occasion, page: str, client: Client, clock):
    day = timedelta(days=1)
    assert code_of(lambda: check_can_say(occasion, occasion.ends_at - day)) == "not_over"
    assert code_of(lambda: check_can_say(occasion, occasion.ends_at + 13 * day)) is None
    clock.move_to(occasion.ends_at + 14 * day)
    client.post(page, WHOLE)
    assert not Feedback.objects.exists()
    assert "不能再改" in client.get(page).text


def test_one_answer_of_each_who_came(occasion: Occasion) -> None:
    (attendance,) = came(occasion)
    for said in ("much", "some"):
        give_feedback(attendance=attendance, use=said, now=occasion.ends_at)
    assert Feedback.objects.get().use == "some"
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(attendance=attendance, said_at=occasion.ends_at)


def test_feedback_answers_are_known(occasion: Occasion) -> None:
    (attendance,) = came(occasion)
    give_feedback(attendance=attendance, use="much", now=occasion.ends_at)
    with pytest.raises(IntegrityError, match="feedback_answers_are_known"), transaction.atomic():
        connection.cursor().execute("UPDATE door_feedback SET level = 'x'")


# --- Reading ---------------------------------------------------------------------------


def test_fewer_than_five_are_not_broken_down(occasion: Occasion) -> None:
    say(occasion, 4)
    assert feedback_sums(occasion.pk).charts == []
    say(occasion, 1, use="little")
    _key, _title, rows = feedback_sums(occasion.pk).charts[0]
    assert [number for _label, number in rows] == [1, 0, 4]


def test_half_an_answer_does_not_count(occasion: Occasion) -> None:
    say(occasion, 4)
    say(occasion, 1, again="")
    assert feedback_sums(occasion.pk).answers == 4


@pytest.mark.parametrize(
    ("answers", "counted"),
    [
        ({1: 6, 2: 7}, {1, 2}),
        ({1: 6, 2: 3}, {1}),  # the three could be worked out
        ({1: 6, 2: 3, 3: 2}, {1, 2, 3}),
        ({1: 3, 2: 2}, {1, 2}),
        ({1: 4}, set()),
        ({}, set()),
    ],
)
def test_small_ones_cannot_be_worked_out(answers: dict, counted: set) -> None:
    assert counted_together(answers) == counted


def expert() -> Volunteer:
    person = Resident.objects.create(full_name="秦谷雨", birth_date=date(1970, 1, 1))
    return Volunteer.objects.create(resident=person, kinds=["expert"])


def test_a_speakers_sum_is_over_what_they_gave(
    occasion: Occasion, make_lecture: Callable[..., Lecture]
) -> None:
    speaker, other = expert(), make_lecture(starts=occasion.ends_at.time())
    for one in (occasion, other.occasions.get()):
        on_duty(one, speaker)
        say(one, 3)
    here, now = ["residents-school"], other.occasions.get().ends_at
    (found,) = speakers_sums(here, speakers(here, now), now)
    assert (found.name, found.occasions, found.sums.answers) == ("秦谷雨", 2, 6)
    assert not speakers(["happy-square"], now)


def test_what_a_speaker_gave_long_ago_is_not_asked(
    occasion: Occasion, make_lecture: Callable[..., Lecture]
) -> None:
    speaker, here = expert(), ["residents-school"]
    day = occasion.starts_at.date() - timedelta(days=2 * 365)
    opened = occasion.starts_at - timedelta(days=3 * 365)
    old = make_lecture(day=day, sign_up_opens_at=opened).occasions.get()
    for one in (occasion, old):
        on_duty(one, speaker)
        say(one, 5)
    now = occasion.ends_at
    (found,) = speakers_sums(here, speakers(here, now), now)
    assert (found.occasions, found.sums.answers) == (1, 5)
    assert not speakers(here, occasion.starts_at + timedelta(days=3 * 365))


def test_staff_read_sums_and_words(
    occasion: Occasion, staff_user: User, as_user: Callable[[User], Client]
) -> None:
    on_duty(occasion, expert())
    say(occasion, 5, words="灯光再亮些")
    staff = as_user(staff_user)
    said = staff.get(reverse("door:feedback_of", args=[occasion.pk])).text
    assert "灯光再亮些" in said
    assert "街坊" not in said
    assert "秦谷雨" in staff.get(reverse("door:feedback_of_speakers")).text


def test_the_speakers_page_costs_the_same_with_more(
    occasion: Occasion,
    make_lecture: Callable[..., Lecture],
    staff_user: User,
    as_user: Callable[[User], Client],
) -> None:
    staff, page = as_user(staff_user), reverse("door:feedback_of_speakers")
    on_duty(occasion, expert())
    say(occasion, 5)
    for_one = queries_of(staff, page)
    for _number in range(2):
        another = make_lecture().occasions.get()
        on_duty(another, expert())
        say(another, 5)
    assert queries_of(staff, page) == for_one
