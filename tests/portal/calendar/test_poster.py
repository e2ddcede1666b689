"""The poster of a weekend."""

import re
from datetime import date, time

import pytest
import segno
from django.test import Client

from diedie_edu.activities.actions import schedule
from tests.conftest import NOW
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
POSTER = "/calendar/poster/"
SVG_PATH = re.compile(r'<path[^>]*class="qrline"[^>]*d="([^"]+)"')
STROKE = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")


def codes_on(page: str) -> list[list[list[int]]]:
    """The dark and light modules of each QR code, read back from its strokes."""
    return [matrix_of(strokes) for strokes in SVG_PATH.findall(page)]


def matrix_of(strokes: str) -> list[list[int]]:
    """The modules without the quiet zone of four: `M x y` and `m x y` move, `h n` draws."""
    dark, x, y = set(), 0.0, 0.0
    for command, first, second in STROKE.findall(strokes):
        if command == "h":
            dark |= {(int(y), int(x) + n) for n in range(int(first))}
            x += float(first)
        elif command == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    size = max(column for _row, column in dark) + 1
    return [[int((row, column) in dark) for column in range(4, size)] for row in range(4, size)]


def modules_of(address: str) -> list[list[int]]:
    return [[int(dark) for dark in row] for row in segno.make_qr(address, error="m").matrix]


def test_every_code_opens_its_lecture(make_lecture, settings):
    settings.PORTAL_URL = "https://portal.example"
    lectures = [make_lecture(), make_lecture(day=date(2026, 11, 29))]
    found = codes_on(Client().get(POSTER).content.decode())
    wanted = [f"https://portal.example/activities/{row.pk}/" for row in lectures]
    assert found == [modules_of(url) for url in [*wanted, "https://portal.example/lectures/"]]


def titles_on(url: str) -> list[str]:
    return [row.activity.title for row, _address in Client().get(url).context["entries"]]


def test_shows_this_weekend_in_its_order(make_lecture):
    make_lecture(title="周日", day=date(2026, 11, 29))
    make_lecture(title="周六下午", starts=time(15, 0))
    make_lecture(title="周六上午")
    make_lecture(title="下周", day=date(2026, 12, 5))
    assert titles_on(POSTER) == ["周六上午", "周六下午", "周日"]
    assert titles_on("/calendar/poster/2026/12/1/") == ["下周"]


def test_leaves_out_what_does_not_take_place(make_lecture, staff_user):
    make_lecture(state="draft")
    schedule.call_off(activity=make_lecture(), reason="台风", by=staff_user, now=NOW)
    assert titles_on(POSTER) == []


@pytest.mark.parametrize(("number", "shown", "left_out"), [(6, 6, 0), (7, 5, 2)])
def test_says_how_many_more_there_are_than_fit(make_lecture, number, shown, left_out):
    for hour in range(number):
        make_lecture(starts=time(9 + hour, 0))
    page = Client().get(POSTER)
    assert (len(page.context["entries"]), page.context["left_out"]) == (shown, left_out)


@pytest.mark.parametrize(("asked", "given"), [("a3", "a3"), ("a4", "a4"), ("b5", "a4")])
def test_comes_in_two_sizes(asked, given):
    assert f"poster-{given}" in Client().get(POSTER, {"paper": asked}).content.decode()


def test_leads_to_the_weekends_beside_it_until_the_pages_end():
    page = Client().get("/calendar/poster/2028/12/30/")
    assert page.context["previous"] == "/calendar/poster/2028/12/23/"
    assert page.context["next"] == ""


def test_costs_the_same_with_one_lecture_and_with_three(make_lecture):
    make_lecture()
    for_one = queries_of(Client(), POSTER)
    make_lecture()
    make_lecture()
    assert queries_of(Client(), POSTER) == for_one
