"""Enterprises and workers in lists: by the same actions as on the pages."""

import pytest
from django.contrib import admin

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.phones import masked
from diedie_edu.lists.kinds import list_kind
from diedie_edu.notices.models import Notice
from edu_base.models import Allotment, Enterprise, Nomination, SchemeYear
from tests.conftest import NOW
from tests.support.dream import CONTACT, make_allotment, make_enterprise, nominate
from tests.support.education import make_intake, make_year

ENTERPRISES = ["统一社会信用代码", "企业名称", "联系人", "联系电话", "推荐名额"]
WORKERS = ["企业", "姓名", "本人手机", "岗位", "推荐理由"]
REASON = "连续两年优秀员工。"
CODE, OTHER = "91110000600037341L", "91330106673959654P"
carried_out = pytest.mark.django_db(transaction=True)
checked_only = pytest.mark.django_db


@pytest.fixture
def year(db: None) -> SchemeYear:
    made = make_year("dream", target=5, places=5)
    make_intake(made)
    return made


@pytest.fixture
def allotment(year: SchemeYear, staff_user: User) -> Allotment:
    return make_allotment(staff_user, 2, year, make_enterprise("叠二电器厂"))


def words_of(job) -> str:
    return " ".join(str(fault) for fault in job.faults)


@carried_out
def test_enterprises_come_in_with_their_places(loaded, year) -> None:
    rows = [[CODE, "叠二电器厂", "王经理", CONTACT, 3], [OTHER, "叠二五金厂", "", "", ""]]
    loaded(ENTERPRISES, *rows, kind="enterprises")
    made = Enterprise.objects.get(credit_code=CODE)
    assert (made.organisation.title, made.organisation.phone) == ("叠二电器厂", CONTACT)
    assert made.allotments.get().places == 3
    loaded(ENTERPRISES, [CODE, "叠二电器有限公司", "", "", 4], kind="enterprises")
    made = Enterprise.objects.get(credit_code=CODE)
    assert (str(made), made.organisation.contact) == ("叠二电器有限公司", "王经理")
    assert made.allotments.get().places == 4


@carried_out
def test_a_covered_number_of_a_contact_means_the_one_that_is_known(loaded, year) -> None:
    for phone in (CONTACT, masked(CONTACT), ""):
        loaded(ENTERPRISES, [CODE, "叠二电器厂", "王经理", phone, 3], kind="enterprises")
    assert Enterprise.objects.get().organisation.phone == CONTACT


@checked_only
def test_enterprises_go_out_with_the_phone_covered_but_for_those_who_move_people(
    allotment, staff_user, make_user
) -> None:
    def phones(user: User) -> list[str]:
        return [row["phone"] for row in list_kind("enterprises").exported(user, NOW.date())[1]]

    assert phones(staff_user) == [CONTACT]
    assert phones(make_user(Role.BRANCH_LEAD)) == [masked(CONTACT)]
    assert phones(make_user(Role.PROGRAMME_LEAD, scope="edu-base")) == [masked(CONTACT)]


@checked_only
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ([CODE, "叠二电器厂", "王经理", "138****5678", ""], "covered"),
        (["911100006000373410", "叠二电器厂", "", "", ""], "does not add up"),
        ([CODE, "叠二电器厂", "", "", 6], "more than the target"),
    ],
)
def test_enterprises_that_cannot_be_are_faults(checked, year, row, words) -> None:
    job = checked(ENTERPRISES, row, kind="enterprises")
    assert (job.status, job.faults_total) == ("faulty", 1)
    assert words in words_of(job)


@carried_out
def test_workers_come_in_and_each_is_asked(loaded, allotment) -> None:
    row = ["叠二电器厂", "黄学勤", "136 1234 5678", "装配", REASON]
    loaded(WORKERS, row, kind="workers")
    made = Nomination.objects.get()
    assert (made.full_name, made.phone, made.confirmed_at) == ("黄学勤", "13612345678", None)
    assert Notice.objects.get().address == "13612345678"
    loaded(WORKERS, ["叠二电器厂", "黄学勤", "136****5678", "装配", REASON], kind="workers")
    assert Nomination.objects.count() == 1, "an exported list can be sent back"


@checked_only
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["没有的厂", "黄学勤", "13612345678", "", REASON]], "places to nominate for"),
        ([["叠二电器厂", "黄学勤", CONTACT, "", REASON]], "contact person"),
        ([["叠二电器厂", "黄学勤", "0757-81234567", "", REASON]], "own mobile"),
        ([["叠二电器厂", f"黄学{n}", "13612345678", "", REASON] for n in "勤俭"], "same number"),
        (
            [
                ["叠二电器厂", f"黄学{n}", f"1361234567{i}", "", REASON]
                for i, n in enumerate("勤俭恒")
            ],
            "All places of the enterprise are used",
        ),
    ],
)
def test_workers_that_cannot_be_are_faults(checked, allotment, rows, words) -> None:
    job = checked(WORKERS, *rows, kind="workers")
    assert job.status == "faulty"
    assert words in words_of(job)
    assert not Nomination.objects.exists()


@checked_only
def test_lists_go_out_covered(allotment, staff_user) -> None:
    nominate(allotment, "黄学勤", "13612345678")
    kind = list_kind("workers")
    _columns, rows = kind.exported(staff_user, NOW.date())
    (row,) = list(rows)
    assert (row["full_name"], row["phone"], row["reason"]) == ("黄**", "136****5678", "")
    assert row["standing"] == "未确认"
    assert kind.rows_of(staff_user, NOW.date(), allotment.enterprise_id).count() == 1
    assert kind.rows_of(staff_user, NOW.date(), 0) is None
    _columns, rows = list_kind("enterprises").exported(staff_user, NOW.date())
    (row,) = list(rows)
    assert (row["title"], row["places"], row["used"], row["confirmed"]) == ("叠二电器厂", 2, 1, 0)


@checked_only
@pytest.mark.parametrize(
    ("role", "scope", "is_open"),
    [
        (Role.STAFF, "", True),
        (Role.PROGRAMME_LEAD, "edu-base", True),
        (Role.PROGRAMME_LEAD, "happy-square", False),
        (Role.VOLUNTEER, "", False),
    ],
)
@pytest.mark.parametrize("slug", ["enterprises", "workers"])
def test_whom_lists_are_open_to(make_user, slug, role, scope, is_open) -> None:
    assert list_kind(slug).is_open_to(make_user(role, scope=scope)) == is_open


@checked_only
def test_the_admin_site_covers_them_too(allotment, staff_user, rf) -> None:
    nominate(allotment, "黄学勤", "13612345678")
    request = rf.get("/")
    request.user = staff_user
    (row,) = list(admin.site._registry[Nomination].outgoing(request))
    assert (row["full_name"], row["phone"], row["reason"]) == ("黄**", "136****5678", "")
