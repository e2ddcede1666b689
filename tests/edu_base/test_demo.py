"""The education base in the demo season, at whatever day it is loaded."""

from datetime import datetime

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import ZONE
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.demo.accounts import create_accounts
from diedie_edu.programmes.demo import Cast
from edu_base.demo.loading import APPLICANT, play
from edu_base.models import Application, Award, Intake, Nomination, Objection, SchemeYear, State
from edu_base.queries.asking import AskedInYear, asked_until, to_ring
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def cast(settings) -> Cast:
    settings.DEMO = True
    load_plan()
    accounts = create_accounts()
    return Cast(accounts[Role.STAFF], None)


def test_both_schemes_are_under_way(cast: Cast) -> None:
    assert play(cast, NOW)
    assert not play(cast, NOW), "once"
    states = set(Application.objects.values_list("state", flat=True))
    students = {State.REPORTED, State.STUDYING, State.GRADUATED, State.LEFT}
    assert states >= students | {State.RESERVE, State.ANNOUNCED, State.MORE_ASKED, State.DRAFT}
    assert set(SchemeYear.objects.filter(taken__gt=0).values_list("scheme", flat=True)) == {
        *("households", "dream")
    }
    assert Objection.objects.get().decided_at
    assert Award.objects.count() == 11
    assert Nomination.objects.count() == 5
    draft = Application.objects.get(state=State.DRAFT)
    assert draft.person.account == User.objects.get(phone=APPLICANT.phone)


def test_one_class_takes_applications_and_next_years_are_there(cast: Cast) -> None:
    play(cast, NOW)
    opened = Intake.objects.filter(opens_on__lte=NOW, closes_on__gte=NOW)
    assert [(row.year, row.criteria.count()) for row in opened] == [(NOW.year + 1, 3)]
    assert Intake.objects.filter(year=NOW.year + 1).count() == 4


def test_students_were_asked_and_one_is_to_be_rung_up(cast: Cast) -> None:
    play(cast, NOW)
    assert to_ring(asked_until(NOW)).count() == 1
    assert [(row.asked, row.answered) for row in AskedInYear(NOW.year).rows] == [(2, 1)]


def test_in_spring_the_year_before_lies_behind(cast: Cast) -> None:
    play(cast, datetime(NOW.year + 1, 2, 17, 9, tzinfo=ZONE))
    assert Application.objects.filter(year=NOW.year, state=State.REPORTED).count() == 11
