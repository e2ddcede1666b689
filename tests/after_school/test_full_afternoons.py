"""An afternoon of 120 children: what its pages weigh, and that a line is drawn once."""

import re

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from after_school.models import Presence, Zone
from diedie_edu.common import drawn
from diedie_edu.people.looks import WRITE
from diedie_edu.people.models import ChildAccess, Resident
from tests.support.afternoons import at
from tests.support.counting import queries_of
from tests.support.full_afternoons import full_afternoon

pytestmark = pytest.mark.django_db
CHILDREN, FEW = 120, 4


@pytest.fixture
def full(school, staff_user):
    """Half of them inside, the others still to come."""
    with time_machine.travel(at(16, 32), tick=False):
        yield full_afternoon(CHILDREN, CHILDREN // 2, staff_user, at(16, 32))


@pytest.fixture
def few(full, staff_user):
    """The afternoon of another term, in which fewer are."""
    return full_afternoon(FEW, FEW // 2, staff_user, at(16, 32))


def pages_of(session):
    pages = ("session", "still_here", "session_sheet")
    return [reverse(f"after_school:{name}", args=[session.pk]) for name in pages]


@pytest.fixture
def look(full, as_user, staff_user):
    """A page of the afternoon, as staff have it."""
    desk = as_user(staff_user)
    return lambda name, session=full: desk.get(reverse(f"after_school:{name}", args=[session.pk]))


# Bytes of a child's part: with a form for each button the first two took 1,270 and 3,640.
@pytest.mark.parametrize(
    ("page", "bound"), [("session", 850), ("still_here", 2_300), ("session_sheet", 600)]
)
def test_a_page_weighs_little_for_each_child(look, few, page, bound):
    more = len(look(page).content) - len(look(page, few).content)
    children = CHILDREN - FEW
    assert more / (children // 2 if page == "still_here" else children) < bound


@pytest.mark.parametrize("page", ["session", "still_here"])
def test_one_form_holds_the_taps_of_all_children(look, full, page):
    main = look(page).content.decode().split("<main")[1].split("</main>")[0]
    forms = re.findall('<form [^>]*method="post"', main)
    taps = re.findall('<button [^>]*formaction="([^"]*)"', main)
    assert len(forms) == 1
    assert main.count("csrfmiddlewaretoken") == 1
    assert len(taps) == (CHILDREN if page == "session" else 2 * 3 * CHILDREN // 2)


def test_every_tap_says_of_whom_it_is(look):
    main = look("session").content.decode().split("<main")[1]
    buttons = re.findall("<button [^>]*formaction.*?</button>", main, re.S)
    said = [re.search('visually-hidden">: (.*?)</span>', button)[1] for button in buttons]
    assert sorted(said) == sorted(
        Resident.objects.filter(birth_date__isnull=False).values_list("full_name", flat=True)
    )


def test_120_children_take_no_more_queries_than_four(full, few, as_user, staff_user):
    desk = as_user(staff_user)
    asked = [queries_of(desk, page) for page in pages_of(full)]
    assert asked == [queries_of(desk, page) for page in pages_of(few)]
    assert all(number <= bound for number, bound in zip(asked, (15, 10, 14), strict=True)), asked


def test_a_line_is_drawn_once_and_anew_when_it_says_something_else(look, full):
    drawn._draw.cache_clear()
    look("session")
    frame = 4  # the navigation, that of staff and its menu, and the foot of the page
    assert drawn._draw.cache_info().misses == frame + CHILDREN
    moved = Presence.objects.filter(session=full, zone__kind="homework").first()
    Presence.objects.filter(pk=moved.pk).update(
        zone=Zone.objects.get(term=full.term, kind="activities")
    )
    look("session")
    assert drawn._draw.cache_info().misses == frame + CHILDREN + 1


def test_what_was_drawn_yesterday_is_forgotten(look):
    look("session")
    kept = drawn._draw.cache_info().currsize
    assert kept >= CHILDREN
    drawn._forget_yesterdays(at(12).date().replace(day=1))
    assert drawn._draw.cache_info().currsize == 0


def test_a_look_at_the_sheet_is_written_down_for_each_child(look, staff_user):
    look("session_sheet")
    looks = ChildAccess.objects.filter(viewer=staff_user, page="paper register", at=at(16, 32))
    assert looks.count() == CHILDREN


def test_a_look_within_the_hour_is_found_by_the_index(look, full, staff_user):
    """However many looks the log holds of this reader and of these children."""
    look("session")
    assert ChildAccess.objects.filter(viewer=staff_user, page="after_school:session").count() == 120
    values = {"children": [0], "viewer": staff_user.pk, "page": "a", "reason": "", "refused": False}
    values |= {"now": at(17), "since": at(16), "grown": at(16).date()}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # few rows are quicker read at once
        cursor.execute(f"EXPLAIN {WRITE}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "looks_of_a_viewer" in plan
    look("session")
    assert ChildAccess.objects.filter(viewer=staff_user, page="after_school:session").count() == 120
