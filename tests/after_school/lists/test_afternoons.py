"""A paper register in a list: the house's rules of coming, going and collecting, and no others."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import translation

from after_school.actions import handing_over
from after_school.lists import register
from after_school.models import Collector, Presence, PresenceEvent, Session
from diedie_edu.common.days import local, moment
from diedie_edu.common.spreadsheets.columns import values_of
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from tests.after_school.conftest import TODAY, of
from tests.after_school.lists.rows import AFTERNOON
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
loads = pytest.mark.django_db(transaction=True)


@pytest.fixture
def now() -> datetime:
    """When the paper is typed in: after the afternoon."""
    return moment(TODAY, time(19, 30))


@pytest.fixture
def line(enrolment, mother):
    """The child of the enrolment, from 16:35 to 18:05, with its mother."""

    def make(**changes: object) -> list[object]:
        values = {
            "day": f"{TODAY:%Y-%m-%d}",
            "number": "",
            "child": enrolment.child.full_name,
            "phone": mother.phone,
            "arrived": "16:35",
            "zone": "",
            "left": "18:05",
            "who": mother.display_name,
            "how": "认识",
        }
        return list((values | changes).values())

    return make


def fault(checked, *rows) -> str:
    job = checked(AFTERNOON, *rows, kind="afternoons")
    assert (job.status, job.faults_total) == ("faulty", 1)
    return f"{job.faults[0]['place']}: {job.faults[0]['message']}"


@loads
def test_a_register_on_paper_is_entered_as_on_the_tablet(loaded, session, line, collector):
    job = loaded(AFTERNOON, line(), kind="afternoons")

    presence = Presence.objects.get()
    assert (job.status, job.rows_new) == ("done", 1)
    assert local(presence.arrived_at).time() == time(16, 35)
    assert local(presence.left_at).time() == time(18, 5)
    assert (presence.collector, presence.checked_how) == (collector, "known")
    events = PresenceEvent.objects.order_by("pk").values_list("what", flat=True)
    assert list(events) == ["arrived", "left"]


@loads
def test_the_same_register_again_changes_nothing(loaded, session, line):
    loaded(AFTERNOON, line(), kind="afternoons")

    job = loaded(AFTERNOON, line(), kind="afternoons")

    assert (job.rows_new, job.rows_same) == (0, 1)
    assert PresenceEvent.objects.count() == 2


@loads
def test_without_a_leaving_the_child_is_inside(loaded, session, line, activities):
    loaded(AFTERNOON, line(left="", who="", how="", zone="综合活动区"), kind="afternoons")

    presence = Presence.objects.get()
    assert presence.is_inside
    assert presence.zone == activities


@loads
def test_a_leaving_is_entered_by_a_second_list(loaded, session, line):
    loaded(AFTERNOON, line(left="", who="", how=""), kind="afternoons")

    job = loaded(AFTERNOON, line(), kind="afternoons")

    assert (job.rows_new, job.rows_changed) == (0, 1)
    assert Presence.objects.get().left_at


def test_a_row_without_times_enters_nobody(checked, session, line):
    job = checked(AFTERNOON, line(arrived="", left="", who="", how=""), kind="afternoons")

    assert (job.status, job.rows_same) == ("ready", 1)


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_only_an_open_afternoon_is_entered(checked, make_session, term, line, state):
    make_session(term, state=state)

    assert "row 2" in fault(checked, line())
    assert not Presence.objects.exists()


def test_a_barred_collector_is_refused_and_not_named(checked, session, line, collector, mother):
    barred = {"barred_at": NOW, "barred_by": mother, "barred_reason": "法院判决"}
    Collector.objects.filter(pk=collector.pk).update(**barred)

    found = fault(checked, line())

    assert "row 2, column H “接走的人”" in found
    assert "may NOT collect" in found
    assert not any(words in found for words in ("法院判决", mother.display_name))
    assert not Presence.objects.exists()


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"who": "路人甲"}, "H “接走的人”", "Nobody who may collect"),
        ({"who": ""}, "H “接走的人”", "Enter who collected"),
        ({"how": ""}, "I “核对方式”", "how you checked"),
        ({"arrived": ""}, "E “到校时间”", "Enter when the child came"),
        ({"phone": ""}, "C “孩子姓名”", "No child of that day"),
        ({"phone": "13900000009"}, "C “孩子姓名”", "No child of that day"),
        ({"number": "999999"}, "C “孩子姓名”", "No child of that day"),
        ({"day": "2026-11-28"}, "A “日期”", "not held on that day"),
        ({"left": "16:20"}, "", "cannot leave before it came"),
        ({"left": "23:50"}, "", "still ahead"),
        ({"arrived": "下午"}, "E “到校时间”", "time of day"),
    ],
)
def test_each_fault_names_its_cell(checked, session, line, changes, column, words):
    found = fault(checked, line(**changes))

    assert "row 2" in found
    assert column in found
    assert words in found
    assert not Presence.objects.exists()


def test_collectors_on_other_days_are_refused(checked, session, line, collector):
    Collector.objects.filter(pk=collector.pk).update(valid_until=TODAY.replace(day=1))

    assert "may not collect on that day" in fault(checked, line())


def test_two_people_of_one_name_are_a_question(checked, session, line, collector, child, mother):
    twin = {"full_name": collector.full_name, "phone": "13900000001", "relation": "姑姑"}
    named = {"valid_from": TODAY, "named_by": mother, "named_at": NOW}
    Collector.objects.create(child=child, **twin, **named)

    assert "Two of this child's people" in fault(checked, line())


def test_a_list_corrects_no_time_and_no_hand_over(checked, presence, session, line):
    presence.arrived_at = moment(TODAY, time(16, 40))
    presence.save()

    assert "has another time" in fault(checked, line())
    assert Session.objects.get().is_open


def test_a_child_is_known_by_its_number_and_covered_name(checked, session, line, enrolment):
    row = line(number=enrolment.child_id, child="陈**", phone="")

    assert checked(AFTERNOON, row, kind="afternoons").status == "ready"


def test_two_children_of_one_name_are_told_apart_by_number(
    checked, session, line, enrol_child, make_child, enrolment
):
    enrol_child(make_child(full_name=enrolment.child.full_name))

    assert "Several children fit" in fault(checked, line())


def test_two_rows_about_one_child_are_a_fault(checked, session, line):
    assert "Row 2 is about the same child" in fault(checked, line(), line())


def test_a_row_that_is_wrong_keeps_every_child_out(checked, session, line, enrol_child, make_child):
    other = enrol_child(make_child(full_name="王小明"))

    fault(checked, line(), line(child="王小明", who="路人甲"))

    assert not Presence.objects.filter(child=other.child_id).exists()
    assert not Presence.objects.exists()


def test_a_child_that_walked_home_comes_back_unchanged(
    checked, presence, walk_home, staff_user, now
):
    handing_over.let_walk_home(**of(presence), permission=walk_home, by=staff_user, now=now)

    with translation.override("zh-hans"):
        columns = register.AFTERNOON
        rows = register.register_of(presence.session)
        content = write_xlsx(columns, values_of(columns, rows))
    job = checked(content=content, kind="afternoons")

    assert (job.status, job.rows_same, job.faults) == ("ready", 1, [])


def test_another_collector_than_the_register_has_is_a_fault(
    checked, presence, collector, line, staff_user, now
):
    gone = handing_over.hand_over(
        **of(presence), collector=collector, how="known", by=staff_user, now=now
    )
    times = {"arrived": "", "left": f"{local(gone.left_at):%H:%M}"}

    assert checked(AFTERNOON, line(**times), kind="afternoons").rows_same == 1
    assert "has somebody else" in fault(checked, line(who="路人甲", **times))


def test_a_day_that_was_opened_for_its_paper_is_entered_later(checked, term, make_session, line):
    friday = TODAY - timedelta(days=3)
    make_session(term, friday, state="open")
    late = {"day": f"{friday:%Y-%m-%d}"}

    assert checked(AFTERNOON, line(**late), kind="afternoons").rows_new == 1
