"""From the ranking to places and a reserve list; offers that end, and what people hear."""

from datetime import date, timedelta
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Notice
from edu_base.actions import offers, proposing
from edu_base.models import Application, Intake, State, Step
from edu_base.rules.places import seen_as
from tests.conftest import NOW
from tests.support.education import (
    make_application,
    make_dwelling,
    make_intake,
    make_person,
    make_year,
)
from tests.support.refusals import code_of


@pytest.fixture
def two_places(db: None) -> Intake:
    return make_intake(make_year(places=2))


def ranked(by: User, intake: Intake, rank: int, **fields: object) -> Application:
    return make_application(by, intake, State.RANKED, rank=rank, **fields)


def states(*applications: Application) -> list[str]:
    for row in applications:
        row.refresh_from_db()
    return [row.state for row in applications]


def propose(intake: Intake, by: User, number: int, **more: object) -> None:
    intake.refresh_from_db()
    lines = proposing.plan(intake, number=number, fills_reserve=True)
    facts = {"fills_reserve": True, "seen": seen_as(lines)} | more
    proposing.propose_batch(intake=intake, number=number, by=by, now=NOW, **facts)


def test_places_go_by_rank_and_the_others_wait(two_places: Intake, staff_user: User) -> None:
    rows = [ranked(staff_user, two_places, rank) for rank in (3, 1, 2)]
    propose(two_places, staff_user, 2)
    assert states(*rows) == [State.RESERVE, State.PROPOSED, State.PROPOSED]
    told = set(Notice.objects.values_list("kind", "recipient"))
    assert told == {
        ("edu_base.reserved", rows[0].person_id),
        ("edu_base.proposed", rows[1].person_id),
        ("edu_base.proposed", rows[2].person_id),
    }


def test_whoever_cannot_be_proposed_stays_and_takes_no_place(
    two_places: Intake, staff_user: User
) -> None:
    home = make_dwelling(staff_user)
    before = make_intake(make_year(year=NOW.year - 3))
    make_application(staff_user, before, State.STUDYING, dwelling=home)
    with_student = ranked(staff_user, two_places, 1, dwelling=home)
    unseen = ranked(staff_user, two_places, 2, dwelling=None)
    stopped = ranked(staff_user, two_places, 3)
    stopped.stopped_at, stopped.stop_reason = NOW, "父亲不同意"
    stopped.save()
    first, second = (ranked(staff_user, two_places, rank) for rank in (4, 5))
    propose(two_places, staff_user, 2)
    assert states(with_student, unseen, stopped) == [State.RANKED] * 3
    assert states(first, second) == [State.PROPOSED] * 2


def test_second_of_a_household_waits_behind_the_first(two_places: Intake, staff_user: User) -> None:
    home = make_dwelling(staff_user)
    first, second = (ranked(staff_user, two_places, rank, dwelling=home) for rank in (1, 2))
    propose(two_places, staff_user, 2)
    assert states(first, second) == [State.PROPOSED, State.RESERVE]


def test_nothing_happens_but_what_the_preview_showed(two_places: Intake, staff_user: User) -> None:
    first, second = (ranked(staff_user, two_places, rank) for rank in (1, 2))
    seen = seen_as([])
    assert code_of(partial(propose, two_places, staff_user, 2, seen=seen)) == "changed"
    assert code_of(partial(propose, two_places, staff_user, 3)) == "too_many"
    assert states(first, second) == [State.RANKED] * 2


def test_proposal_taken_back_frees_the_place_for_staff(
    two_places: Intake, staff_user: User
) -> None:
    row = make_application(staff_user, two_places, State.PROPOSED, rank=1)
    waiting = make_application(staff_user, two_places, State.RESERVE, rank=2)
    proposing.take_back(application=row, reason="排错了", by=staff_user, now=NOW)
    assert states(row, waiting) == [State.RANKED, State.RESERVE]
    proposing.offer_next(intake=two_places, now=NOW)
    assert states(waiting) == [State.OFFERED]


