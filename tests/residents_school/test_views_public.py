"""What residents see of the lectures."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import call_off
from diedie_edu.activities.models import Activity, Duty
from diedie_edu.people.models import (
    Household,
    Organisation,
    Resident,
    Topic,
    TopicArea,
    Volunteer,
)
from residents_school.models import Lecture
from residents_school.views.public import PER_PAGE
from tests.conftest import NOW, SATURDAY
from tests.seats import enter, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MakeLecture = Callable[..., Lecture]
SUNDAY = SATURDAY + timedelta(days=1)


def look(client: Client, **choices: object) -> HttpResponse:
    return client.get(reverse("residents_school:lecture_list"), choices)


def titles(client: Client, **choices: object) -> list[str]:
    return [lecture.title for lecture in look(client, **choices).context["page"]]


def detail(client: Client, lecture: Lecture) -> HttpResponse:
    return client.get(reverse("residents_school:lecture_detail", args=[lecture.pk]))


def speak(lecture: Lecture, full_name: str) -> None:
    volunteer = Volunteer.objects.create(
        resident=Resident.objects.create(full_name=full_name), kinds=["expert"]
    )
    Duty.objects.create(occasion=lecture.occasion, volunteer=volunteer, work="speaker")


# --- The list --------------------------------------------------------------------------


def test_lectures_stand_soonest_first_and_the_past_is_left_out(
    client: Client, make_lecture: MakeLecture, clock: object
) -> None:
    for title, day in (("乙", SUNDAY), ("甲", SATURDAY)):
        make_lecture(day=day, title=title)
    assert titles(client) == ["甲", "乙"]
    clock.move_to(Lecture.objects.get(title="甲").occasion.ends_at)
    assert titles(client) == ["乙"]


def test_a_lecture_that_is_being_given_is_still_shown(
    client: Client, make_lecture: MakeLecture, clock: object
) -> None:
    clock.move_to(make_lecture(title="甲").occasion.ends_at - timedelta(seconds=1))
    assert titles(client) == ["甲"]


def test_drafts_are_hidden_and_called_off_ones_shown(
    client: Client, make_lecture: MakeLecture
) -> None:
    make_lecture(title="草稿", state="draft")
    make_lecture(title="取消", state="called_off", call_off_reason="台风")
    assert titles(client) == ["取消"]


def test_filter_by_topic_and_by_area(
    client: Client, make_lecture: MakeLecture, topic: Topic
) -> None:
    leisure = TopicArea.objects.create(slug="leisure", title_zh="休闲娱乐")
    brush = Topic.objects.create(area=leisure, title_zh="书法")
    photo = Topic.objects.create(area=leisure, title_zh="摄影")
    for title, subject in (("一", topic), ("二", brush), ("三", photo)):
        make_lecture(title=title, topic=subject)
    assert titles(client, topic=brush.pk) == ["二"]
    assert sorted(titles(client, topic=f"area-{leisure.pk}")) == ["三", "二"]


def test_filter_by_the_local_day(client: Client, make_lecture: MakeLecture) -> None:
    """Half past seven on Saturday is still Friday in UTC."""
    make_lecture(title="早", starts=time(7, 30))
    make_lecture(title="明天", day=SUNDAY)
    assert titles(client, day=SATURDAY.isoformat()) == ["早"]
    assert titles(client, day=(SATURDAY - timedelta(days=1)).isoformat()) == []


def test_only_with_free_seats(client: Client, make_lecture: MakeLecture) -> None:
    fill(make_lecture(title="满", capacity=1), 1)
    make_lecture(title="空", capacity=1)
    make_lecture(title="停", state="called_off", call_off_reason="台风")
    assert titles(client, free="on") == ["空"]


@pytest.mark.parametrize("words", ["家常菜", " 家常 ", "营养", "王大厨", "社工协会", "Nutrition"])
def test_search_by_title_summary_topic_speaker_or_partner(
    client: Client, make_lecture: MakeLecture, topic: Topic, words: str
) -> None:
    food = Topic.objects.create(area=topic.area, title_zh="营养与保健", title_en="Nutrition")
    partner = Organisation.objects.create(title="社工协会", kind="association")
    speak(make_lecture(title="家常菜怎么做", topic=food, partner=partner), "王大厨")
    speak(make_lecture(title="太极拳"), "李师傅")
    assert titles(client, q=words) == ["家常菜怎么做"]


@pytest.mark.parametrize("words", ["%", "_", "'", "\\", "无此讲座"])
def test_search_takes_every_character_for_itself(
    client: Client, make_lecture: MakeLecture, words: str
) -> None:
    make_lecture(title="太极拳")
    assert titles(client, q=words) == []


def test_choices_add_up(client: Client, make_lecture: MakeLecture) -> None:
    make_lecture(title="太极拳一", capacity=1)
    make_lecture(title="太极拳二", day=SUNDAY)
    fill(make_lecture(title="太极拳三", day=SUNDAY, capacity=1), 1)
    assert titles(client, q="太极", day=SUNDAY.isoformat(), free="on") == ["太极拳二"]


@pytest.mark.parametrize(
    "choices",
    [
        {"day": "2026-13-40"},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"topic": "area-x"},
        {"topic": "99999"},
        {"topic": "99999999999999999999"},
        {"q": "\x00"},
        {"q": "长" * 61},
        {"page": "x"},
        {"page": "-1"},
        {"page": "99999999999999999999"},
        {"when": "x"},
    ],
)
def test_no_choice_ends_in_an_error_page(
    client: Client, make_lecture: MakeLecture, choices: dict
) -> None:
    make_lecture()
    assert look(client, **choices).status_code == 200


def test_a_choice_that_makes_no_sense_is_said_beside_it(
    client: Client, make_lecture: MakeLecture
) -> None:
    make_lecture(title="太极拳")
    answer = look(client, day="2026-13-40")
    assert answer.context["form"].errors.keys() == {"day"}
    assert "太极拳" in answer.text


def test_long_lists_have_pages_that_keep_the_choices(
    client: Client, make_lecture: MakeLecture
) -> None:
    for _lecture in range(PER_PAGE + 1):
        make_lecture(title="太极拳")
    first, second = look(client, q="太极"), look(client, q="太极", page=2)
    assert [len(page.context["page"]) for page in (first, second)] == [PER_PAGE, 1]
    assert "q=%E5%A4%AA%E6%9E%81&amp;page=2" in first.text


def test_pages_show_every_lecture_once(client: Client, make_lecture: MakeLecture) -> None:
    """All at the same time: the order must not leave it open who comes first."""
    for number in range(PER_PAGE + 3):
        make_lecture(title=f"讲座{number}")
    shown = titles(client) + titles(client, page=2)
    assert len(set(shown)) == PER_PAGE + 3


@pytest.mark.parametrize(
    ("choices", "is_filtered"), [({}, False), ({"page": 1}, False), ({"q": "太极"}, True)]
)
def test_turning_a_page_is_not_a_choice(client: Client, choices: dict, is_filtered: bool) -> None:
    assert look(client, **choices).context["is_filtered"] is is_filtered


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "还没有" in look(client).text
    assert 'href="?"' in look(client, q="无").text


def test_the_list_shows_ones_own_seats(
    as_user: Callable[[User], Client], resident_user: User, make_lecture: MakeLecture
) -> None:
    enter(make_lecture(title="甲"), resident_user.resident)
    make_lecture(title="乙", day=SUNDAY)
    shown = look(as_user(resident_user)).context["page"]
    assert [bool(lecture.sign_up) for lecture in shown] == [True, False]


# --- One lecture -----------------------------------------------------------------------


def test_a_draft_and_a_missing_lecture_answer_alike(
    client: Client, make_lecture: MakeLecture
) -> None:
    draft = make_lecture(state="draft")
    assert detail(client, draft).status_code == 404
    assert client.get(reverse("portal:activity", args=[draft.pk])).status_code == 404
    assert client.get(reverse("residents_school:lecture_detail", args=[99999])).status_code == 404


def test_the_address_in_messages_leads_to_the_lecture(
    client: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    answer = client.get(reverse("portal:activity", args=[lecture.pk]))
    assert answer.url == reverse("residents_school:lecture_detail", args=[lecture.pk])


def test_a_lecture_names_its_speakers_and_partner(
    client: Client, make_lecture: MakeLecture
) -> None:
    partner = Organisation.objects.create(title="书法协会", kind="association")
    lecture = make_lecture(partner=partner, outline="第一段")
    speak(lecture, "王大师")
    text = detail(client, lecture).text
    assert all(words in text for words in ("王大师", "书法协会", "第一段"))


def test_a_visitor_is_led_to_sign_in_and_back(client: Client, make_lecture: MakeLecture) -> None:
    answer = detail(client, make_lecture())
    assert f"{reverse('accounts:sign_in')}?next={answer.request['PATH_INFO']}" in answer.text
    assert not answer.context["places"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"sign_up_opens_at": NOW + timedelta(hours=1)}, "not_open_yet"),
        ({"sign_up_closes_at": NOW}, "closed"),
        ({"state": "called_off", "call_off_reason": "台风停课"}, "called_off"),
    ],
)
def test_where_nobody_can_sign_up_the_reason_stands_in_place_of_the_button(
    client: Client,
    as_user: Callable[[User], Client],
    resident_user: User,
    make_lecture: MakeLecture,
    fields: dict,
    code: str,
) -> None:
    lecture = make_lecture(**fields)
    visitor, resident = detail(client, lecture), detail(as_user(resident_user), lecture)
    assert visitor.context["closed"].code == resident.context["places"][0].refusal.code == code
    for answer in (visitor, resident):
        assert str(visitor.context["closed"]) in answer.text
        assert reverse("activities:sign_up", args=[lecture.pk]) not in answer.text


def test_whoever_holds_a_seat_can_give_it_back(
    as_user: Callable[[User], Client], resident_user: User, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    enter(lecture, resident_user.resident)
    text = detail(as_user(resident_user), lecture).text
    assert reverse("activities:cancel", args=[lecture.pk]) in text
    assert reverse("activities:sign_up", args=[lecture.pk]) not in text


@pytest.mark.parametrize("when", ["starts_at", "ends_at"])
def test_once_it_has_begun_no_button_is_offered_that_would_be_refused(
    as_user: Callable[[User], Client],
    resident_user: User,
    make_lecture: MakeLecture,
    clock: object,
    when: str,
) -> None:
    lecture = make_lecture()
    enter(lecture, resident_user.resident)
    clock.move_to(getattr(lecture.occasion, when))
    text = detail(as_user(resident_user), lecture).text
    assert reverse("activities:cancel", args=[lecture.pk]) not in text


def test_everybody_waiting_sees_their_place(
    as_user: Callable[[User], Client], resident_user: User, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture(capacity=1)
    fill(lecture, 2)
    enter(lecture, resident_user.resident)
    answer = detail(as_user(resident_user), lecture)
    assert answer.context["places"][0].position == 2
    assert answer.context["waiting"] == 2


def test_the_household_is_listed_and_no_stranger(
    as_user: Callable[[User], Client],
    resident_user: User,
    stranger: User,
    make_lecture: MakeLecture,
) -> None:
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(account=resident_user).update(household=home)
    Resident.objects.create(full_name="外婆", household=home)
    answer = detail(as_user(resident_user), make_lecture())
    names = [place.name for place in answer.context["places"]]
    assert names == [resident_user.display_name, "外婆"]


def test_other_peoples_names_are_on_no_page(client: Client, make_lecture: MakeLecture) -> None:
    lecture = make_lecture()
    rows = fill(lecture, 3)
    assert rows[0].resident.full_name not in detail(client, lecture).text


def test_a_lecture_called_off_says_so_and_keeps_its_page(
    client: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    call_off(activity=lecture, reason="讲师生病", by=None, now=NOW)
    answer = detail(client, lecture)
    assert "讲师生病" in answer.text
    assert Activity.objects.get().is_called_off
