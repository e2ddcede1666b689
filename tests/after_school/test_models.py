"""What must never be false about a term, its children and who collects them."""

from datetime import date, timedelta

import pytest
from django.db import connection

from after_school.models import (
    Absence,
    Collector,
    CollectorPass,
    DayTopic,
    Enrolment,
    GuardianRight,
    Note,
    PresenceEvent,
    SchoolBreak,
    Session,
    StaffNeed,
    Term,
    WalkHomePermission,
    Zone,
    ZoneDay,
)
from diedie_edu.activities.models import Activity
from tests.after_school.conftest import TODAY, seen
from tests.conftest import NOW
from tests.support.refusals import check_at_once, guard_that_stops, run

pytestmark = pytest.mark.django_db
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


# --- Terms -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"last_day": date(2026, 8, 31)}, "term_ends_after_it_begins"),
        ({"ends": "16:30"}, "term_day_ends_after_it_begins"),
    ],
)
def test_a_term_ends_after_it_begins(term, fields, constraint):
    assert guard_that_stops(lambda: Term.objects.update(**fields)) == constraint


def test_a_break_ends_after_it_begins(term):
    make = lambda: SchoolBreak.objects.create(  # noqa: E731
        term=term, title="秋假", first_day=TODAY, last_day=YESTERDAY
    )
    assert guard_that_stops(make) == "break_ends_after_it_begins"


def test_a_term_has_each_zone_once_in_a_room_of_its_own(term, homework, make_venue):
    zone = {"term": term, "kind": "homework", "venue": make_venue(), "places": 5}
    assert guard_that_stops(lambda: Zone.objects.create(**zone)) == "zone_once_in_a_term"
    run("DELETE FROM after_school_zone WHERE kind = 'activities'")
    same = zone | {"kind": "activities", "venue": homework.venue}
    assert guard_that_stops(lambda: Zone.objects.create(**same)) == "room_holds_one_zone"
    unknown = zone | {"kind": "yard"}
    assert guard_that_stops(lambda: Zone.objects.create(**unknown)) == "zone_is_known"
    none = zone | {"kind": "activities", "places": 0}
    assert guard_that_stops(lambda: Zone.objects.create(**none)) == "zone_has_places"


def test_what_others_are_held_to_is_there_once(term, session, enrolment):
    """The keys of composite foreign keys; the primary key makes them true by itself."""
    names = {row.name for model in (Zone, Session, Enrolment) for row in model._meta.constraints}
    assert {
        "zone_with_its_term",
        "session_with_its_term",
        "enrolment_with_its_child_and_term",
    } <= names


def test_a_term_always_needs_checked_people(term, make_term):
    off = lambda: Activity.objects.update(needs_clearance=False)  # noqa: E731
    assert guard_that_stops(off) == "term_needs_checked_people"
    assert guard_that_stops(lambda: Term.objects.update(has_children=False)) == "term_has_children"
    unchecked = lambda: make_term(needs_clearance=False)  # noqa: E731
    assert guard_that_stops(unchecked) == "term_needs_checked_people"


def test_a_term_meets_once_a_day(term, session, make_session):
    assert guard_that_stops(lambda: make_session(term)) == "session_once_a_day"


@pytest.mark.parametrize(
    ("day", "weekday"), [(TODAY, 2), (TODAY, 6), (date(2026, 11, 28), 6), (date(2026, 11, 28), 0)]
)
def test_a_session_follows_the_timetable_of_its_weekday(term, day, weekday):
    make = lambda: Session.objects.create(term=term, day=day, weekday=weekday)  # noqa: E731
    assert guard_that_stops(make) == "session_follows_the_timetable_of_its_weekday"


def test_a_make_up_saturday_stands_for_a_weekday(term):
    saturday = Session.objects.create(term=term, day=date(2026, 11, 28), weekday=3)
    assert saturday.get_weekday_display() == "星期三"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "planned"},
        {"state": "closed"},
        {"opened_by": None},
        {"state": "closed", "closed_at": NOW - timedelta(minutes=1)},
        {"closed_at": NOW},
    ],
)
def test_a_session_is_opened_before_it_is_closed(session, fields):
    guard = guard_that_stops(lambda: Session.objects.update(**fields))
    assert guard == "session_is_opened_before_it_is_closed"


