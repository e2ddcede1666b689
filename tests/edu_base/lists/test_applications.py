"""Applications and earlier students in lists: papers come in as on the pages, nothing goes out
whole without a reason."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from diedie_edu.accounts.permissions import Role
from diedie_edu.lists.kinds import list_kind
from diedie_edu.people.models import ConsentText
from edu_base.models import Application, ApplicationLook, Dwelling, State, Step
from tests.conftest import NOW
from tests.support.children import consent_text
from tests.support.education import make_application, make_intake, make_person, make_year

PAPER = {
    "姓名": "秦夏至",
    "联系电话": "13812340000",
    "出生日期": "1995-08-25",
    "招生班": "大专班",
    "学历": "高中",
    "与社区的关系": "户籍",
    "家庭住址": "桂畔路 7 号",
    "证件种类": "身份证",
    "证件号码": "440300199508250019",
    "申请表存放处": "3 号柜 7",
    "同意书版本": "2026-1",
}
STUDENT = {
    "姓名": "姜立冬",
    "联系电话": "13812340001",
    "年度": 2021,
    "招生班": "大专班",
    "状态": "毕业",
    "户主": "姜大寒",
    "家庭住址": "桂畔路 9 号",
}
carried_out = pytest.mark.django_db(transaction=True)
checked_only = pytest.mark.django_db


def check_character(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.fixture
def text(db: None) -> ConsentText:
    return consent_text("2026-1", programme="edu-base")


@pytest.fixture
def college_class(db: None):
    born = {"min_age": None, "max_age": None, "age_counts_on": None}
    return make_intake(make_year(), title_zh="大专班", **born)


@pytest.fixture
def earlier_class(db: None):
    return make_intake(make_year(year=2021, places=2), title_zh="大专班")


def rows_of(told: dict[str, object], **changes: object) -> list[list[object]]:
    row = told | changes
    if number := row.get("证件号码"):
        row["证件号码"] = check_character(str(number)[:17])
    return [list(row), list(row.values())]


@carried_out
def test_a_signed_paper_comes_in_as_on_the_page(loaded, text, college_class) -> None:
    loaded(*rows_of(PAPER), kind="applications")
    row = Application.objects.get()
    assert (row.state, row.origin, row.paper_reference) == ("submitted", "paper", "3 号柜 7")
    assert row.person.birth_date == date(1995, 8, 25)
    assert row.agreed_text == text


@checked_only
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"同意书版本": "2025-9"}, "Have it signed anew"),
        ({"招生班": "没有的班"}, "no class of this name"),
        ({"申请表存放处": ""}, "needs this"),
        ({"出生日期": "2015-08-25"}, "under 14"),
        ({"出生日期": "1995-08-26"}, "another one than you have told"),
    ],
)
def test_papers_that_cannot_be_are_faults(checked, text, college_class, changes, words) -> None:
    job = checked(*rows_of(PAPER, **changes), kind="applications")
    assert job.status == "faulty"
    assert words in " ".join(str(fault) for fault in job.faults)


@checked_only
def test_a_list_that_comes_back_changes_nothing(checked, college_class, staff_user) -> None:
    row = make_application(staff_user, college_class, State.SUBMITTED)
    name = row.person.full_name
    head = ["申请编号", "姓名", "招生班"]
    job = checked(head, [row.pk, f"{name[0]}**", "大专班"], kind="applications")
    assert job.rows_same == 1, job.faults
    wrong = checked(head, [row.pk, "别人", "大专班"], kind="applications")
    assert wrong.status == "faulty"


@carried_out
def test_an_earlier_student_comes_in_without_a_paper(loaded, earlier_class) -> None:
    loaded(*rows_of(STUDENT), kind="students")
    row = Application.objects.get()
    assert (row.state, row.origin, row.dwelling.proof) == ("graduated", "list", "earlier")
    assert Step.objects.get().acting == Step.Acting.NOBODY
    earlier_class.refresh_from_db()
    assert earlier_class.taken == 1
    assert Dwelling.objects.get().address_key


@carried_out
def test_a_household_has_one_student_from_lists_too(checked, loaded, earlier_class) -> None:
    loaded(*rows_of(STUDENT), kind="students")
    job = checked(*rows_of(STUDENT, 姓名="姜小寒", 联系电话=""), kind="students")
    assert job.status == "faulty"
    assert "already has its student" in " ".join(str(fault) for fault in job.faults)


@checked_only
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"年度": 2020}, "no class of this name"),
        ({"户主": ""}, "household register"),
        ({"状态": "在路上"}, "Only these entries"),
        ({"年度": NOW.year}, "those of this year apply"),
    ],
)
def test_students_that_cannot_be_are_faults(
    checked, earlier_class, college_class, changes, words
) -> None:
    job = checked(*rows_of(STUDENT, **changes), kind="students")
    assert job.status == "faulty", job.faults
    assert words in " ".join(str(fault) for fault in job.faults)
    assert Application.objects.count() == 0


@checked_only
@pytest.mark.parametrize("slug", ["applications", "students"])
@pytest.mark.parametrize(
    ("role", "scope", "is_open"),
    [
        (Role.STAFF, "", True),
        (Role.PROGRAMME_LEAD, "edu-base", True),
        (Role.PROGRAMME_LEAD, "happy-square", False),
        (Role.VOLUNTEER, "", False),
    ],
)
def test_whom_lists_are_open_to(make_user, slug, role, scope, is_open) -> None:
    assert list_kind(slug).is_open_to(make_user(role, scope=scope)) == is_open


SECRET = {"paper_number": "440300199508250019", "paper_kind": "citizen", "paper_key": "a" * 64}


@checked_only
@pytest.mark.usefixtures("clock")
def test_whole_lists_are_for_leads_with_a_reason_and_are_written_down(
    as_user, make_user, staff_user, college_class
) -> None:
    person = make_person("秦夏至", phone="13812340000")
    row = make_application(
        staff_user, college_class, State.REPORTED, person=person, address="桂畔路", **SECRET
    )
    page = reverse("edu_base:whole_lists")
    assert as_user(staff_user).get(page).status_code == 403
    lead = as_user(make_user(Role.PROGRAMME_LEAD, scope="edu-base"))
    sent = {"kind": "applications", "year": NOW.year, "reason": ""}
    assert lead.post(page, sent).context["form"].errors["reason"]
    assert not ApplicationLook.objects.exists()

    answer = lead.post(page, sent | {"reason": "报送街道"})

    cells = [
        cell.value for line in load_workbook(BytesIO(b"".join(answer))).active for cell in line
    ]
    assert {"秦夏至", SECRET["paper_number"], "桂畔路"} <= set(cells)
    look = ApplicationLook.objects.get()
    assert (look.application, look.reason) == (row, "报送街道")


@checked_only
@pytest.mark.parametrize("slug", ["applications", "students"])
def test_other_lists_cover_names_phones_and_numbers(
    staff_user, college_class, slug, django_assert_num_queries
) -> None:
    for name in ("秦夏至", "姜立冬"):
        person = make_person(name, phone="13812340000")
        words = SECRET | {"paper_key": f"{ord(name[0]):064x}", "address": "桂畔路"}
        make_application(staff_user, college_class, State.REPORTED, person=person, **words)
    with django_assert_num_queries(1):
        columns, rows = list_kind(slug).exported(staff_user, NOW.date())
        told = [column.of(row, whole=False) for row in rows.rows for column in columns]
    assert not {"秦夏至", "13812340000", SECRET["paper_number"], "桂畔路"} & set(told)
