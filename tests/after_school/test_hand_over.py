"""Hand-over and clearance, tried against the database past every rule of ours."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from after_school.models import (
    Collector,
    CollectorPass,
    Enrolment,
    Presence,
    Session,
    WalkHomePermission,
)
from diedie_edu.activities.models import Occasion
from diedie_edu.people.models import Clearance, Guardianship
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.occasions import rebook
from tests.support.races import meanwhile
from tests.support.refusals import check_at_once, guard_that_stops, run

pytestmark = pytest.mark.django_db
NOBODY_WHO_MAY = "a_child_goes_with_somebody_who_may_collect"
DAY = timedelta(days=1)


@pytest.fixture
def leave(presence, staff_user):
    """The child leaves; how, is said by fields."""

    def leave(**fields: object) -> None:
        Presence.objects.filter(pk=presence.pk).update(
            **{"left_at": NOW, "left_by": staff_user, "checked_how": "known"} | fields
        )

    return leave


# --- Arriving and leaving --------------------------------------------------------------


def test_a_child_is_at_a_session_once(presence):
    presence.pk = None
    assert guard_that_stops(lambda: presence.save(force_insert=True)) == "child_once_a_session"


@pytest.mark.parametrize("field", ["arrived_by", "zone", "arrived_at"])
def test_who_arrives_is_let_in_to_a_zone(presence, field):
    change = lambda: Presence.objects.update(**{field: None})  # noqa: E731
    assert guard_that_stops(change) == "who_arrives_is_let_in_to_a_zone"


def test_who_leaves_has_arrived(presence, leave, collector):
    away = {"arrived_at": None, "arrived_by": None, "zone": None}
    assert guard_that_stops(lambda: leave(collector=collector, **away)) == "who_leaves_has_arrived"


def test_a_child_leaves_in_exactly_one_way(leave, collector, day_pass, walk_home):
    one_way = "a_child_leaves_in_exactly_one_way"
    assert guard_that_stops(leave) == one_way
    assert guard_that_stops(lambda: leave(collector=collector, walk_home=walk_home)) == one_way
    assert guard_that_stops(lambda: leave(collector=collector, left_by=None)) == one_way
    assert guard_that_stops(lambda: leave(collector=collector, checked_how="")) == one_way
    assert guard_that_stops(lambda: leave(collector_pass=day_pass)) == one_way
    early = NOW - timedelta(minutes=1)
    assert guard_that_stops(lambda: leave(collector=collector, left_at=early)) == one_way


def test_a_collector_takes_the_child(leave, collector):
    leave(collector=collector)
    assert not Presence.objects.get().is_inside


@pytest.mark.parametrize(
    "fields",
    [
        {"barred_reason": "法院裁定", "barred_at": NOW},
        {"valid_from": TODAY + DAY},
        {"valid_until": TODAY - DAY},
    ],
)
def test_a_barred_or_past_collector_takes_nobody(leave, collector, staff_user, fields):
    by = {"barred_by": staff_user} if "barred_at" in fields else {}
    Collector.objects.update(**fields, **by)
    assert guard_that_stops(lambda: leave(collector=collector)) == NOBODY_WHO_MAY


def test_nobody_takes_another_familys_child(leave, make_child, stranger):
    other = make_child(stranger).collectors.get()
    assert guard_that_stops(lambda: leave(collector=other)) == NOBODY_WHO_MAY


def test_who_is_guardian_no_more_takes_nobody(leave, collector):
    check_at_once()
    bond = Guardianship.objects.get()
    Guardianship.objects.all().delete()
    assert guard_that_stops(lambda: leave(collector=collector)) == NOBODY_WHO_MAY
    bond.save(force_insert=True)  # alone it does not go


def test_a_pass_is_for_its_child_on_its_day_while_it_is_good(leave, day_pass, make_child):
    with_pass = lambda: leave(collector_pass=day_pass, checked_how="code")  # noqa: E731
    assert guard_that_stops(with_pass) == NOBODY_WHO_MAY  # its code was not told
    CollectorPass.objects.update(used_at=NOW, day=TODAY + DAY)
    assert guard_that_stops(with_pass) == NOBODY_WHO_MAY
    CollectorPass.objects.update(day=TODAY, child=make_child())
    assert guard_that_stops(with_pass) == NOBODY_WHO_MAY
    CollectorPass.objects.update(child=Presence.objects.get().child)
    with_pass()
    assert not Presence.objects.get().is_inside


def test_a_child_walks_home_only_on_permitted_days(leave, walk_home):
    alone = lambda: leave(walk_home=walk_home, checked_how="permission")  # noqa: E731
    for fields in ({"valid_from": TODAY + DAY, "valid_until": TODAY + DAY}, {"taken_back_at": NOW}):
        WalkHomePermission.objects.filter(pk=walk_home.pk).update(**fields)
        assert guard_that_stops(alone) == NOBODY_WHO_MAY
    WalkHomePermission.objects.update(valid_from=TODAY, taken_back_at=None)
    alone()
    assert not Presence.objects.get().is_inside


# --- The session -----------------------------------------------------------------------


def close(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(
        state="closed", closed_at=NOW, closed_by=session.opened_by
    )


def test_a_session_with_a_child_inside_is_not_closed(session, presence, leave, collector):
    assert guard_that_stops(lambda: close(session)) == "a_session_closes_when_no_child_is_inside"
    leave(collector=collector)
    close(session)
    assert Session.objects.get().state == "closed"


def test_nobody_arrives_at_or_returns_to_a_closed_session(session, presence, leave, collector):
    leave(collector=collector)
    close(session)
    back = {"left_at": None, "left_by": None, "checked_how": "", "collector": None}
    only_open = "children_come_and_go_only_while_the_session_is_open"
    assert guard_that_stops(lambda: Presence.objects.update(**back)) == only_open


def test_nobody_is_entered_at_a_closed_session(session, make_child, enrol_child, staff_user):
    close(session)
    row = enrol_child(make_child())
    late = lambda: Presence.objects.create(  # noqa: E731
        session=session,
        enrolment=row,
        term=session.term,
        child=row.child,
        arrived_at=NOW,
        arrived_by=staff_user,
        zone=row.zone,
    )
    only_open = "children_come_and_go_only_while_the_session_is_open"
    assert guard_that_stops(late) == only_open


def test_a_child_inside_is_not_forgotten(presence):
    forget = "a_child_inside_is_not_forgotten"
    assert guard_that_stops(lambda: run("DELETE FROM after_school_presence")) == forget


def test_a_presence_is_of_its_session_its_term_and_an_enrolled_child(
    presence, make_term, make_session, make_child
):
    other = make_session(make_term(), state="open")
    move = lambda: Presence.objects.update(session=other)  # noqa: E731
    assert guard_that_stops(move) == "presence_is_of_its_session"
    swap = lambda: Presence.objects.update(child=make_child())  # noqa: E731
    assert guard_that_stops(swap) == "presence_is_of_an_enrolled_child"
    zone = other.term.zones.first()
    place = lambda: Presence.objects.update(zone=zone)  # noqa: E731
    assert guard_that_stops(place) == "presence_is_in_a_zone_of_its_term"


def test_nothing_new_is_stored_of_a_locked_child(child, session, enrolment, enrol_child):
    enrolment.delete()
    run("UPDATE people_consent SET ended_at = given_at, ending = 'online'")
    run("UPDATE people_resident SET erase_due_on = %s WHERE id = %s", TODAY, child.pk)
    locked = "nothing_new_is_stored_of_a_locked_child"
    run("DELETE FROM activities_signup")
    assert guard_that_stops(lambda: enrol_child(child)) == locked
    assert not Enrolment.objects.exists()


def test_a_locked_child_is_not_expected_either(session, enrolment, child):
    run("UPDATE people_consent SET ended_at = given_at, ending = 'online'")
    run("UPDATE people_resident SET erase_due_on = %s WHERE id = %s", TODAY, child.pk)
    ids = {"session": session, "enrolment": enrolment, "term_id": enrolment.term_id}
    expect = lambda: Presence.objects.create(child=child, **ids)  # noqa: E731
    assert guard_that_stops(expect) == "nothing_new_is_stored_of_a_locked_child"


# --- Clearance -------------------------------------------------------------------------


@pytest.fixture
def occasion(session) -> Occasion:
    return Occasion.objects.filter(zone_day__session=session).first()


def serve(occasion: Occasion, volunteer) -> None:
    Duty.at(occasion, volunteer, Duty.Work.CARER).save()
    check_at_once()


def test_no_adult_without_a_live_clearance_is_on_duty(occasion, make_volunteer):
    unchecked = make_volunteer(cleared=False)
    guard = guard_that_stops(lambda: serve(occasion, unchecked))
    assert guard == "duty_near_children_needs_a_live_clearance"
    serve(occasion, make_volunteer())
    swap = lambda: occasion.duties.update(volunteer=unchecked)  # noqa: E731
    assert guard_that_stops(swap) == "duty_near_children_needs_a_live_clearance"


def test_a_lecture_needs_no_clearance(make_lecture, make_volunteer):
    serve(make_lecture().occasion, make_volunteer(cleared=False))


def test_a_session_does_not_move_beyond_a_clearance(occasion, make_volunteer):
    serve(occasion, make_volunteer())
    times = {"starts_at": NOW + 400 * DAY, "ends_at": NOW + 401 * DAY}
    move = lambda: rebook(Occasion.objects.filter(pk=occasion.pk), **times)  # noqa: E731
    assert guard_that_stops(move) == "duty_near_children_needs_a_live_clearance"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_clearance SET result = 'not_clear'",
        "UPDATE people_clearance SET checked_on = checked_on - 9, valid_until = checked_on - 1",
        "DELETE FROM people_clearance",
        "INSERT INTO people_clearance"
        " (volunteer_id, result, checked_on, valid_until, checked_by_id)"
        " SELECT volunteer_id, 'not_clear', checked_on, valid_until, checked_by_id"
        " FROM people_clearance",
    ],
)
def test_a_clearance_ends_after_its_duties_are_released(occasion, make_volunteer, statement):
    serve(occasion, make_volunteer())
    guard = guard_that_stops(lambda: run(statement))
    assert guard == "clearance_ends_after_its_duties_are_released"
    with transaction.atomic():
        run(statement)
        occasion.duties.update(volunteer=None)
        check_at_once()


def test_duties_that_have_been_served_hold_no_clearance_back(term, make_session, make_volunteer):
    volunteer = make_volunteer()
    Clearance.objects.update(checked_on=TODAY - 30 * DAY)
    past = make_session(term, TODAY - 3 * DAY).zone_days.first().occasion
    serve(past, volunteer)
    Clearance.objects.all().delete()
    check_at_once()
    assert past.duties.get().volunteer == volunteer


@pytest.mark.django_db(transaction=True)
def test_a_duty_taken_while_a_clearance_ends_is_seen(occasion, make_volunteer):
    volunteer = make_volunteer()
    with transaction.atomic():
        serve(occasion, volunteer)
        ending = meanwhile(lambda: Clearance.objects.all().delete())
    assert isinstance(ending.exception(), IntegrityError)
    assert Clearance.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_child_who_arrives_while_the_session_closes_is_seen(session, enrolment, staff_user):
    zone = enrolment.zone
    with transaction.atomic():
        Presence.objects.create(
            session=session,
            enrolment=enrolment,
            term=session.term,
            child=enrolment.child,
            arrived_at=NOW,
            arrived_by=staff_user,
            zone=zone,
        )
        closing = meanwhile(lambda: close(session))
    assert isinstance(closing.exception(), IntegrityError)
    assert Session.objects.get().is_open
    Presence.objects.update(arrived_at=None, arrived_by=None, zone=None)
