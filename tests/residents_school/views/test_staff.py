"""Announcing, calling off, and the lists and sheets of staff."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diedie_edu.people.models import Resident
from residents_school.models import Lecture
from residents_school.queries.lectures import planned_lectures
from tests.conftest import NOW, SATURDAY
from tests.support.seats import enter, fill, make_residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MakeLecture = Callable[..., Lecture]
LIST = reverse("residents_school:staff_lecture_list")
LONG_AGO = NOW - timedelta(days=60)


def url_of(name: str, lecture: Lecture) -> str:
    return reverse(f"residents_school:{name}", args=[lecture.pk])


def said(answer: HttpResponse) -> list[str]:
    return [row.level_tag for row in get_messages(answer.wsgi_request)]


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


def test_a_queue_is_counted_for_the_lectures_of_the_page_alone(make_lecture: MakeLecture) -> None:
    for title in ("一", "二", "三"):
        make_lecture(title=title)
    told = planned_lectures().order_by("starts_at")[:1].explain(analyze=True, format="json")
    assert loops_of(json.loads(told)[0]["Plan"]) == [1]


def loops_of(node: dict[str, Any]) -> list[int]:
    """How many times each statement within a plan was run."""
    below = [loops for part in node.get("Plans", ()) for loops in loops_of(part)]
    return [node["Actual Loops"]] * (node.get("Parent Relationship") == "SubPlan") + below
