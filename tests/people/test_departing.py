"""Moved away, died, back; a household parted; and what the database refuses of such changes."""

from datetime import timedelta

import pytest

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions.seats import sign_up
from diedie_edu.activities.messages import SEATED
from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.notices.actions import notify
from diedie_edu.notices.models import Notice
from diedie_edu.notices.queries.calls import to_call
from diedie_edu.people.actions.changes import undo_change
from diedie_edu.people.actions.departing import note_departure, note_return
from diedie_edu.people.actions.merging import merge_residents
from diedie_edu.people.actions.parting import part_household
from diedie_edu.people.models import Household, PersonEvent, RecordChange, Resident, Volunteer
from diedie_edu.people.queries import family_of
from diedie_edu.volunteering.models import Duty
from tests.conftest import NOW, SATURDAY
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
TODAY, DAY = NOW.date(), timedelta(days=1)


@pytest.fixture
def facts(staff_user):
    return {"reason": "家人来电", "by": staff_user, "now": NOW}


@pytest.fixture
def gone(facts):
    def gone(person: Resident, departure: str = "died", **more) -> RecordChange:
        made = note_departure(resident=person, departure=departure, day=TODAY, **facts | more)
        person.refresh_from_db()
        return made

    return gone


@pytest.fixture
def busy(make_user, make_resident, make_lecture, staff_user):
    """Somebody with a family, a seat that another waits for, a duty and a message to go out."""
    home = Household.objects.create(label="12-3-501")
    daughter = make_user(Role.RESIDENT)
    Resident.objects.filter(account=daughter).update(household=home)
    elder = make_resident(
        full_name="陈建城", household=home, phone="13812345678", phone_key="1:13812345678"
    )
    full, other = make_lecture(capacity=1), make_lecture(day=SATURDAY + DAY)
    waiting = make_resident()
    for person in (elder, waiting):
        sign_up(activity=full, resident=person, by=None, now=NOW)
    volunteer = Volunteer.objects.create(resident=elder, kinds=["expert"])
    Duty.at(other.occasions.get(), volunteer, "speaker").save()
    return elder, daughter, full, waiting


def test_nothing_is_sent_and_what_they_held_goes_to_others(busy, gone):
    elder, daughter, full, waiting = busy
    gone(elder)
    assert SignUp.objects.get(resident=elder).status == "cancelled"
    assert SignUp.objects.get(resident=waiting).status == "offered"
    assert not Duty.objects.filter(volunteer__resident=elder).exists()
    assert elder.volunteer.is_active is False
    assert not Notice.objects.filter(recipient=elder).exclude(status="cancelled").exists()
    told = {"subject": "activity:7", "data": {}, "now": NOW}
    assert notify(kind=SEATED, recipients=[elder.pk], **told) == 0
    assert not to_call({"*"}, NOW).filter(recipient=elder).exists()
    assert elder not in family_of(daughter)
    assert code_of(lambda: sign_up(activity=full, resident=elder, by=None, now=NOW)) == "gone"


def test_undone_they_hold_again_what_is_free(busy, gone, facts):
    elder, daughter, _full, _waiting = busy
    left = undo_change(change=gone(elder), **facts)
    elder.refresh_from_db()
    assert (elder.departed_on, elder.volunteer.is_active) == (None, True)
    assert Duty.objects.get().volunteer == elder.volunteer
    assert SignUp.objects.get(resident=elder).status == "waiting", "the seat was offered on"
    assert [row.table for row in left] == [SignUp]
    assert elder in family_of(daughter)


def test_an_account_is_closed_to_all_where_somebody_died_and_opens_again(make_user, gone, facts):
    user = make_user(Role.RESIDENT)
    gone(user.resident)
    user.refresh_from_db()
    assert user.is_active is False
    note_return(resident=user.resident, **facts)
    user.refresh_from_db()
    assert user.is_active is True
    kinds = set(PersonEvent.objects.values_list("kind", flat=True))
    assert kinds == {"died", "back"}


def test_whoever_moved_away_still_signs_in(make_user, gone):
    user = make_user(Role.RESIDENT)
    gone(user.resident, "moved")
    user.refresh_from_db()
    assert user.is_active is True


