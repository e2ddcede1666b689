"""Years and classes in the admin site: no limit goes below what is taken, ages have their day."""

from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from edu_base.models import Intake, SchemeYear, State
from tests.support.education import make_application
from tests.support.own_rows import form_of, url
from tests.support.sent_forms import form_on
from tests.support.two_browsers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lead(as_user: Callable[[User], Client], make_user: Callable[..., User]) -> Client:
    return as_user(make_user(Role.PROGRAMME_LEAD, scope="edu-base"))


def sent(client: Client, row: Intake | SchemeYear, **changes: object):
    """The page of a row, sent with some of its fields changed."""
    page = url(type(row), "change", row.pk)
    return client.post(page, form_on(client, page).data() | changes)


def test_no_limit_goes_below_what_is_taken(lead, staff_user, scheme_year, intake) -> None:
    make_application(staff_user, intake, State.PROPOSED)
    for row in (scheme_year, intake):
        answer = sent(lead, row, places=0)
        assert "places" in form_of(answer).errors
        assert sent(lead, row, places=1).status_code == 302
    SchemeYear.objects.update(allotted=3)
    assert "target" in form_of(sent(lead, scheme_year, target=2)).errors


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"age_counts_on": ""}, "age_counts_on"),
        ({"min_age": 26}, "max_age"),
        ({"closes_on": "2026-01-01"}, "closes_on"),
    ],
)
def test_what_a_class_says_fits_together(lead, intake, changes, field) -> None:
    assert field in form_of(sent(lead, intake, **changes)).errors


def test_a_class_without_an_age_rule_needs_no_day(lead, intake) -> None:
    none = dict.fromkeys(("min_age", "max_age", "age_counts_on"), "")
    assert sent(lead, intake, **none).status_code == 302
    intake.refresh_from_db()
    assert (intake.min_age, intake.age_counts_on) == (None, None)


def test_an_application_shows_no_number_address_or_words(lead, staff_user, intake) -> None:
    sealed = {"address": "桂畔路 7 号", "words": "想学护理"}
    row = make_application(staff_user, intake, State.SUBMITTED, **sealed)
    page = text_of(lead.get(url(type(row), "change", row.pk)))
    assert not [words for words in sealed.values() if words in page]
