"""A sheet obeys the rules of the door: walk-ins, a full house, the day."""

import pytest

from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from tests.support.seats import fill

pytestmark = pytest.mark.django_db
SHEET = ["场次编号", "姓名", "联系电话", "到场"]


@pytest.fixture
def chen(make_resident):
    return make_resident(full_name="陈建城", phone="13812345678")


def rows(occasion, *names: str) -> list[list[object]]:
    return [SHEET, *([occasion.pk, name, "", "是"] for name in names)]


@pytest.mark.django_db(transaction=True)
def test_somebody_without_a_seat_takes_a_free_one(upload, make_lecture, chen):
    occasion = make_lecture(capacity=1).occasion
    job = upload(*rows(occasion, "陈建城"), kind="attendance")

    run_next(occasion.starts_at)
    assert imports.confirm_import(job=job)
    run_next(occasion.starts_at)

    seat, came = SignUp.objects.get(), Attendance.objects.get()
    assert (seat.resident, seat.status, came.walk_in_seat, came.how) == (
        *(chen, "seated"),
        *(seat, "walk_in"),
    )


def test_a_full_house_lets_nobody_in_by_a_list(upload, make_lecture, chen):
    lecture = make_lecture(capacity=1)
    fill(lecture, 1)
    job = upload(*rows(lecture.occasion, "陈建城"), kind="attendance")

    run_next(lecture.occasion.starts_at)

    job.refresh_from_db()
    assert (job.status, job.faults_total) == ("faulty", 1)
    assert "row 2" in job.faults[0]["place"]
    assert not Attendance.objects.exists()


def test_the_last_seat_goes_to_one_row_and_the_other_is_a_fault(
    upload, make_lecture, make_resident, chen
):
    make_resident(full_name="王洪斌")
    occasion = make_lecture(capacity=1).occasion
    job = upload(*rows(occasion, "王洪斌", "陈建城"), kind="attendance")

    run_next(occasion.starts_at)

    job.refresh_from_db()
    assert [fault["place"].split(", ")[1] for fault in job.faults] == ["row 3"]
    assert not SignUp.objects.exists()