def test_what_is_refused(make_resident, gone, facts, staff_user):
    person = make_resident()
    ahead = {"departure": "moved", "day": TODAY + DAY, "resident": person}
    assert code_of(lambda: note_departure(**ahead, **facts)) == "ahead"
    assert code_of(lambda: gone(person, reason=" ")) == "no_reason"
    assert code_of(lambda: note_return(resident=person, **facts)) == "here"
    assert code_of(lambda: gone(staff_user.resident)) == "own"
    gone(person)
    assert code_of(lambda: gone(person)) == "gone"
    both = {"kept": make_resident(), "gone": person}
    assert code_of(lambda: merge_residents(**both, **facts)) == "departure"


# --- A household -----------------------------------------------------------------------


@pytest.fixture
def home(make_resident):
    home = Household.objects.create(label="12-3-501")
    return home, [make_resident(household=home) for _ in range(3)]


def test_some_live_elsewhere_and_it_is_undone(home, facts):
    old, (stays, *leaving) = home
    new = Household(label="7-1-201")
    made = part_household(household=old, members=leaving, new=new, **facts)
    assert set(new.members.all()) == set(leaving)
    assert list(old.members.all()) == [stays]
    undo_change(change=made, **facts)
    assert (old.members.count(), Household.objects.count()) == (3, 1)


def test_whoever_moved_in_meanwhile_keeps_the_new_household(home, facts, make_resident):
    old, (_stays, leaving, _other) = home
    made = part_household(household=old, members=[leaving], new=Household(label="7-1-201"), **facts)
    make_resident(household=Household.objects.get(label="7-1-201"))
    left = undo_change(change=made, **facts)
    assert [row.table for row in left] == [Household]


def test_a_household_is_parted_in_two(home, facts):
    old, everybody = home
    part = {"household": old, **facts}
    code = lambda members, label: code_of(  # noqa: E731
        lambda: part_household(members=members, new=Household(label=label), **part)
    )
    assert code(everybody, "7-1-201") == "everybody"
    assert code(everybody[:1], "12-3-501") == "label"
    assert code([], "7-1-201") == "nobody"


# --- What the database refuses ---------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "merged"}, "change_of_a_record_names_whom_it_is_about"),
        ({"notes": "[]", "undo_until": None}, "notes_of_a_change_are_kept_for_a_time"),
        ({"undone_at": NOW}, "what_is_undone_keeps_no_notes"),
    ],
)
def test_a_change_of_a_record_is_whole(make_resident, staff_user, fields, constraint):
    made = {"kind": "moved", "resident": make_resident(), "by": staff_user, "at": NOW}
    assert guard_that_stops(lambda: RecordChange.objects.create(**made | fields)) == constraint


def test_a_change_stays_written_and_a_record_is_merged_once(make_resident, facts):
    kept, gone = make_resident(), make_resident()
    made = merge_residents(kept=kept, gone=gone, **facts)
    rows = RecordChange.objects.filter(pk=made.pk)
    stays = "what_was_done_to_a_record_stays_written"
    assert guard_that_stops(lambda: rows.update(at=NOW + DAY)) == stays
    again = {"kind": "merged", "resident": make_resident(), "other": gone, "at": NOW}
    again["by"] = facts["by"]
    assert (
        guard_that_stops(lambda: RecordChange.objects.create(**again)) == "a_record_is_merged_once"
    )


def test_new_rows_name_somebody_who_is_there(make_resident, make_lecture, facts):
    kept, gone = make_resident(), make_resident()
    merge_residents(kept=kept, gone=gone, **facts)
    lecture = make_lecture()
    row = SignUp(activity=lecture, resident=gone, status="waiting", signed_up_at=NOW)
    assert guard_that_stops(row.save) == "whoever_signs_up_is_there"
    came = Attendance(occasion=lecture.occasions.get(), resident=gone, arrived_at=NOW)
    assert guard_that_stops(came.save) == "whoever_comes_is_there"
    assert sign_up(activity=lecture, resident=gone, by=None, now=NOW).resident == kept


def test_somebody_is_gone_for_a_known_cause(make_resident):
    rows = Resident.rows.filter(pk=make_resident().pk)
    cause = "resident_is_gone_for_a_known_cause"
    assert guard_that_stops(lambda: rows.update(departed_on=TODAY)) == cause
