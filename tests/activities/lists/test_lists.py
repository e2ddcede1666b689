"""Sign-ups and attendance in lists: the register's people, by the rules of the pages."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.lists.sign_ups import SIGN_UPS_LIST
from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.door.lists import ATTENDANCE_LIST
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.notices.models import Notice
from tests.conftest import NOW
from tests.support.children import consented
from tests.support.exports import REASON
from tests.support.seats import enter

pytestmark = pytest.mark.django_db
loads = pytest.mark.django_db(transaction=True)
PAPER = ["活动编号", "姓名", "联系电话"]
SHEET = ["场次编号", "姓名", "联系电话", "到场"]
TODAY = NOW.date()


@pytest.fixture
def chen(make_resident):
    return make_resident(full_name="陈建城", phone="13812345678")


@pytest.fixture
def wang(make_resident):
    return make_resident(full_name="王洪斌", phone="13912345678")


def fault(job) -> str:
    assert (job.status, job.faults_total) == ("faulty", 1)
    return f"{job.faults[0]['place']}: {job.faults[0]['message']}"


@loads
def test_a_paper_list_signs_up_in_the_order_of_its_rows(
    loaded, make_lecture, chen, wang, staff_user
):
    lecture = make_lecture(capacity=1)
    rows = [[lecture.pk, one.full_name, one.phone] for one in (wang, chen)]

    job = loaded(PAPER, *rows, kind="signups")

    assert (job.status, job.rows_new) == ("done", 2)
    first, second = SignUp.objects.order_by("id")
    assert (first.resident, first.status) == (wang, "seated")
    assert (second.resident, second.status) == (chen, "waiting")
    assert {first.signed_up_by, second.signed_up_by} == {staff_user}


@pytest.mark.parametrize(
    ("name", "phone", "words"),
    [
        ("陈某", "13812345678", "Nobody in the register"),
        ("陈建城", "13800000009", "Nobody in the register"),
        ("陈小明", "", "Nobody in the register"),
    ],
)
def test_one_unknown_person_keeps_everybody_out(
    checked, make_lecture, make_resident, chen, wang, name, phone, words
):
    consented(make_resident(full_name="陈小明", birth_date=date(2015, 1, 1)), wang)
    lecture = make_lecture()

    job = checked(PAPER, [lecture.pk, "王洪斌", ""], [lecture.pk, name, phone], kind="signups")

    assert "row 3, column B “姓名”" in fault(job)
    assert words in fault(job)
    assert (SignUp.objects.count(), Notice.objects.count()) == (0, 0)


def test_people_of_one_name_are_told_apart_by_phone(checked, make_lecture, make_resident, chen):
    make_resident(full_name="陈建城", phone="13700000001")
    lecture = make_lecture()

    assert "Several people" in fault(checked(PAPER, [lecture.pk, "陈建城", ""], kind="signups"))
    told = checked(PAPER, [lecture.pk, "陈建城", "13812345678"], kind="signups")
    assert told.status == "ready"


def test_the_rules_of_sign_up_are_faults_of_rows(checked, make_lecture, chen):
    closed = make_lecture(sign_up_closes_at=NOW - timedelta(hours=1))

    assert "row 2" in fault(checked(PAPER, [closed.pk, "陈建城", ""], kind="signups"))
    assert not SignUp.objects.exists()


def test_two_rows_about_one_person_are_a_fault(checked, make_lecture, chen):
    row = [make_lecture().pk, "陈建城", ""]

    assert "Row 2 is about the same person" in fault(checked(PAPER, row, row, kind="signups"))


def test_activities_of_other_programmes_are_unknown(checked, make_lecture, make_user, chen):
    lead = make_user(Role.PROGRAMME_LEAD, scope="happy-square")
    lecture = make_lecture()
    enter(lecture, chen)
    rows = [PAPER, [lecture.pk, "陈建城", ""]]

    assert checked(*rows, kind="signups").status == "ready"
    assert "No activity of yours" in fault(checked(*rows, kind="signups", by=lead))
    assert list(SIGN_UPS_LIST.exported(lead, TODAY)[1]) == []
    assert list(ATTENDANCE_LIST.exported(lead, TODAY)[1]) == []


def test_exported_sign_ups_come_back_unchanged(checked, make_lecture, make_user, chen, wang):
    lead = make_user(Role.PROGRAMME_LEAD, scope="residents-school")
    lecture = make_lecture(capacity=1)
    for person in (chen, wang):
        enter(lecture, person)

    columns, rows = SIGN_UPS_LIST.exported(lead, TODAY)
    rows = list(rows)
    assert [row["phone"] for row in rows] == ["138****5678", "139****5678"]
    job = checked(content=write_xlsx(columns, rows), kind="signups")
    assert (job.status, job.rows_same, job.rows_new) == ("ready", 2, 0)


def test_staff_who_move_people_get_whole_phones(make_lecture, staff_user, chen):
    enter(make_lecture(), chen)

    assert next(iter(SIGN_UPS_LIST.exported(staff_user, TODAY)[1]))["phone"] == "13812345678"


@loads
def test_a_filled_in_sheet_enters_who_came(upload, make_lecture, chen, wang):
    lecture = make_lecture()
    enter(lecture, chen)
    occasion = lecture.occasion
    job = upload(
        *(SHEET, [occasion.pk, "陈建城", "", "是"], [occasion.pk, "王洪斌", "", "否"]),
        kind="attendance",
    )

    run_next(occasion.ends_at)
    assert imports.confirm_import(job=job)
    run_next(occasion.ends_at)

    (came,) = Attendance.objects.all()
    assert (came.resident, came.how) == (chen, "sheet")


def test_before_the_register_opens_a_sheet_enters_nobody(checked, make_lecture, chen):
    occasion = make_lecture().occasion

    job = checked(SHEET, [occasion.pk, "陈建城", "", "是"], kind="attendance")

    assert "row 2" in fault(job)
    assert not Attendance.objects.exists()


def test_exported_attendance_comes_back_unchanged(checked, make_lecture, staff_user, chen, wang):
    lecture = make_lecture()
    enter(lecture, chen)
    for person in (chen, wang):
        Attendance.objects.create(occasion=lecture.occasion, resident=person, arrived_at=NOW)

    job = checked(
        content=write_xlsx(*ATTENDANCE_LIST.exported(staff_user, TODAY)), kind="attendance"
    )

    assert (job.status, job.rows_same, job.rows_new) == ("ready", 2, 0)


def test_somebody_entered_is_not_taken_back_by_a_list(checked, make_lecture, chen):
    occasion = make_lecture().occasion
    Attendance.objects.create(occasion=occasion, resident=chen, arrived_at=NOW)

    job = checked(SHEET, [occasion.pk, "陈建城", "", "否"], kind="attendance")

    assert "column D “到场”" in fault(job)


@pytest.mark.parametrize(("kind", "queries"), [(SIGN_UPS_LIST, 1), (ATTENDANCE_LIST, 2)])
def test_children_stay_and_three_rows_cost_as_much_as_one(
    make_lecture, make_resident, staff_user, chen, kind, queries, django_assert_num_queries
):
    lecture = make_lecture()
    child = consented(make_resident(full_name="陈小明", birth_date=date(2015, 1, 1)), chen)
    enter(lecture, child)
    assert staff_user.grants is not None
    for count in (1, 3):
        for _number in range(count):
            enter(lecture, make_resident())
        with django_assert_num_queries(queries):
            rows = list(kind.exported(staff_user, TODAY)[1])
        assert child.pk not in [row["person"] for row in rows]
    assert len(rows) == 4


@pytest.mark.parametrize("kind", [SIGN_UPS_LIST, ATTENDANCE_LIST])
def test_one_activitys_list_holds_its_people_alone(make_lecture, staff_user, chen, wang, kind):
    lecture, other = make_lecture(), make_lecture()
    enter(lecture, chen)
    enter(other, wang)

    _columns, rows = kind.exported_of(staff_user, TODAY, lecture.pk)

    assert [row["full_name"] for row in rows] == ["陈建城"]


@pytest.mark.parametrize("kind", [SIGN_UPS_LIST, ATTENDANCE_LIST])
def test_another_programmes_activity_has_no_list(make_lecture, make_user, chen, kind):
    lead = make_user(Role.PROGRAMME_LEAD, scope="happy-square")
    lecture = make_lecture()
    enter(lecture, chen)

    assert kind.exported_of(lead, TODAY, lecture.pk) is None
    assert kind.exported_of(lead, TODAY, 0) is None


@pytest.mark.parametrize("kind", ["signups", "attendance"])
def test_one_activitys_list_is_downloaded_and_no_others(
    as_user, staff_user, make_user, make_lecture, chen, kind
):
    lecture = make_lecture()
    enter(lecture, chen)
    address = reverse("lists:export_of", args=[kind, lecture.pk, "csv"])

    assert "陈建城" in as_user(staff_user).post(address, REASON).getvalue().decode()
    other = as_user(make_user(Role.PROGRAMME_LEAD, scope="happy-square"))
    assert other.get(address).status_code == 404


def test_a_kind_without_parts_has_no_list_of_one(as_user, staff_user):
    address = reverse("lists:export_of", args=["residents", 1, "xlsx"])

    assert as_user(staff_user).get(address).status_code == 404


def test_the_page_of_those_signed_up_leads_to_its_lists(as_user, staff_user, make_lecture):
    lecture = make_lecture()

    page = as_user(staff_user).get(reverse("activities:people", args=[lecture.pk]))

    for kind in ("signups", "attendance"):
        assert reverse("lists:export_of", args=[kind, lecture.pk, "xlsx"]) in page.content.decode()
