"""The list of lectures: order, choices, search, pages."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.people.models import Organisation, Resident, Topic, TopicArea, Volunteer
from diedie_edu.venues.models import Venue
from residents_school.models import Lecture
from residents_school.queries.lectures import PER_PAGE
from tests.conftest import SATURDAY
from tests.support.duties import on_duty
from tests.support.seats import enter, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MakeLecture = Callable[..., Lecture]
SUNDAY = SATURDAY + timedelta(days=1)


def look(client: Client, **choices: object) -> HttpResponse:
    return client.get(reverse("residents_school:lecture_list"), choices)


def titles(client: Client, **choices: object) -> list[str]:
    return [lecture.title for lecture in look(client, **choices).context["page"]]


def speak(lecture: Lecture, full_name: str) -> None:
    volunteer = Volunteer.objects.create(
        resident=Resident.objects.create(full_name=full_name), kinds=["expert"]
    )
    on_duty(lecture.occasion, volunteer)


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


def test_filter_by_the_form_of_learning(client: Client, make_lecture: MakeLecture) -> None:
    make_lecture(title="听")
    make_lecture(title="做", teaching_form="hands_on")
    assert titles(client, teaching_form="hands_on") == ["做"]


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


@pytest.mark.parametrize("words", ["图书", "tushu", "tss", "jcc", "jiachang", "library"])
def test_a_lecture_is_found_by_its_place_and_by_letters(
    words: str, client: Client, make_lecture: MakeLecture, make_venue: Callable[..., Venue]
) -> None:
    room = make_venue(title_zh="图书室", title_en="Library")
    make_lecture(title="家常菜怎么做", venue=room)
    make_lecture(title="书法")
    assert titles(client, q=words) == ["家常菜怎么做"]


def test_the_choices_are_those_of_the_moment(client: Client) -> None:
    """They are drawn once for all who look alike (docs/adr/0055)."""
    assert "家庭菜园" not in look(client).text
    area = TopicArea.objects.create(slug="garden", title_zh="园艺")
    topic = Topic.objects.create(area=area, title_zh="家庭菜园")
    assert "家庭菜园</option>" in look(client).text
    assert f'value="{topic.pk}" selected' in look(client, topic=topic.pk).text
    assert f'value="{topic.pk}" selected' not in look(client).text


def test_the_shortcuts_follow_the_day(client: Client, clock: object) -> None:
    assert f'href="?day={SATURDAY}"' in look(client).text
    clock.move_to(moment(SATURDAY + timedelta(days=2)))
    assert f'href="?day={SATURDAY + timedelta(days=7)}"' in look(client).text


def test_the_large_view_folds_the_choices_in(client: Client) -> None:
    assert '<details class="line">' not in look(client).text
    client.cookies["view"] = "elder"
    assert '<details class="line">' in look(client).text


def test_a_page_that_is_not_there_is_the_last_one(
    client: Client, make_lecture: MakeLecture
) -> None:
    for number in range(PER_PAGE + 1):
        make_lecture(title=f"讲座{number}")
    assert len(titles(client, page=9)) == 1
    assert len(titles(client, page="x")) == PER_PAGE
    assert look(client).context["page"].paginator.count == PER_PAGE + 1
