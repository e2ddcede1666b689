"""The chain of an application, its places and its household, as the database holds them."""

import pytest
from django.db import IntegrityError, connection, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused, constraint_of
from edu_base.actions import places
from edu_base.actions.steps import lock_application, move
from edu_base.models import Application, Intake, SchemeYear, State, Step
from edu_base.models.states import BLOCKS, CHAIN, HOLDS
from edu_base.plan_data import load_schemes
from tests.conftest import NOW
from tests.support.education import make_application, make_dwelling, make_intake, make_year


def test_plan_gives_two_numbers_for_each_scheme(db: None) -> None:
    load_schemes(2026)
    found = SchemeYear.objects.values_list("scheme", "target", "places", "taken")
    assert set(found) == {("households", 50, 25, 0), ("dream", 25, 13, 0)}
    assert Intake.objects.filter(scheme="households").count() == 2
    dream = Intake.objects.get(scheme="dream")
    assert (dream.min_age, dream.max_age) == (None, None)


@pytest.mark.parametrize("state", HOLDS)
def test_places_follow_the_state(
    state: State, intake: Intake, scheme_year: SchemeYear, staff_user: User
) -> None:
    make_application(staff_user, intake, state)
    intake.refresh_from_db()
    scheme_year.refresh_from_db()
    assert (intake.taken, scheme_year.taken) == (1, 1)


def test_ceiling_stands_over_both_classes(staff_user: User) -> None:
    year = make_year(places=1)
    one, other = make_intake(year, places=20), make_intake(year, places=20)
    make_application(staff_user, one, State.PROPOSED)
    late = make_application(staff_user, other, State.RANKED)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        move(application=lock_application(late.pk), to=State.PROPOSED, by=staff_user, now=NOW)
    assert refusal.value.code == "full_year"
    other.refresh_from_db()
    assert other.taken == 0


@pytest.mark.parametrize("name", ["year_keeps_its_ceiling", "class_keeps_its_places"])
def test_no_limit_goes_below_what_is_taken(
    name: str, intake: Intake, scheme_year: SchemeYear, staff_user: User
) -> None:
    make_application(staff_user, intake, State.PROPOSED)
    row = scheme_year if name.startswith("year") else intake
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(places=0)
    assert constraint_of(error.value) == name


@pytest.mark.parametrize("state", BLOCKS)
def test_household_has_one_student_over_all_years(state: State, staff_user: User) -> None:
    home = make_dwelling(staff_user)
    before = make_intake(make_year(year=NOW.year - 5))
    make_application(staff_user, before, state, dwelling=home)
    now = make_application(staff_user, make_intake(make_year()), State.RANKED, dwelling=home)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        move(application=lock_application(now.pk), to=State.PROPOSED, by=staff_user, now=NOW)
    assert refusal.value.code == "household"


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.NOT_ADMITTED, State.LEFT])
def test_household_is_open_again(state: State, staff_user: User) -> None:
    home = make_dwelling(staff_user)
    before = make_intake(make_year(year=NOW.year - 5))
    make_application(staff_user, before, state, dwelling=home)
    now = make_application(staff_user, make_intake(make_year()), State.PROPOSED, dwelling=home)
    assert now.state == State.PROPOSED


def test_household_binds_its_scheme_alone(staff_user: User) -> None:
    home = make_dwelling(staff_user)
    make_application(staff_user, make_intake(make_year()), State.PROPOSED, dwelling=home)
    dream = make_intake(make_year("dream", places=13))
    make_application(staff_user, dream, State.PROPOSED, dwelling=home)


def test_nobody_is_proposed_without_a_household(intake: Intake, staff_user: User) -> None:
    ranked = make_application(staff_user, intake, State.RANKED, dwelling=None)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        move(application=lock_application(ranked.pk), to=State.PROPOSED, by=staff_user, now=NOW)
    assert refusal.value.code == "no_household"


def test_one_live_application_a_year_over_both_schemes(intake: Intake, staff_user: User) -> None:
    first = make_application(staff_user, intake)
    dream = make_intake(make_year("dream", places=13))
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make_application(staff_user, dream, person=first.person)
    assert constraint_of(error.value) == "one_live_application_a_year"


def test_database_holds_the_chain(intake: Intake, staff_user: User) -> None:
    for state in (State.DRAFT, State.SUBMITTED, State.RANKED, State.PROPOSED, State.REPORTED):
        row = make_application(staff_user, intake, state)
        for to in set(State) - {state, *CHAIN[state]}:
            with pytest.raises(IntegrityError), transaction.atomic():
                Application.objects.filter(pk=row.pk).update(state=to)


def test_state_needs_its_step(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.SUBMITTED)
    Application.objects.filter(pk=row.pk).update(state=State.ELIGIBLE)
    with pytest.raises(IntegrityError) as error:
        connection.check_constraints()
    assert constraint_of(error.value) == "an_application_stands_as_its_last_step_says"


def test_freed_place_goes_to_the_first_reserve(staff_user: User) -> None:
    intake = make_intake(make_year(places=1))
    held = make_application(staff_user, intake, State.PROPOSED)
    second = make_application(staff_user, intake, State.RESERVE, rank=2)
    first = make_application(staff_user, intake, State.RESERVE, rank=1)
    with transaction.atomic():
        places.end(
            application=held,
            to=State.WITHDRAWN,
            by=staff_user,
            now=NOW,
            acting=Step.Acting.APPLICANT,
        )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.OFFERED, State.RESERVE)
