"""An answer as its time ends, and an objection as the committee's resolution is entered."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from edu_base.actions import announcing, objections, offers
from edu_base.actions.announcing import Resolved
from edu_base.actions.objections import Told
from edu_base.models import Application, Objection, State, Step
from tests.conftest import NOW
from tests.support.education import make_application, make_intake, make_year
from tests.support.races import meanwhile, trigger_off
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
Acting = Step.Acting
LATER = moment(date(2026, 11, 25))


def state(row: Application) -> str:
    row.refresh_from_db()
    return row.state


# --- The last minute of an offer ---------------------------------------------------------


@pytest.fixture
def offered(staff_user: User) -> Application:
    return make_application(staff_user, make_intake(make_year(places=1)), State.OFFERED)


def accept(row: Application) -> None:
    step = row.last_step
    facts = {"takes_it": True, "by": None, "acting": Acting.LINK, "now": NOW}
    offers.answer(application=row, step=step, **facts)


def run_out() -> None:
    offers.plan_offers(NOW + timedelta(days=4))


def test_yes_in_the_last_minute_counts(offered: Application) -> None:
    """The planner comes while the answer is being written."""
    with transaction.atomic():
        accept(offered)
        planner = meanwhile(run_out)
    planner.result()
    assert state(offered) == State.PROPOSED


def test_yes_that_comes_behind_the_planner_hears_so(offered: Application) -> None:
    with transaction.atomic():
        run_out()
        late = meanwhile(lambda: code_of(partial(accept, offered)))
    assert late.result() == "answered"
    assert state(offered) == State.WITHDRAWN


def unlocked(number: int) -> Application:
    return Application.objects.select_related("intake", "person").get(pk=number)


def test_control_without_the_locks_the_answer_ends_in_an_error(
    offered: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "lock_year", lambda _row: None)
    monkeypatch.setattr(offers, "lock_application", unlocked)
    monkeypatch.setattr("edu_base.actions.places.lock_year", lambda _row: None)
    monkeypatch.setattr("edu_base.actions.places.lock_application", unlocked)
    with transaction.atomic():
        accept(offered)
        planner = meanwhile(run_out)
    with pytest.raises(IntegrityError):
        planner.result()


# --- An objection at the last moment -----------------------------------------------------


@pytest.fixture
def announced(staff_user: User) -> Application:
    """Its days in public have passed."""
    return make_application(staff_user, make_intake(make_year()), State.ANNOUNCED)


def enter(row: Application, by: User) -> None:
    """What came on paper on the last day."""
    facts = {"way": Objection.Way.PAPER, "received_on": row.listing.announcement.last_on}
    told = Told(row, "梁先生", "不住在社区")
    objections.enter(told=told, sheet=uuid4(), language="zh-hans", by=by, now=LATER, **facts)


def resolve(row: Application, by: User) -> None:
    resolved = Resolved(date(2026, 11, 24), "叠委〔2026〕9号", [row.pk], {})
    announcing.resolve(intake=row.intake, resolved=resolved, by=by, now=LATER)


def test_objection_comes_before_the_resolution(announced: Application, staff_user: User) -> None:
    with transaction.atomic():
        enter(announced, staff_user)
        committee = meanwhile(lambda: code_of(partial(resolve, announced, staff_user)))
    assert committee.result() == "objection"
    assert state(announced) == State.ANNOUNCED


def test_objection_behind_the_resolution_is_too_late(
    announced: Application, staff_user: User
) -> None:
    with transaction.atomic():
        resolve(announced, staff_user)
        late = meanwhile(lambda: code_of(partial(enter, announced, staff_user)))
    assert late.result() == "not_in_public"
    assert state(announced) == State.CONFIRMED


def test_control_without_lock_and_guard_the_case_goes_on_with_an_open_objection(
    announced: Application, staff_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        announcing, "lock_all", lambda numbers: {number: unlocked(number) for number in numbers}
    )
    with trigger_off(Application, "objections_come_before_the_next_step"):
        with transaction.atomic():
            enter(announced, staff_user)
            committee = meanwhile(partial(resolve, announced, staff_user))
        committee.result()
    assert state(announced) == State.CONFIRMED
    assert announced.objections.filter(decided_at=None).exists()
