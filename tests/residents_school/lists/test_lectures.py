"""A list of lectures obeys the rules of the form, all of it or nothing."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.common.manifests import parts_by
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists import kinds
from diedie_edu.lists.actions import imports
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Organisation
from residents_school.actions.lectures import announce_lecture, plan_lecture
from residents_school.models import Lecture
from residents_school.queries.lectures import lectures, speakers
from tests.conftest import NOW, SATURDAY
from tests.support.duties import make_volunteer, on_duty
from tests.support.seats import enter

pytestmark = pytest.mark.django_db
loads = pytest.mark.django_db(transaction=True)
TITLES = ["编号", "讲座名称", "专题", "日期", "开始时间", "结束时间", "场地", "主讲人", "名额"]
NEW = ["", "冬季养生", "中老年健康", "2026-11-28", "9:30", "11:00", "图书室", "", "30"]
WEEKDAY = [*NEW[:3], "2026-11-30", *NEW[4:]]


@pytest.fixture(autouse=True)
def school(programme, topic, make_venue):
    return make_venue(title_zh="图书室", places=60)


@pytest.fixture
def planned(make_plan, school, staff_user):
    return plan_lecture(plan=make_plan(title="冬季养生", venue=school), by=staff_user, now=NOW)


def row_of(lecture: Lecture, **changes: str) -> list[str]:
    """The lecture of `planned` as a row of the list."""
    values = dict(zip(TITLES, [str(lecture.pk), *NEW[1:-1], "20"], strict=True))
    return list((values | changes).values())


def send(loaded, *rows):
    return loaded(TITLES, *rows, kind="lectures")


def faults(checked, *rows) -> list[str]:
    job = checked(TITLES, *rows, kind="lectures")
    assert job.status == "faulty"
    return [f"{fault['place']}: {fault['message']}" for fault in job.faults]


@loads
def test_new_rows_become_drafts_with_everything_told(loaded, school):
    teacher = make_volunteer("王老师")
    row = ["", "冬季养生", "中老年健康", "2026.11.28", "9点30分", time(11), "图书室", "王老师", 30]

    job = send(loaded, row)

    lecture = lectures().get()
    assert (job.status, job.rows_new) == ("done", 1)
    assert (lecture.title, lecture.state, lecture.capacity) == ("冬季养生", "draft", 30)
    assert (lecture.starts_at, lecture.ends_at) == (
        moment(SATURDAY, time(9, 30)),
        moment(SATURDAY, time(11)),
    )
    assert lecture.sign_up_closes_at == lecture.starts_at
    assert [duty.volunteer for duty in speakers(lecture)] == [teacher]


def test_checking_leaves_nothing_behind(checked):
    make_volunteer("王老师")

    job = checked(TITLES, [*NEW[:7], "王老师", "30"], kind="lectures")

    assert (job.status, job.rows_new) == ("ready", 1)
    assert (Lecture.objects.count(), Notice.objects.count()) == (0, 0)
    assert job.preview["rows"][0]["detail"] == "2026-11-28 09:30"


def test_one_fault_keeps_every_row_out(checked):
    found = faults(checked, NEW, WEEKDAY)

    assert len(found) == 1
    assert "row 3, column D “日期”" in found[0]
    assert "Saturdays and Sundays" in found[0]
    assert (Lecture.objects.count(), Notice.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("place", "cell", "words"),
    [
        (2, "绘画", "not in the list of topics"),
        (2, "", "A new lecture needs this"),
        (3, "2026-02-14", "lies ahead"),
        (4, "九点", "like 09:30"),
        (4, "25:30", "like 09:30"),
        (5, "9:00", "after the beginning"),
        (5, "", "A new lecture needs this"),
        (6, "二号楼", "no such room"),
        (7, "李某某", "no expert volunteer"),
        (8, "61", "has 60 places"),
        (8, "0", "at least one seat"),
        (0, "999999", "No lecture has this number"),
    ],
)
def test_each_fault_names_its_cell_and_what_to_do(checked, place, cell, words):
    (found,) = faults(checked, [*NEW[:place], cell, *NEW[place + 1 :]])

    assert f"row 2, column {'ABCDEFGHI'[place]} “{TITLES[place]}”" in found
    assert words in found
    assert not cell or cell not in found.split(": ", 1)[1] or cell in words


def test_two_rows_in_one_room_at_a_time_are_a_fault(checked):
    (found,) = faults(checked, NEW, [NEW[0], "另一场", *NEW[2:]])

    assert "row 3" in found


def test_a_speaker_in_two_places_is_a_fault(checked, make_lecture):
    teacher = make_volunteer("王老师")
    on_duty(make_lecture().occasion, teacher)

    (found,) = faults(checked, [*NEW[:7], "王老师", "30"])

    assert "column H “主讲人”" in found


def test_speakers_of_one_name_are_told_apart_by_number(checked):
    one, _other = make_volunteer("王老师"), make_volunteer("王老师")

    (found,) = faults(checked, [*NEW[:7], "王老师", "30"])
    assert "number in the register" in found
    named = checked(TITLES, [*NEW[:7], f"王老师({one.resident_id})", "30"], kind="lectures")
    assert named.status == "ready"


def test_two_rows_about_one_lecture_are_a_fault(checked, planned):
    found = faults(checked, NEW, NEW)
    assert "Row 2 is about the same lecture" in found[0]

    by_number = row_of(planned, 讲座名称="春季养生")
    assert "Row 2 is about the same lecture" in faults(checked, row_of(planned), by_number)[0]


@loads
def test_a_lecture_is_known_by_title_day_and_beginning(loaded, planned):
    job = send(loaded, [*NEW[:-1], "45"])

    planned.refresh_from_db()
    assert (job.rows_new, job.rows_changed, planned.capacity) == (0, 1, 45)
    assert Lecture.objects.count() == 1


def test_a_number_that_slipped_is_a_fault(checked, planned):
    row = row_of(planned, 讲座名称="插花", 开始时间="14:00", 结束时间="15:00")

    assert "Perhaps rows have slipped" in faults(checked, row)[0]


@loads
def test_a_blank_cell_changes_nothing(loaded, planned):
    job = send(loaded, [str(planned.pk), "冬季养生", "", "2026-11-28", "9:30", "", "", "", ""])

    assert (job.rows_same, job.rows_changed) == (1, 0)


@loads
def test_a_moved_lecture_tells_its_people_as_the_form_does(loaded, make_resident, planned):
    announce_lecture(lecture=planned, by=None, now=NOW)
    planned.refresh_from_db()
    person = make_resident()
    enter(planned, person)

    send(loaded, row_of(planned, 开始时间="14:00", 结束时间="15:30"))

    occasion = Occasion.objects.get()
    planned.refresh_from_db()
    assert occasion.starts_at == planned.sign_up_closes_at == moment(SATURDAY, time(14))
    assert (person.pk, "activities.moved") in set(Notice.objects.values_list("recipient", "kind"))


def test_the_state_is_no_matter_of_a_list(checked, planned):
    job = checked([*TITLES, "状态"], [*row_of(planned), "已发布"], kind="lectures")

    assert "neither announces lectures" in job.faults[0]["message"]


@loads
def test_what_has_come_between_is_found_when_the_list_is_loaded(checked, now, make_lecture, school):
    job = checked(
        TITLES, NEW, [NEW[0], "下午场", *NEW[2:4], "14:00", "15:00", *NEW[6:]], kind="lectures"
    )
    make_lecture(starts=time(14), venue=school)
    imports.confirm_import(job=job)
    run_next(now)

    job.refresh_from_db()
    assert (job.status, job.faults_total) == ("faulty", 1)
    assert not Lecture.objects.filter(state="draft").exists()


@loads
def test_a_partner_and_a_window_are_read(loaded):
    Organisation.objects.create(title="书画协会", kind="association")
    more = ["书画协会", "2026-11-24 08:00", "2026-11-27 18:00"]

    loaded([*TITLES, "合作单位", "报名开始", "报名截止"], [*NEW, *more], kind="lectures")

    lecture = Lecture.objects.get()
    assert lecture.partner.title == "书画协会"
    assert lecture.sign_up_opens_at == NOW + timedelta(hours=22)
    assert lecture.sign_up_closes_at == moment(SATURDAY - timedelta(days=1), time(18))


def test_more_lectures_than_a_list_may_hold_are_refused(checked, monkeypatch):
    few = replace(kinds.list_kind("lectures"), max_rows=1)
    monkeypatch.setitem(parts_by(kinds.ListKind, "slug"), "lectures", few)

    assert "more than 1 row" in faults(checked, NEW, WEEKDAY)[0]
