import pytest
from django.utils import translation

from diedie_edu.activities.models import Attendance
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.common.spreadsheets.writer import write_csv
from diedie_edu.people.models import Organisation
from residents_school.lists.kinds import LECTURES_LIST
from tests.conftest import NOW, SATURDAY
from tests.support.access_pieces import make_series
from tests.support.duties import make_volunteer, on_duty
from tests.support.seats import enter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("write", [write_xlsx, lambda *list_: b"".join(write_csv(*list_))])
def test_an_exported_list_comes_back_unchanged(checked, make_lecture, language, write, staff_user):
    partner = Organisation.objects.create(title="书画协会", kind="association")
    lecture = make_lecture(summary="一句话", outline="行\n二行", partner=partner)
    make_lecture(title="=1+1", state="draft", sign_up_opens_at=NOW)
    for name in ("王老师", "王老师"):
        on_duty(lecture.occasion, make_volunteer(name))

    with translation.override(language):
        content = write(*LECTURES_LIST.exported(staff_user, SATURDAY))
    job = checked(content=content, kind="lectures")

    assert (job.status, job.faults) == ("ready", [])
    assert (job.rows_new, job.rows_changed, job.rows_same) == (0, 0, 2)


def test_a_title_never_runs_as_a_formula(make_lecture, staff_user):
    make_lecture(title="=1+1")

    assert "'=1+1" in b"".join(write_csv(*LECTURES_LIST.exported(staff_user, SATURDAY))).decode()


def test_seats_queue_and_who_came_are_counted(make_lecture, make_resident, staff_user):
    lecture = make_lecture(capacity=2)
    people = [make_resident() for _number in range(3)]
    for person in people:
        enter(lecture, person)
    Attendance.objects.create(occasion=lecture.occasion, resident=people[0], arrived_at=NOW)

    _columns, (row,) = LECTURES_LIST.exported(staff_user, SATURDAY)

    assert (row["taken"], row["waiting"], row["came"]) == (2, 1, 1)


def test_a_list_takes_as_many_queries_for_three_as_for_one(
    make_lecture, django_assert_num_queries, staff_user
):
    assert staff_user.grants is not None
    for count in (1, 3):
        for _number in range(count):
            on_duty(make_lecture().occasion, make_volunteer())
        with django_assert_num_queries(2):
            assert list(LECTURES_LIST.exported(staff_user, SATURDAY)[1])


def test_a_season_is_exported_by_itself_and_comes_back(make_lecture, checked, staff_user):
    series = make_series()
    make_lecture(title="冬季养生", series=series)
    make_lecture(title="插花")

    columns, rows = LECTURES_LIST.exported_of(staff_user, SATURDAY, series.pk)
    rows = list(rows)

    assert [row["title"] for row in rows] == ["冬季养生"]
    job = checked(content=write_xlsx(columns, rows), kind="lectures")
    assert (job.status, job.rows_same) == ("ready", 1)


def test_a_season_that_does_not_exist_has_no_list(make_lecture, staff_user):
    make_lecture()

    assert LECTURES_LIST.exported_of(staff_user, SATURDAY, 0) is None