def test_a_zone_meets_once_a_day_in_its_own_term(session, homework, make_term):
    [own, other] = session.zone_days.order_by("zone__kind")
    twice = lambda: ZoneDay.objects.filter(pk=own.pk).update(zone=other.zone)  # noqa: E731
    assert guard_that_stops(twice) == "zone_once_a_day"
    elsewhere = make_term().zones.first()
    moved = lambda: ZoneDay.objects.filter(pk=own.pk).update(zone=elsewhere)  # noqa: E731
    assert guard_that_stops(moved) == "zone_day_is_of_its_zone"


def test_a_day_of_a_zone_holds_an_occasion_of_its_term(session, make_lecture, make_term):
    lecture = make_lecture().occasion
    swap = lambda: ZoneDay.objects.filter(zone__kind="homework").update(  # noqa: E731
        occasion=lecture
    )
    assert guard_that_stops(swap) == "zone_day_is_of_its_occasion"
    other = make_term()
    move = lambda: Session.objects.update(term=other)  # noqa: E731
    assert guard_that_stops(move) in {"zone_day_is_of_its_session", "presence_is_of_its_session"}


def test_a_topic_of_the_day_is_there_once():
    DayTopic.objects.create(title_zh="公共安全")
    again = lambda: DayTopic.objects.create(title_zh="公共安全")  # noqa: E731
    assert guard_that_stops(again) == "day_topic_once"


# --- Enrolments ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"weekdays": []}, "enrolment_names_weekdays"),
        ({"weekdays": [6]}, "enrolment_names_weekdays"),
        ({"school": ""}, "enrolment_names_the_school"),
        ({"grade": ""}, "enrolment_names_the_school"),
    ],
)
def test_an_enrolment_tells_when_the_child_comes(enrolment, fields, constraint):
    assert guard_that_stops(lambda: Enrolment.objects.update(**fields)) == constraint


def test_an_enrolment_is_of_its_sign_up_and_in_a_zone_of_its_term(enrolment, make_child, make_term):
    other = make_child()
    swap = lambda: Enrolment.objects.update(child=other)  # noqa: E731
    assert guard_that_stops(swap) == "enrolment_is_of_its_sign_up"
    elsewhere = make_term().zones.first()
    move = lambda: Enrolment.objects.update(zone=elsewhere)  # noqa: E731
    assert guard_that_stops(move) == "enrolment_is_in_a_zone_of_its_term"


def test_what_staff_must_know_lies_encrypted(enrolment):
    Enrolment.objects.update(allergies="花生", notes="")
    enrolment.refresh_from_db()
    assert (enrolment.allergies, enrolment.notes) == ("花生", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT allergies FROM after_school_enrolment")
        assert "花生" not in cursor.fetchone()[0]
    plain = "UPDATE after_school_enrolment SET allergies = '花生'"
    assert guard_that_stops(lambda: run(plain)) == "after_school_enrolment_allergies_check"


def test_a_child_has_two_guardians_at_most(child, make_user):
    def add(place: int, **fields: object) -> None:
        guardian = make_user().resident
        guardian.wards.create(child=child, relation="father")
        GuardianRight.objects.create(child=child, guardian=guardian, place=place, **fields)

    assert guard_that_stops(lambda: add(3)) == "a_child_has_two_guardians_at_most"
    assert guard_that_stops(lambda: add(1)) == "guardian_place_once"
    add(2, decides=False, **seen())
    first = GuardianRight.objects.filter(place=1)
    assert guard_that_stops(lambda: first.update(decides=False)) == "first_guardian_decides"


def test_a_right_is_a_guardians_and_holds_the_guardianship(child, mother, stranger):
    give = lambda guardian: GuardianRight.objects.create(  # noqa: E731
        child=child, guardian=guardian, place=2
    )
    assert guard_that_stops(lambda: give(mother.resident)) == "guardian_right_once"
    assert guard_that_stops(lambda: give(stranger.resident)) == "right_is_of_a_guardian"
    check_at_once()
    taken_out = lambda: run("DELETE FROM people_guardianship")  # noqa: E731
    assert guard_that_stops(taken_out) == "right_is_of_a_guardian"


def test_an_absence_ends_after_it_begins(enrolment, mother):
    make = lambda: Absence.objects.create(  # noqa: E731
        enrolment=enrolment,
        first_day=TODAY,
        last_day=YESTERDAY,
        reported_by=mother,
        reported_at=NOW,
    )
    assert guard_that_stops(make) == "absence_ends_after_it_begins"


# --- Who may collect -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"full_name": ""}, "collector_can_be_asked_for"),
        ({"phone": ""}, "collector_can_be_asked_for"),
        ({"valid_until": date(2026, 1, 1)}, "collector_ends_after_it_begins"),
        ({"barred_at": NOW}, "barring_has_a_reason"),
        ({"barred_reason": "法院裁定"}, "barring_has_a_reason"),
    ],
)
def test_a_collector_can_be_asked_for_and_is_barred_with_a_reason(collector, fields, constraint):
    assert guard_that_stops(lambda: Collector.objects.update(**fields)) == constraint


