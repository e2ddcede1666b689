"""The form of a lecture: what is refused where, and what saving keeps."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.activities.actions import schedule
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.people.models import Resident, Topic, Volunteer
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import on_duty
from tests.support.seats import fill, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MakeLecture = Callable[..., Lecture]
LIST = reverse("residents_school:staff_lecture_list")
NEW = reverse("residents_school:lecture_create")


@pytest.fixture
def words(
    programme: Programme, topic: Topic, make_venue: Callable[..., Venue]
) -> dict[str, object]:
    """A form filled in as it should be."""
    return {
        "title": "家常菜怎么做",
        "topic": topic.pk,
        "summary": "少油少盐",
        "outline": "",
        "teaching_form": "lecture",
        "partner": "",
        "capacity": 20,
        "day": SATURDAY.isoformat(),
        "starts": "09:30",
        "ends": "11:00",
        "venue": make_venue(title_zh="图书室").pk,
    }


@pytest.fixture
def expert() -> Volunteer:
    person = Resident.objects.create(full_name="王大厨", residency="outside")
    return Volunteer.objects.create(resident=person, kinds=["expert"])


def url_of(name: str, lecture: Lecture) -> str:
    return reverse(f"residents_school:{name}", args=[lecture.pk])


def typed(staff: Client, lecture: Lecture) -> dict[str, object]:
    """The change form as the browser would send it back untouched."""
    form = staff.get(url_of("lecture_change", lecture)).context["form"]
    sent = {}
    for field in form:
        value = field.value()
        if isinstance(value, list):
            sent[field.name] = value
        elif value is not None:
            tick = isinstance(value, bool)
            shown = ("on" if value else "") if tick else field.field.widget.format_value(value)
            sent[field.name] = shown[0] if isinstance(shown, list) else shown or ""
    return sent


# --- Planning --------------------------------------------------------------------------


def test_a_lecture_is_planned_as_a_draft(staff: Client, words: dict, expert: Volunteer) -> None:
    answer = staff.post(NEW, words | {"speakers": [expert.pk]})
    lecture = Lecture.objects.get()
    assert answer.url == LIST
    assert (lecture.title, lecture.state) == ("家常菜怎么做", "draft")
    assert lecture.occasion.starts_at == moment(SATURDAY, time(9, 30))
    assert lecture.sign_up_opens_at == NOW
    assert lecture.sign_up_closes_at == lecture.occasion.starts_at
    assert Duty.objects.get().volunteer == expert


def test_it_can_be_announced_at_once(staff: Client, words: dict) -> None:
    staff.post(NEW, words | {"announce": "1"})
    assert Lecture.objects.get().state == "published"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "2026-11-27"}, "day"),
        ({"day": "2026-11-22"}, "day"),
        ({"day": "2027-10-02"}, "day"),
        ({"day": "9999-12-25"}, "day"),
        ({"day": "0001-01-06"}, "day"),
        ({"day": "2026-13-40"}, "day"),
        ({"day": ""}, "day"),
        ({"ends": "09:30"}, "ends"),
        ({"ends": "25:00"}, "ends"),
        ({"starts": ""}, "starts"),
        ({"capacity": 61}, "capacity"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": -1}, "capacity"),
        ({"capacity": "x"}, "capacity"),
        ({"capacity": "99999999999"}, "capacity"),
        ({"title": ""}, "title"),
        ({"title": "长" * 81}, "title"),
        ({"summary": "长" * 201}, "summary"),
        ({"topic": "999999"}, "topic"),
        ({"venue": ""}, "venue"),
        ({"speakers": ["999999"]}, "speakers"),
        ({"sign_up_closes_at": "2026-11-29T09:30"}, "sign_up_closes_at"),
        ({"sign_up_closes_at": "2026-11-20T09:30"}, "sign_up_closes_at"),
        ({"sign_up_opens_at": "nonsense"}, "sign_up_opens_at"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_typed_is_lost(
    staff: Client, words: dict, change: dict, field: str
) -> None:
    answer = staff.post(NEW, words | {"outline": "讲什么"} | change)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["outline"].value() == "讲什么"
    assert "讲什么" in answer.text
    assert not Lecture.objects.exists()


def test_a_taken_room_is_said_beside_the_room_with_the_lecture_that_has_it(
    staff: Client, words: dict, make_lecture: MakeLecture
) -> None:
    make_lecture(title="太极入门", venue=Venue.objects.get(pk=words["venue"]))
    errors = staff.post(NEW, words).context["form"].errors
    assert list(errors) == ["venue"]
    assert "太极入门" in errors["venue"][0]
    assert "图书室" in errors["venue"][0]


def test_the_refusal_names_the_festival_in_the_readers_language(staff: Client, words: dict) -> None:
    words["day"] = "2027-10-02"
    chinese = staff.post(NEW, words).context["form"].errors["day"][0]
    staff.cookies["django_language"] = "en"
    english = staff.post(NEW, words).context["form"].errors["day"][0]
    assert "国庆节" in chinese
    assert "National Day" in english


def test_only_experts_and_lecturers_who_serve_can_be_chosen(staff: Client) -> None:
    names = {"expert": "专家", "lecturer": "讲师", "community": "帮手", "student_party": "学生"}
    for kind, name in names.items():
        Volunteer.objects.create(resident=Resident.objects.create(full_name=name), kinds=[kind])
    retired = Volunteer.objects.get(kinds=["lecturer"])
    Volunteer.objects.filter(pk=retired.pk).update(is_active=False)
    choices = staff.get(NEW).context["form"]["speakers"].field.queryset
    assert [row.resident.full_name for row in choices] == ["专家"]


# --- Changing --------------------------------------------------------------------------


def test_the_form_shows_the_lecture_as_it_stands(staff: Client, make_lecture: MakeLecture) -> None:
    shown = typed(staff, make_lecture(title="太极拳"))
    assert (shown["title"], shown["day"], shown["starts"]) == ("太极拳", "2026-11-28", "09:30")


def test_saving_what_is_shown_changes_nothing_and_tells_nobody(
    staff: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    fill(lecture, 1)
    before = (Lecture.objects.values().get(), Occasion.objects.values().get(), told(lecture))
    staff.post(url_of("lecture_change", lecture), typed(staff, lecture))
    assert (
        Lecture.objects.values().get(),
        Occasion.objects.values().get(),
        told(lecture),
    ) == before


def test_sign_up_that_closes_at_the_start_moves_with_it(
    staff: Client, make_lecture: MakeLecture
) -> None:
    """Otherwise a lecture put off by a week would have closed for sign-up already."""
    lecture = make_lecture()
    later = typed(staff, lecture) | {"day": "2026-12-05"}
    staff.post(url_of("lecture_change", lecture), later)
    lecture.refresh_from_db()
    assert lecture.sign_up_closes_at == moment(date(2026, 12, 5), time(9, 30))


def test_a_lecture_may_begin_earlier_without_touching_sign_up(
    staff: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    earlier = typed(staff, lecture) | {"starts": "07:00", "ends": "08:00"}
    answer = staff.post(url_of("lecture_change", lecture), earlier)
    assert answer.status_code == 302


def test_a_window_that_staff_set_stays(staff: Client, make_lecture: MakeLecture) -> None:
    noon = moment(SATURDAY - timedelta(days=1), time(12, 0))
    lecture = make_lecture(sign_up_closes_at=noon)
    staff.post(url_of("lecture_change", lecture), typed(staff, lecture) | {"starts": "09:00"})
    lecture.refresh_from_db()
    assert lecture.sign_up_closes_at == noon


def test_a_speaker_who_serves_no_more_keeps_the_lecture_they_were_given(
    staff: Client, make_lecture: MakeLecture, expert: Volunteer
) -> None:
    lecture = make_lecture()
    on_duty(lecture.occasion, expert)
    Volunteer.objects.update(is_active=False)
    staff.post(url_of("lecture_change", lecture), typed(staff, lecture) | {"title": "新"})
    assert Lecture.objects.get().title == "新"
    assert Duty.objects.get().volunteer == expert


def test_a_room_and_a_topic_out_of_use_stay_with_the_lecture_that_has_them(
    staff: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    Venue.objects.update(is_open=False)
    Topic.objects.update(is_offered=False)
    answer = staff.post(url_of("lecture_change", lecture), typed(staff, lecture) | {"title": "新"})
    assert answer.status_code == 302
    assert Lecture.objects.get().title == "新"


def test_a_helper_is_not_made_a_speaker_by_saving(
    staff: Client, make_lecture: MakeLecture, expert: Volunteer
) -> None:
    lecture = make_lecture()
    on_duty(lecture.occasion, expert, "helper")
    staff.post(url_of("lecture_change", lecture), typed(staff, lecture) | {"title": "新"})
    assert Duty.objects.get().work == "helper"


def test_fewer_seats_than_are_taken_are_said_beside_the_field(
    staff: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    fill(lecture, 3)
    answer = staff.post(url_of("lecture_change", lecture), typed(staff, lecture) | {"capacity": 2})
    assert list(answer.context["form"].errors) == ["capacity"]
    assert "3" in answer.context["form"].errors["capacity"][0]


def test_what_is_called_off_is_shown_but_not_changed(
    staff: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    schedule.call_off(activity=lecture, reason="台风", by=None, now=NOW)
    answer = staff.post(url_of("lecture_change", lecture), typed(staff, lecture) | {"title": "新"})
    assert answer.context["form"].non_field_errors()
    assert 'name="announce"' not in answer.text


def test_whom_a_lecture_is_for_is_said_in_the_form(staff: Client, words: dict) -> None:
    staff.post(NEW, words | {"min_age": 60, "max_age": "", "residents_only": "on"})
    lecture = Lecture.objects.get()
    assert lecture.audience == ["适合 60 岁以上", "限常住居民"]
    staff.post(url_of("lecture_change", lecture), typed(staff, lecture) | {"max_age": 80})
    assert Lecture.objects.get().audience == ["适合 60–80 岁", "限常住居民"]


def test_ages_that_fit_nobody_are_refused_beside_the_field(staff: Client, words: dict) -> None:
    answer = staff.post(NEW, words | {"min_age": 60, "max_age": 50})
    assert list(answer.context["form"].errors) == ["max_age"]
    assert not Lecture.objects.exists()


def test_an_hour_at_night_is_asked_about_before_it_is_planned(
    staff: Client, words: dict[str, object]
) -> None:
    night = words | {"starts": "02:00", "ends": "03:30"}
    said = staff.post(NEW, night).text
    assert "02:00到03:30" in said
    assert not Lecture.objects.exists()
    staff.post(NEW, night | {"odd_hours": "on"})
    assert Lecture.objects.exists()


def test_topics_stand_in_groups_by_their_areas(staff: Client, topic: Topic) -> None:
    assert f'<optgroup label="{topic.area.title}">' in staff.get(NEW).text
