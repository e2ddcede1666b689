"""The roster in a list: cleared people into free slots, nobody in anybody's place."""

from datetime import timedelta

import pytest

from after_school.lists.roster import ROSTER_LIST
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.common.spreadsheets.writer import write_csv
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.after_school.lists.rows import ROSTER

pytestmark = pytest.mark.django_db
loads = pytest.mark.django_db(transaction=True)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def slots(term, make_session):
    """Tomorrow's, one free in each zone."""
    session = make_session(term, TOMORROW)
    for zone_day in session.zone_days.select_related("occasion"):
        Duty.at(zone_day.occasion, None, Duty.Work.TUTOR).save()
    return Duty.objects.order_by("pk")


@pytest.fixture
def wang(make_volunteer):
    return make_volunteer(full_name="王小芳", phone="13912345678")


def line(name: str = "王小芳", phone: str = "13912345678", zone: str = "课业辅导区", **more: str):
    return [more.get("day", f"{TOMORROW:%Y-%m-%d}"), zone, more.get("number", ""), name, phone]


def fault(checked, *rows) -> str:
    job = checked(ROSTER, *rows, kind="roster")
    assert (job.status, job.faults_total) == ("faulty", 1)
    assert not Duty.objects.filter(volunteer__resident__full_name="王小芳").exists()
    return f"{job.faults[0]['place']}: {job.faults[0]['message']}"


@loads
def test_a_list_puts_people_into_free_slots(loaded, slots, wang):
    job = loaded(ROSTER, line(), line("", "", "综合活动区"), kind="roster")

    assert (job.status, job.rows_new, job.rows_same) == ("done", 1, 1)
    assert [duty.volunteer for duty in slots] == [wang, None]


@loads
def test_the_same_roster_again_changes_nothing(loaded, slots, wang):
    loaded(ROSTER, line(), kind="roster")

    job = loaded(ROSTER, line(), kind="roster")

    assert (job.rows_new, job.rows_same) == (0, 1)
    assert Duty.objects.filter(volunteer=wang).count() == 1


def test_somebody_uncleared_comes_in_by_no_list(checked, slots, make_volunteer):
    make_volunteer(cleared=False, full_name="王小芳", phone="13912345678")

    assert "row 2" in (found := fault(checked, line()))
    assert "does not cover that day" in found


def test_a_taken_slot_stays_whose_it_is(checked, slots, wang, make_volunteer):
    other = make_volunteer()
    slots.filter(pk=slots[0].pk).update(volunteer=other)

    assert "row 2, column D “姓名”" in (found := fault(checked, line()))
    assert "No slot of this zone is free" in found
    assert slots.first().volunteer == other


def test_two_people_for_one_slot_are_a_fault_of_the_second(checked, slots, wang, make_volunteer):
    make_volunteer(full_name="李大山", phone="13700000001")

    assert "row 3" in fault(checked, line("李大山", "13700000001"), line())


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (line(name="某某某"), "Nobody in the register"),
        (line(day="2026-11-28"), "not held in this zone"),
        (line(name=""), "Enter the name as well"),
        (line(name="张居民", phone="13600000007"), "serves as no volunteer"),
        (line(name="陈小宝", phone=""), "Nobody in the register"),
    ],
)
def test_each_fault_says_what_to_do(checked, slots, wang, make_resident, child, row, words):
    make_resident(full_name="张居民", phone="13600000007")

    assert words in fault(checked, row)


def test_a_day_that_is_over_takes_nobody(checked, term, make_session, wang):
    session = make_session(term, TODAY - timedelta(days=3))
    zone_day = session.zone_days.get(zone__kind="homework")
    Duty.at(zone_day.occasion, None, Duty.Work.TUTOR).save()

    assert "is over" in fault(checked, line(day=f"{session.day:%Y-%m-%d}"))


def test_two_rows_for_one_person_and_zone_are_a_fault(checked, slots, wang):
    assert "Row 2 puts the same person there" in fault(checked, line(), line())


def test_an_exported_roster_comes_back_unchanged(checked, slots, wang, staff_user):
    slots.filter(pk=slots[0].pk).update(volunteer=wang)

    job = checked(content=write_xlsx(*ROSTER_LIST.exported(staff_user, TODAY)), kind="roster")

    assert (job.status, job.rows_same, job.faults) == ("ready", 2, [])


def test_a_lead_reads_covered_phones_and_what_is_ahead(slots, wang, make_user, term):
    lead = make_user(Role.PROGRAMME_LEAD, scope="after-school")
    slots.filter(pk=slots[0].pk).update(volunteer=wang)

    text = b"".join(write_csv(*ROSTER_LIST.exported(lead, TODAY))).decode()

    assert "139****5678" in text
    assert "13912345678" not in text
    ahead = local_day(moment(TOMORROW) + timedelta(days=2))
    assert list(ROSTER_LIST.exported(lead, ahead)[1]) == []
    assert len(list(ROSTER_LIST.exported_of(lead, ahead, term.pk)[1])) == 2
    assert ROSTER_LIST.exported_of(lead, ahead, 0) is None


def test_three_slots_cost_as_many_queries_as_one(
    slots, term, make_session, staff_user, django_assert_num_queries
):
    assert staff_user.grants is not None
    for _more in range(2):
        with django_assert_num_queries(1):
            assert list(ROSTER_LIST.exported(staff_user, TODAY)[1])
        Duty.at(slots[0].occasion, None, Duty.Work.TUTOR).save()