def test_a_guardian_stands_once_among_those_who_collect(collector):
    collector.pk = None
    assert guard_that_stops(lambda: collector.save(force_insert=True)) == "guardian_collects_once"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"code_hash": "123456"}, "pass_keeps_only_a_hash"),
        ({"tries": 6}, "pass_has_five_tries"),
        ({"expires_at": NOW}, "pass_expires_after_its_making"),
        ({"used_at": NOW + timedelta(days=1)}, "pass_is_used_while_it_is_good"),
        ({"used_at": NOW, "taken_back_at": NOW}, "pass_is_used_while_it_is_good"),
        ({"used_at": NOW, "tries": 5}, "pass_is_used_while_it_is_good"),
        ({"full_name": ""}, "pass_names_a_person"),
    ],
)
def test_a_pass_is_good_for_a_while_and_a_few_tries(day_pass, fields, constraint):
    assert guard_that_stops(lambda: CollectorPass.objects.update(**fields)) == constraint


def test_walking_home_ends_after_it_begins(walk_home):
    end = lambda: WalkHomePermission.objects.update(valid_until=YESTERDAY)  # noqa: E731
    assert guard_that_stops(end) == "walking_home_ends_after_it_begins"


# --- Notes and needs -------------------------------------------------------------------


def test_a_note_is_of_a_known_kind_and_says_something(presence, staff_user):
    def note(kind: str, text: str) -> None:
        Note.objects.create(
            presence=presence, kind=kind, text=text, written_by=staff_user, written_at=NOW
        )

    assert guard_that_stops(lambda: note("rumour", "…")) == "note_is_of_a_known_kind"
    assert guard_that_stops(lambda: note("homework", "")) == "note_says_something"


def test_an_event_is_known_and_a_change_names_its_zone(presence, staff_user):
    def event(what: str) -> None:
        PresenceEvent.objects.create(presence=presence, what=what, by=staff_user, at=NOW)

    assert guard_that_stops(lambda: event("vanished")) == "presence_event_is_known"
    assert guard_that_stops(lambda: event("zone")) == "change_names_its_zone"
    event("arrived")
    change = lambda: PresenceEvent.objects.update(at=NOW)  # noqa: E731
    assert guard_that_stops(change) == "the_log_of_an_afternoon_stays_as_it_was"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"weekday": 6}, "staff_need_is_for_a_school_day"),
        ({"adults": 0}, "staff_need_is_somebody"),
        ({"children_per_adult": 0}, "staff_need_is_somebody"),
    ],
)
def test_a_zone_needs_somebody_on_school_days(homework, fields, constraint):
    need = {"zone": homework, "weekday": 1, "adults": 2, "children_per_adult": 8}
    make = lambda: StaffNeed.objects.create(**need | fields)  # noqa: E731
    assert guard_that_stops(make) == constraint
    StaffNeed.objects.create(**need)
    again = lambda: StaffNeed.objects.create(**need)  # noqa: E731
    assert guard_that_stops(again) == "staff_need_once"


@pytest.mark.parametrize(("adults", "each", "slots"), [(2, 8, 3), (4, 8, 4), (1, 20, 1), (1, 7, 3)])
def test_a_full_zone_has_adults_for_all_its_places(homework, adults, each, slots):
    assert StaffNeed(zone=homework, adults=adults, children_per_adult=each).slots == slots
