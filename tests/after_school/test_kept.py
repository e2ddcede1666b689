"""What the database keeps of children: where they are, how many, and what is written of them.

That the log goes with an erased child, `test_erasure` shows.
"""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from after_school.actions import presence as presences
from after_school.models import Collector, Presence, PresenceEvent, SessionEvent, Zone
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.people.actions.consents import end_consent
from diedie_edu.people.models import Consent, Resident
from tests.conftest import NOW
from tests.support.guardians import invited
from tests.support.races import together, trigger_off
from tests.support.refusals import check_at_once, code_of, guard_that_stops, run

pytestmark = pytest.mark.django_db
KEPT = "what_is_written_of_a_child_goes_with_the_child"
FULL = "no_more_children_in_a_zone_than_its_places"


# --- A child stays known as a child ----------------------------------------------------


@pytest.mark.parametrize("birth_date", [None, "1990-01-01"])
def test_an_enrolled_child_keeps_its_date_of_birth(enrolment, birth_date):
    change = lambda: Resident.objects.filter(pk=enrolment.child_id).update(birth_date=birth_date)  # noqa: E731
    assert guard_that_stops(change) == "a_child_stays_known_as_one"


def test_a_date_of_birth_is_corrected_among_childrens(enrolment):
    day = enrolment.child.birth_date + timedelta(days=40)
    assert Resident.objects.filter(pk=enrolment.child_id).update(birth_date=day) == 1


def test_nothing_is_stored_for_a_locked_child(
    child, mother, collector, day_pass, walk_home, make_user
):
    asked = invited(child, make_user(), mother)
    end_consent(consent=Consent.objects.get(), ending="online", by=mother, now=NOW)
    for row in (collector, day_pass, walk_home, asked):
        row.pk = None
        row.full_name = "林伯伯"
        if isinstance(row, Collector):
            row.guardian = None
        stored = lambda row=row: row.save(force_insert=True)  # noqa: E731
        assert guard_that_stops(stored) == "nothing_new_is_stored_of_a_locked_child"


def test_an_afternoon_stays_with_its_child(presence, make_child, enrol_child):
    other = enrol_child(make_child())
    to = {"child": other.child, "enrolment": other}
    moved = lambda: Presence.objects.update(**to)  # noqa: E731
    assert guard_that_stops(moved) == "what_is_written_of_a_child_stays_with_it"


# --- One place at a time, and no more than there are ------------------------------------


@pytest.fixture
def elsewhere(make_term, make_session, enrolment, presence):
    """The same child in a second term, which is open too."""
    other = make_term(title="寒假托管")
    Activity.objects.filter(pk=other.pk).update(taken=1)
    seat = {"status": "seated", "signed_up_at": NOW, "seated_at": NOW}
    enrolment.sign_up = SignUp.objects.create(activity=other, resident=enrolment.child, **seat)
    enrolment.pk, enrolment.term = None, other
    enrolment.zone = other.zones.get(kind="homework")
    enrolment.save(force_insert=True)
    return make_session(other, state="open"), enrolment


def test_a_child_is_inside_once(elsewhere, staff_user, presence):
    session, enrolment = elsewhere
    let_in = {"enrolment": enrolment, "zone": enrolment.zone, "by": staff_user, "now": NOW}
    assert code_of(lambda: presences.let_in(session=session, **let_in)) == "inside_elsewhere"
    twice = lambda: Presence.objects.create(  # noqa: E731
        session=session,
        enrolment=enrolment,
        term=session.term,
        child=enrolment.child,
        arrived_at=NOW,
        arrived_by=staff_user,
        zone=enrolment.zone,
    )
    assert guard_that_stops(twice) == "a_child_is_inside_once"


@pytest.fixture
def full(homework, presence):
    """The homework zone holds one child, who is there."""
    Zone.objects.filter(pk=homework.pk).update(places=1)
    return homework


@pytest.fixture
def second(make_child, enrol_child):
    return enrol_child(make_child(full_name="林小满"))


def test_a_full_zone_takes_nobody_and_says_so(session, full, second, activities, staff_user):
    let_in = {"session": session, "enrolment": second, "by": staff_user, "now": NOW}
    assert code_of(lambda: presences.let_in(zone=full, **let_in)) == "zone_full"
    row = presences.let_in(zone=activities, **let_in)
    change = lambda: presences.change_zone(presence=row, zone=full, by=staff_user, now=NOW)  # noqa: E731
    assert code_of(change) == "zone_full"
    assert guard_that_stops(lambda: Presence.objects.filter(pk=row.pk).update(zone=full)) == FULL


def test_a_place_is_free_again_when_a_child_has_left(
    session, full, second, presence, collector, staff_user
):
    Presence.objects.filter(pk=presence.pk).update(
        left_at=NOW, left_by=staff_user, checked_how="known", collector=collector
    )
    presences.let_in(session=session, enrolment=second, zone=full, by=staff_user, now=NOW)
    back = {"left_at": None, "left_by": None, "checked_how": "", "collector": None}
    assert guard_that_stops(lambda: Presence.objects.filter(pk=presence.pk).update(**back)) == FULL


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_many_tablets_fill_a_zone_to_its_last_place(
    session, homework, make_child, enrol_child, staff_user, guarded
):
    """By plain statements, so that the database's guard stands alone; without it too many."""
    Zone.objects.filter(pk=homework.pk).update(places=3)
    rows = [enrol_child(make_child(full_name=f"小{word}")) for word in "一二三四五六七八"]

    def enter(row) -> None:
        with suppress(IntegrityError), transaction.atomic():
            Presence.objects.create(
                session=session,
                enrolment=row,
                term=session.term,
                child=row.child,
                arrived_at=NOW,
                arrived_by=staff_user,
                zone=homework,
            )

    if guarded:
        together(*(partial(enter, row) for row in rows))
    else:
        with trigger_off(Presence, "a_child_takes_a_place_of_a_zone"):
            together(*(partial(enter, row) for row in rows))
    inside = Presence.objects.filter(Presence.INSIDE, zone=homework).count()
    assert inside == 3 if guarded else inside > 3
    run("DELETE FROM after_school_presenceevent")
    Presence.objects.update(arrived_at=None, arrived_by=None, zone=None)


# --- What is written of a child --------------------------------------------------------


@pytest.fixture
def written(presence, staff_user) -> PresenceEvent:
    return presences.log(presence, "arrived", staff_user, NOW, zone=presence.zone)


def gone(presence: Presence) -> None:
    Presence.objects.filter(pk=presence.pk).update(arrived_at=None, arrived_by=None, zone=None)


def test_no_statement_deletes_what_is_written_of_a_child(written, presence):
    check_at_once()
    emptied = "the_log_of_an_afternoon_is_never_emptied"
    assert guard_that_stops(lambda: run("TRUNCATE after_school_presenceevent")) == emptied
    assert guard_that_stops(lambda: run("TRUNCATE people_resident CASCADE"))
    assert guard_that_stops(lambda: run("DELETE FROM after_school_presenceevent")) == KEPT
    gone(presence)
    assert guard_that_stops(lambda: presence.delete()) == KEPT


def test_the_log_of_a_session_stays(session, staff_user):
    SessionEvent.objects.create(session=session, what="opened", by=staff_user, at=NOW)
    stays = "the_log_of_a_session_stays_as_it_was"
    assert guard_that_stops(lambda: SessionEvent.objects.all().delete()) == stays
    assert guard_that_stops(lambda: session.delete()) == stays
