"""An exception to a class's conditions: asked for by one, decided by another, kept with why."""

from collections.abc import Callable

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.kinds import lines_of, shown_now
from diedie_edu.decisions.models import Request
from diedie_edu.decisions.models import State as Stands
from diedie_edu.decisions.rules import Decision
from edu_base.actions import forgetting, liftings
from edu_base.models import Application, Intake, Lifting, State
from tests.conftest import NOW
from tests.support.education import make_application
from tests.support.refusals import code_of, refused_by

WHY = "差十天满十八周岁，高中已毕业。"


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.PROGRAMME_LEAD, scope="edu-base")


@pytest.fixture
def submitted(intake: Intake, staff_user: User) -> Application:
    return make_application(staff_user, intake, State.SUBMITTED)


def ask(application: Application, by: User, *conditions: str) -> Request:
    conditions = conditions or ("age",)
    return liftings.ask(application=application, conditions=conditions, reason=WHY, by=by, now=NOW)


def decide(request: Request, by: User, what: str = Stands.APPROVED, reason: str = "") -> Request:
    decision = Decision(what, seen=shown_now(request), reason=reason)
    return deciding.decide(request=request, decision=decision, by=by, now=NOW)


def test_a_lead_lifts_what_staff_ask_for_and_the_reason_stays(
    submitted: Application, staff_user: User, lead: User
) -> None:
    decide(ask(submitted, staff_user), lead)
    submitted.refresh_from_db()
    assert (submitted.lifted, submitted.lifted_reason) == (["age"], WHY)
    assert code_of(lambda: ask(submitted, staff_user)) == "lifted"


def test_a_no_lifts_nothing(submitted: Application, staff_user: User, lead: User) -> None:
    decide(ask(submitted, staff_user), lead, Stands.REFUSED, "明年再来。")
    submitted.refresh_from_db()
    assert submitted.lifted == []


def test_nobody_decides_what_they_asked_for(submitted: Application, lead: User) -> None:
    request = ask(submitted, lead)
    assert code_of(lambda: decide(request, lead)) == "own"


def test_staff_who_are_no_leads_do_not_decide(
    submitted: Application, lead: User, staff_user: User
) -> None:
    request = ask(submitted, lead)
    assert code_of(lambda: decide(request, staff_user)) == "not_yours"


def test_a_lead_does_not_decide_on_a_relative(intake: Intake, staff_user: User, lead: User) -> None:
    row = make_application(staff_user, intake, State.SUBMITTED, guardian=lead.resident)
    request = ask(row, staff_user)
    assert code_of(lambda: decide(request, lead)) == "concerned"


def test_what_is_asked_is_one_until_it_is_decided(
    submitted: Application, staff_user: User, lead: User
) -> None:
    first = ask(submitted, staff_user)
    assert ask(submitted, staff_user, "age", "schooling") == first
    assert Lifting.objects.get().conditions == ["age", "schooling"]
    words = {line.label: line.text for line in lines_of(first, shown_now(first))}
    assert WHY in words.values()


def test_it_is_asked_for_while_the_conditions_are_checked(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.ELIGIBLE)
    assert code_of(lambda: ask(row, staff_user)) == "not_now"


def test_of_somebody_who_is_erased_no_words_stay_in_requests(
    submitted: Application, staff_user: User
) -> None:
    request = ask(submitted, staff_user)
    forgetting.forget_person(submitted.person, NOW)
    request.refresh_from_db()
    assert request.erased_at == NOW
    assert WHY not in " ".join(request.steps.values_list("shown", flat=True))
    assert not Lifting.objects.exists()


def test_an_exception_says_what_and_why(submitted: Application) -> None:
    with refused_by("exception_says_what_and_why"):
        Lifting.objects.create(application=submitted, conditions=[], reason=WHY)
