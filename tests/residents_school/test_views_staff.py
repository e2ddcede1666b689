"""What the one person who runs the weekend does."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import call_off
from diedie_edu.activities.models import Duty, Occasion, Venue
from diedie_edu.common.days import moment
from diedie_edu.people.models import Resident, Topic, Volunteer
from diedie_edu.programmes.models import Programme
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.seats import enter, fill, make_residents, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MakeLecture = Callable[..., Lecture]
LIST = reverse("residents_school:staff_lecture_list")
LONG_AGO = NOW - timedelta(days=60)
NEW = reverse("residents_school:lecture_create")


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


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
            shown = field.field.widget.format_value(value)
            sent[field.name] = shown[0] if isinstance(shown, list) else shown or ""
    return sent


def said(answer: HttpResponse) -> list[str]:
    return [row.level_tag for row in get_messages(answer.wsgi_request)]


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
        ({"title": "a\x00b"}, "title"),
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
    Duty.objects.create(occasion=lecture.occasion, volunteer=expert, work="speaker")
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
    Duty.objects.create(occasion=lecture.occasion, volunteer=expert, work="helper")
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
    call_off(activity=lecture, reason="台风", by=None, now=NOW)
    answer = staff.post(url_of("lecture_change", lecture), typed(staff, lecture) | {"title": "新"})
    assert answer.context["form"].non_field_errors()
    assert 'name="announce"' not in answer.text


# --- Announcing and calling off --------------------------------------------------------


def test_announcing_says_so(staff: Client, make_lecture: MakeLecture) -> None:
    lecture = make_lecture(state="draft")
    answer = staff.post(url_of("announce", lecture))
    assert (answer.url, said(answer)) == (LIST, ["success"])
    assert Lecture.objects.get().state == "published"


def test_announcing_what_is_called_off_says_why_not(
    staff: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture(state="called_off", call_off_reason="台风")
    assert said(staff.post(url_of("announce", lecture))) == ["error"]


def test_calling_off_asks_first_and_says_how_many_are_told(
    staff: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture(capacity=2)
    fill(lecture, 3)
    asked = staff.get(url_of("call_off", lecture))
    assert asked.context["concerned"] == 3
    assert not Lecture.objects.get().is_called_off
    answer = staff.post(url_of("call_off", lecture), {"reason": "讲师生病"})
    assert "3" in str(next(iter(get_messages(answer.wsgi_request))))
    assert Lecture.objects.get().call_off_reason == "讲师生病"


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_calling_off_needs_a_reason(staff: Client, make_lecture: MakeLecture, reason: str) -> None:
    lecture = make_lecture()
    answer = staff.post(url_of("call_off", lecture), {"reason": reason})
    assert "reason" in answer.context["form"].errors
    assert not Lecture.objects.get().is_called_off


def test_calling_off_twice_is_said_and_not_an_error_page(
    staff: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    for _tap in range(2):
        answer = staff.post(url_of("call_off", lecture), {"reason": "台风"})
    assert answer.context["form"].non_field_errors()


@pytest.mark.parametrize("name", ["lecture_change", "call_off", "announce", "sign_in_sheet"])
def test_a_missing_lecture_answers_404(staff: Client, name: str) -> None:
    url = reverse(f"residents_school:{name}", args=[99999])
    assert (staff.post if name == "announce" else staff.get)(url).status_code == 404


# --- Lists and sheets ------------------------------------------------------------------


def test_staff_see_drafts_ahead_and_the_past_apart(
    staff: Client, make_lecture: MakeLecture
) -> None:
    make_lecture(title="上周", day=SATURDAY - timedelta(days=7), sign_up_opens_at=LONG_AGO)
    make_lecture(title="草稿", state="draft")
    pages = [staff.get(LIST, {"when": when}).context["page"] for when in ("", "past")]
    assert [[row.title for row in page] for page in pages] == [["草稿"], ["上周"]]


def test_the_sheet_lists_seats_by_pinyin_with_lines_for_those_who_walk_in(
    staff: Client, make_lecture: MakeLecture, make_resident: Callable[..., Resident]
) -> None:
    lecture = make_lecture(capacity=3)
    for name in ("赵六", "李四", "陈七", "王五"):
        enter(lecture, make_resident(full_name=name, phone="13900000001"))
    text = staff.get(url_of("sign_in_sheet", lecture)).text
    assert text.index("陈七") > 0
    places = [text.index(name) for name in ("李四", "赵六")]
    assert places == sorted(places)
    assert "王五" not in text


def test_the_sheet_is_in_order_for_hundreds(staff: Client, make_lecture: MakeLecture) -> None:
    lecture = make_lecture(capacity=120)
    for person in make_residents(3):
        enter(lecture, person)
    answer = staff.get(url_of("sign_in_sheet", lecture))
    assert answer.text.count("街坊") == 3
    assert len(answer.context["blank_lines"]) > 0