def test_closing_the_reserve_list_tells_everybody_why(two_places: Intake, staff_user: User) -> None:
    rows = [make_application(staff_user, two_places, State.RESERVE, rank=n) for n in (1, 2)]
    facts = {"intake": two_places, "by": staff_user, "now": NOW}
    assert proposing.close_reserve(reason="已开学", **facts) == 2
    assert states(*rows) == [State.REFUSED] * 2
    assert {row.data["reason"] for row in Notice.objects.all()} == {"已开学"}


# --- Offers ------------------------------------------------------------------------------


@pytest.fixture
def offered(staff_user: User) -> Application:
    intake = make_intake(make_year(places=1))
    held = make_application(staff_user, intake, State.PROPOSED, rank=1)
    row = make_application(staff_user, intake, State.RESERVE, rank=2)
    make_application(staff_user, intake, State.RESERVE, rank=3)
    proposing.take_back(application=held, reason="排错了", by=staff_user, now=NOW)
    proposing.offer_next(intake=intake, now=NOW)
    row.refresh_from_db()
    return row


def answer(row: Application, takes_it: bool, days: float = 1, step: int = 0) -> None:
    offers.answer(
        application=row,
        step=step or row.last_step,
        takes_it=takes_it,
        by=None,
        acting=Step.Acting.LINK,
        now=NOW + timedelta(days=days),
    )


def test_offer_is_accepted_and_goes_through_the_announcement_too(offered: Application) -> None:
    answer(offered, True)
    assert states(offered) == [State.PROPOSED]
    assert code_of(partial(answer, offered, True)) == "answered"


@pytest.mark.usefixtures("offered")
def test_offer_declined_goes_to_the_next(offered: Application) -> None:
    answer(offered, False)
    following = Application.objects.get(rank=3)
    assert states(offered, following) == [State.WITHDRAWN, State.OFFERED]


def test_offer_ends_to_the_minute_and_passes_on(offered: Application) -> None:
    assert offered.offer_ends_at == NOW + timedelta(days=3)
    assert code_of(partial(answer, offered, True, days=3)) == "offer_over"
    offers.plan_offers(NOW + timedelta(days=3) - timedelta(seconds=1))
    assert states(offered) == [State.OFFERED]
    offers.plan_offers(NOW + timedelta(days=3))
    following = Application.objects.get(rank=3)
    assert states(offered, following) == [State.WITHDRAWN, State.OFFERED]
    assert offered.steps.last().acting == Step.Acting.NOBODY
    offers.plan_offers(NOW + timedelta(days=3))  # once more is harmless
    assert states(following) == [State.OFFERED]


def test_one_reminder_a_day_before_the_end(offered: Application) -> None:
    assert offers.plan_offers(NOW + timedelta(days=1)) == 0
    assert offers.plan_offers(NOW + timedelta(days=2)) == 2  # inbox and text message
    assert offers.plan_offers(NOW + timedelta(days=2, hours=3)) == 0
    assert Notice.objects.filter(kind="edu_base.offer_ends").first().data["offer"] == [
        offered.pk,
        offered.last_step,
        offered.person_id,
    ]


# --- Who hears ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "stays", "hears"),
    [
        (date(NOW.year - 18, NOW.month, NOW.day), False, False),  # 18 on the day
        (date(NOW.year - 18, NOW.month, NOW.day + 1), False, True),
        (date(NOW.year - 20, 1, 1), True, True),
    ],
)
def test_guardian_hears_until_the_18th_birthday_or_as_the_student_wants(
    born: date, stays: bool, hears: bool, intake: Intake, staff_user: User
) -> None:
    guardian = make_person()
    more = {
        "guardian": guardian,
        "guardian_stays": stays,
        "person": make_person(born=born, phone="13800138000"),
    }
    row = ranked(staff_user, intake, 1, **more)
    proposing.place(application=row, to=State.PROPOSED, by=staff_user, now=NOW)
    heard = set(Notice.objects.values_list("recipient", flat=True))
    assert heard == {row.person_id} | ({guardian.pk} if hears else set())
    assert {row.data["name"] for row in Notice.objects.all()} == {row.person.full_name}
