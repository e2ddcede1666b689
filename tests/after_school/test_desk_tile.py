"""Today's afternoon on the desk: the first tile, whatever its state."""

import pytest

from after_school.models import Session
from after_school.queries.desk import figures
from diedie_edu.common.parts import Figure
from tests.support.afternoons import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def tile(staff_user):
    def read(hour: int, minute: int = 0) -> Figure:
        [found] = figures(staff_user, at(hour, minute))
        return found

    return read


def test_before_it_is_opened_it_says_who_is_expected(tile, planned, enrolment):
    assert (tile(12).number, tile(12).is_now) == (1, False)
    assert (tile(16).tone, tile(16).is_now) == ("amber", True)
    assert (tile(16, 40).tone, tile(16, 40).is_now) == ("brick", True)
    assert "还没开放" in tile(16, 40).note


def test_while_it_is_open_it_says_who_is_inside_and_who_is_missing(
    tile, presence, make_child, enrol_child
):
    assert (tile(17).number, tile(17).tone, tile(17).note) == (1, "amber", "")
    enrol_child(make_child(full_name="王大朋"))
    assert (tile(16, 40).tone, tile(16, 40).note) == ("amber", "1 个待到")
    assert (tile(17).tone, tile(17).note) == ("brick", "1 个没到、没请假")


def test_afterwards_it_says_who_was_here_and_does_not_stand_out(tile, session, staff_user):
    Session.objects.update(state="closed", closed_at=at(19), closed_by=staff_user)
    assert (tile(20).number, tile(20).is_now) == (0, False)
    assert "19:00" in tile(20).note


def test_it_is_the_first_tile(as_user, staff_user, session, frozen):
    frozen(at(17))
    page = as_user(staff_user).get("/desk/").content.decode()
    first = page[page.index('class="stats"') :]
    assert first.index("stat-now") < first.index("stat tone", 120)


def test_a_draft_term_has_no_tile(staff_user, planned):
    planned.term.state = "draft"
    planned.term.save()
    assert figures(staff_user, at(16)) == []
