"""Planning a series in the browser: the form, the days, saving; and changing several."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local
from diedie_edu.people.models import Resident, Topic, Volunteer
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from residents_school.actions.seasons import SeriesPlan
from residents_school.models import Lecture, LectureSeries
from residents_school.queries import seasons as seasons_queries
from tests.conftest import NOW, SATURDAY
from tests.residents_school.seasons.conftest import WEEK, save
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = reverse("residents_school:season_create")


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def words(programme: Programme, topic: Topic, room: Venue) -> dict[str, object]:
    """A form filled in as it should be: four Saturdays."""
    return {
        "title": "智能手机入门",
        "teaching_form": "lecture",
        "topic": topic.pk,
        "day": SATURDAY.isoformat(),
        "weeks": 4,
        "weekdays": ["6"],
        "on_clash": "leave_out",
        "starts": "09:30",
        "ends": "11:00",
        "venue": room.pk,
        "capacity": 20,
    }


@pytest.fixture
def series(make_season_plan: Callable[..., SeriesPlan]) -> LectureSeries:
    """Four announced Saturdays."""
    return save(make_season_plan(), announce=True)


def lectures_of(series: LectureSeries) -> list[Lecture]:
    return list(seasons_queries.lectures_of(series))


def keys(page: HttpResponse) -> list[str]:
    return [row.planned.key for row in page.context["rows"] if row.planned.place]


def confirm(page: HttpResponse, words: dict, button: str = "save", **more: object) -> dict:
    """What the browser sends back from the preview."""
    shown = [row.planned.key for row in page.context["rows"]]
    return words | {"kept": keys(page), "shown": shown, button: "1"} | more


# --- The form and the days -------------------------------------------------------------


def test_the_days_are_shown_before_anything_is_saved(staff: Client, words: dict) -> None:
    page = staff.post(NEW, words)
    assert (page.context["held"], page.context["left_out"]) == (4, 0)
    assert all(row.is_kept and not row.is_new for row in page.context["rows"])
    assert not LectureSeries.objects.exists()


def test_the_preview_carries_the_form_along(staff: Client, words: dict) -> None:
    experts = [Resident.objects.create(full_name=f"专家{n}") for n in range(2)]
    speakers = [Volunteer.objects.create(resident=row, kinds=["expert"]).pk for row in experts]
    sent = words | {"speakers": speakers, "outline": "第一讲\n第二讲", "weekdays": ["6", "7"]}
    page = staff.post(NEW, sent)
    for name, value in sent.items():
        for one in value if isinstance(value, list) else [value]:
            assert f'name="{name}" value="{one}"' in page.text


def test_the_ticked_days_are_saved_as_drafts(staff: Client, words: dict) -> None:
    page = staff.post(NEW, words)
    answer = staff.post(NEW, confirm(page, words, kept=keys(page)[1:]))
    series = LectureSeries.objects.get()
    assert answer.url == reverse("residents_school:season", args=[series.pk])
    begins = [local(row.starts_at).date() for row in lectures_of(series)]
    assert begins == [SATURDAY + n * WEEK for n in (1, 2, 3)]
    assert {row.state for row in lectures_of(series)} == {"draft"}


def test_they_can_be_announced_at_once(staff: Client, words: dict) -> None:
    staff.post(NEW, confirm(staff.post(NEW, words), words, "announce"))
    assert {row.state for row in Lecture.objects.all()} == {"published"}


def test_a_clash_that_arose_meanwhile_is_shown_on_its_day(
    staff: Client, words: dict, make_lecture: Callable, room: Venue
) -> None:
    first = staff.post(NEW, words)
    make_lecture(day=SATURDAY + WEEK, venue=room, title="合唱")
    page = staff.post(NEW, confirm(first, words))
    assert page.context["refusal"].code == "changed"
    assert [row.is_new for row in page.context["rows"]] == [False, True, False, False]
    assert [row.is_kept for row in page.context["rows"]] == [True, False, True, True]
    assert "合唱" in page.text
    assert not LectureSeries.objects.exists()


def test_without_a_tick_nothing_is_saved_and_the_days_stay(staff: Client, words: dict) -> None:
    page = staff.post(NEW, confirm(staff.post(NEW, words), words, kept=[]))
    assert page.context["refusal"].code == "nothing"
    assert not any(row.is_kept for row in page.context["rows"])


def test_one_can_go_back_and_change_the_plan(staff: Client, words: dict) -> None:
    page = staff.post(NEW, confirm(staff.post(NEW, words), words, "edit"))
    assert page.context["form"]["title"].value() == "智能手机入门"
    assert "rows" not in page.context


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": ["5"]}, "weekdays"),
        ({"weeks": 0}, "weeks"),
        ({"weeks": 54}, "weeks"),
        ({"weeks": "x"}, "weeks"),
        ({"ends": "09:30"}, "ends"),
        ({"capacity": 61}, "capacity"),
        ({"capacity": 0}, "capacity"),
        ({"on_clash": "hope"}, "on_clash"),
        ({"day": "9999-12-25"}, "day"),
        ({"day": "2026-11-21"}, "day"),
        ({"day": ""}, "day"),
        ({"venue": "999999"}, "venue"),
        ({"opens_days_before": "0"}, "opens_days_before"),
    ],
)
@pytest.mark.parametrize("button", ["show", "save"])
def test_what_does_not_fit_is_said_beside_its_field(
    staff: Client, words: dict, change: dict, field: str, button: str
) -> None:
    page = staff.post(NEW, words | change | {button: "1", "kept": ["x"]})
    assert list(page.context["form"].errors) == [field]
    assert not LectureSeries.objects.exists()


def test_the_preview_costs_the_same_with_more_days_and_bookings(
    staff: Client, words: dict, make_lecture: Callable
) -> None:
    def cost(weeks: int) -> int:
        make_lecture(starts=time(14, 0))
        with CaptureQueriesContext(connection) as queries:
            assert staff.post(NEW, words | {"weeks": weeks}).status_code == 200
        return len(queries)

    staff.post(NEW, words)
    assert cost(6) == cost(30)  # both into the new year, which is asked for


# --- One series ------------------------------------------------------------------------


def test_a_series_shows_its_lectures_and_what_can_be_changed(
    staff: Client, series: LectureSeries
) -> None:
    page = staff.get(reverse("residents_school:season", args=[series.pk]))
    assert len(page.context["lectures"]) == len(page.context["ahead"]) == 4


def test_all_of_it_change_together(staff: Client, series: LectureSeries, room: Venue) -> None:
    url = reverse("residents_school:season_change", args=[series.pk])
    sent = typed(staff.get(url)) | {"starts": "14:00", "ends": "15:30"}
    answer = staff.post(url, sent)
    assert answer.url == reverse("residents_school:season", args=[series.pk])
    assert {local(row.starts_at).time() for row in lectures_of(series)} == {time(14, 0)}


def test_from_one_on_they_change_and_keep_what_is_their_own(
    staff: Client, series: LectureSeries
) -> None:
    lectures = lectures_of(series)
    Lecture.objects.filter(pk=lectures[3].pk).update(title="结业")
    url = reverse("residents_school:season_change_from", args=[series.pk, lectures[2].pk])
    staff.post(url, typed(staff.get(url)) | {"summary": "带上手机"})
    assert [row.summary for row in lectures_of(series)] == ["", "", "带上手机", "带上手机"]
    assert lectures_of(series)[3].title == "结业"


def test_a_change_that_is_refused_stands_beside_its_field(
    staff: Client, series: LectureSeries, make_lecture: Callable
) -> None:
    taken = make_lecture(day=SATURDAY + WEEK).occasion.venue
    url = reverse("residents_school:season_change", args=[series.pk])
    page = staff.post(url, typed(staff.get(url)) | {"venue": taken.pk})
    assert list(page.context["form"].errors) == ["venue"]
    assert taken not in {row.occasion.venue for row in lectures_of(series)}


def typed(page: HttpResponse) -> dict[str, object]:
    """The form as the browser would send it back untouched."""
    sent = {}
    for field in page.context["form"]:
        value = field.value()
        if isinstance(value, list):
            sent[field.name] = value
        elif value is not None:
            shown = field.field.widget.format_value(value)
            sent[field.name] = shown[0] if isinstance(shown, list) else shown or ""
    return sent


def test_where_none_lies_ahead_there_is_nothing_to_change(
    staff: Client, series: LectureSeries, make_lecture: Callable, clock: object
) -> None:
    stranger = make_lecture()
    other = reverse("residents_school:season_change_from", args=[series.pk, stranger.pk])
    assert staff.get(other).status_code == 404
    assert staff.get(reverse("residents_school:season", args=[999_999])).status_code == 404
    clock.move_to(NOW + timedelta(days=60))
    url = reverse("residents_school:season_change", args=[series.pk])
    assert as_staff_again(staff).get(url).status_code == 404


def as_staff_again(staff: Client) -> Client:
    """Sessions of staff end after twelve hours."""
    user = User.objects.get(pk=staff.session["_auth_user_id"])
    staff.force_login(user, backend="diedie_edu.accounts.backends.PhoneBackend")
    return staff


@pytest.mark.parametrize("name", ["season", "season_change", "staff_lecture_list"])
def test_pages_cost_the_same_with_more_lectures(
    staff: Client, make_season_plan: Callable[..., SeriesPlan], make_venue: Callable, name: str
) -> None:
    def cost(weeks: int) -> int:
        series = save(make_season_plan(weeks=weeks, venue=make_venue()))
        args = [] if name == "staff_lecture_list" else [series.pk]
        return queries_of(staff, reverse(f"residents_school:{name}", args=args))

    assert cost(1) == cost(3)


# --- Who -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        (Role.STAFF, "", 200),
        (Role.PROGRAMME_LEAD, "residents-school", 200),
        (Role.PROGRAMME_LEAD, "happy-square", 403),
        (Role.VOLUNTEER, "", 403),
        (Role.RESIDENT, "", 403),
    ],
)
def test_only_who_plans_lectures_plans_series(
    as_user: Callable,
    make_user: Callable,
    series: LectureSeries,
    role: Role,
    scope: str,
    status: int,
) -> None:
    client = as_user(make_user(role, scope=scope))
    pages = [NEW]
    pages += [
        reverse(f"residents_school:{name}", args=[series.pk])
        for name in ("season", "season_change")
    ]
    assert {client.get(page).status_code for page in pages} == {status}
    assert Client().get(NEW).status_code == 302
