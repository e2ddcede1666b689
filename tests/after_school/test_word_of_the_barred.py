"""Whoever is barred from a child is not believed: what they gave others ends, nobody asks them to
come, and whoever is concerned decides nothing about it as staff."""

from datetime import timedelta

import pytest

from after_school.actions import (
    alarms,
    collecting,
    custody,
    handing_over,
    missing,
    passes,
    whereabouts,
)
from after_school.actions.collecting import NewCollector
from after_school.actions.custody import Custody
from after_school.actions.deciding import OnBehalf
from after_school.models import GuardianRight, PresenceEvent
from after_school.queries.children import guardians_who_decide
from after_school.queries.collecting import who_collects
from after_school.queries.sessions import Stand, register_of
from after_school.queries.still_here import left_behind
from diedie_edu.accounts.models import RoleGrant
from diedie_edu.accounts.permissions import Role
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.afternoons import at, told
from tests.support.guardians import second_guardian, see
from tests.support.refusals import code_of, guard_that_stops, run

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def father(child, make_user, mother):
    """The second guardian, seen, who decides too."""
    user = make_user(Role.RESIDENT, display_name="陈建")
    second_guardian(child, user, mother)
    see(child)
    return user


def bar_by_guardian(child, father, mother) -> None:
    row = child.collectors.get(guardian=father.resident)
    collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)


def bar_by_name(child, father, mother) -> None:
    """Somebody of his name is barred, whom the mother had named herself."""
    new = NewCollector("陈 建", "13900007771", "爸爸", TODAY)
    row = collecting.name_collector(child=child, new=new, by=mother, now=NOW)
    collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)


each_way = pytest.mark.parametrize("bar", [bar_by_guardian, bar_by_name])


@each_way
def test_what_a_barred_guardian_gave_others_counts_no_more(
    child, term, session, presence, mother, father, staff_user, bar
):
    friend = collecting.name_collector(
        child=child, new=NewCollector("老同学", "13900003333", "朋友", TODAY), by=father, now=NOW
    )
    aunt = collecting.name_collector(
        child=child,
        new=NewCollector("阿姨", "13900004444", "朋友", TODAY),
        by=OnBehalf(staff_user, father.resident, "电话"),
        now=NOW,
    )
    _made, code = passes.make_pass(
        child=child, term=term, day=TODAY, full_name="同事", phone="", by=father, now=NOW
    )
    walk = passes.permit_walking_home(
        child=child, valid_from=TODAY, valid_until=TODAY, by=father, now=NOW
    )
    bar(child, father, mother)
    who = who_collects(child, TODAY, LATER)
    assert [row.full_name for row in who.may] == [mother.display_name]
    assert not who.passes
    assert who.walk_home is None
    way = of(presence) | {"by": staff_user, "now": LATER}
    for one in (friend, aunt):
        assert code_of(lambda: handing_over.hand_over(collector=one, how="known", **way))  # noqa: B023
    assert code_of(lambda: handing_over.hand_over_by_code(code=code, **way))
    assert code_of(lambda: handing_over.let_walk_home(permission=walk, **way))


@each_way
def test_nobody_asks_the_barred_to_come(child, session, presence, mother, father, bar):
    bar(child, father, mother)
    alarms.plan_still_here(at(19))
    assert {row.recipient for row in told("still_here")} == {mother.resident}


def test_a_call_list_names_nobody_of_a_barred_number(child, presence, session, mother, father):
    new = NewCollector("陈大伯", father.phone, "伯伯", TODAY)
    collecting.name_collector(child=child, new=new, by=mother, now=NOW)
    bar_by_guardian(child, father, mother)
    (row,) = left_behind(session)
    assert [one.full_name for one in row.people] == [mother.resident.full_name]


@each_way
def test_a_barred_guardian_does_not_decide(child, mother, father, bar):
    bar(child, father, mother)
    assert guardians_who_decide(child.pk) == {mother.resident.pk}


def test_a_barred_voice_in_a_call_is_an_alarm(
    session, enrolment, child, mother, father, staff_user
):
    bar_by_guardian(child, father, mother)
    call = {"said": "with_me", "who": "陈建", "by": staff_user, "now": at(17)}
    say = lambda: whereabouts.note_answer(session=session, enrolment=enrolment, **call)  # noqa: E731
    assert [code_of(say), code_of(say)] == ["barred", "barred"]
    logged = [(row.what, row.by) for row in PresenceEvent.objects.all()]
    assert logged == [("unbelieved", staff_user)]
    assert staff_user in {row.account for row in told("not_believed")}


@each_way
@pytest.mark.parametrize("said", ["with_me", "not_coming", "on_the_way"])
def test_an_answer_of_somebody_barred_since_ends_no_search(
    session, enrolment, child, mother, father, bar, said
):
    assert missing.plan_missing(at(16, 50)) == 1
    told_by = {"guardian": father.resident, "said": said, "way": "link", "now": at(16, 52)}
    whereabouts.answer(session=session, enrolment=enrolment, **told_by)
    assert missing.plan_missing(at(16, 53)) == 0
    bar(child, father, mother)
    assert missing.plan_missing(at(16, 55)) == 1
    assert missing.plan_missing(at(16, 56)) == 0
    assert register_of(session, at(16, 56))[0].stand == Stand.MISSING


# --- Staff who are concerned ------------------------------------------------------------


@pytest.fixture
def staff_father(father):
    RoleGrant.objects.create(user=father, role=Role.STAFF)
    return father


def test_nobody_lifts_the_own_bar_as_staff(child, mother, staff_father):
    bar_by_guardian(child, staff_father, mother)
    row = child.collectors.get(guardian=staff_father.resident)
    lift = lambda: collecting.lift_bar(  # noqa: E731
        collector=row, reason="和好", by=OnBehalf(staff_father, None, "和好"), now=LATER
    )
    assert code_of(lift) == "own"
    row.refresh_from_db()
    assert row.is_barred


def test_nobody_changes_custody_in_the_own_case(child, mother, staff_father):
    rights = GuardianRight.objects.filter(child=child)
    made = Custody(
        paper_reference="3 号柜 9",
        reason="裁定",
        leaving=[rights.get(place=1)],
        first=rights.get(place=2),
    )
    change = lambda: custody.change_custody(  # noqa: E731
        child=child, custody=made, by=staff_father, now=LATER
    )
    assert code_of(change) == "own"


def test_nobody_acts_for_the_other_guardian_of_the_own_child(child, mother, staff_father):
    by = OnBehalf(staff_father, mother.resident, "电话")
    new = NewCollector("老同学", "13900003333", "朋友", TODAY)
    name = lambda: collecting.name_collector(child=child, new=new, by=by, now=LATER)  # noqa: E731
    assert code_of(name) == "own"


def test_who_is_not_seen_yet_shows_no_document_to_themselves(child, presence, staff_father):
    GuardianRight.objects.filter(guardian=staff_father.resident).update(
        seen_at=None, seen_by=None, seen_how=""
    )
    row = child.collectors.get(guardian=staff_father.resident)
    take = lambda: handing_over.hand_over(  # noqa: E731
        **of(presence), collector=row, how="document", by=staff_father, now=LATER
    )
    assert code_of(take) == "own"
    leave = f"""
        UPDATE after_school_presence SET left_at = arrived_at, left_by_id = {staff_father.pk},
            checked_how = 'document', collector_id = {row.pk}"""
    assert guard_that_stops(lambda: run(leave)) == "a_child_goes_with_somebody_who_may_collect"
