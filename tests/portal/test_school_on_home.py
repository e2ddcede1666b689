"""The 4:30 school on the home page and among the desk's links."""

from datetime import timedelta

import pytest
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity
from tests.after_school.conftest import make_term, school  # noqa: F401
from tests.conftest import NOW
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HOME, DESK = reverse("portal:home"), reverse("portal:desk")


def home(client) -> str:
    return client.get(HOME).content.decode()


def enrol_at(term) -> str:
    return reverse("after_school:enrol", args=[term.pk])


def test_home_asks_to_enrol_and_says_how_many_places_are_free(client, make_term):  # noqa: F811
    term = make_term()
    Activity.objects.filter(pk=term.pk).update(taken=3)
    page = home(client)
    assert enrol_at(term) in page
    assert "还有 37 个名额" in page


def test_a_full_term_has_a_waiting_list(client, make_term):  # noqa: F811
    term = make_term()
    Activity.objects.filter(pk=term.pk).update(taken=40)
    assert enrol_at(term) in home(client)
    assert "排队" in home(client)


def test_a_term_that_opens_later_names_the_day(client, make_term):  # noqa: F811
    term = make_term(sign_up_opens_at=NOW + timedelta(days=3))
    page = home(client)
    assert enrol_at(term) not in page
    assert "11月26日" in page


def test_drafts_and_what_is_over_or_closed_are_left_out(client, make_term):  # noqa: F811
    make_term(state="draft")
    make_term(sign_up_closes_at=NOW)
    make_term(last_day=(NOW - timedelta(days=1)).date())
    assert "/enrol/" not in home(client)


def test_home_asks_as_often_for_one_term_as_for_three(client, make_term):  # noqa: F811
    make_term()
    one = queries_of(client, HOME)
    make_term()
    make_term()
    assert queries_of(client, HOME) == one


@pytest.mark.parametrize("name", ["roster", "term_list", "clearances"])
def test_the_desk_leads_to_the_schools_pages_for_those_who_may(as_user, make_user, name):
    address = reverse(f"after_school:{name}")
    shown = {
        role: address in as_user(make_user(role)).get(DESK).content.decode()
        for role in (Role.STAFF, Role.BRANCH_LEAD)
    }
    assert all(shown.values())
    lead = make_user(Role.PROGRAMME_LEAD, scope="residents-school")
    assert address not in as_user(lead).get(DESK).content.decode()
