"""A message in somebody's inbox, and a series of lectures, for the walk of `test_access.py`."""

from datetime import date, time

from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from residents_school.models import Lecture, LectureSeries
from tests.conftest import NOW


def make_message(resident: Resident, lecture: Lecture, channel: str, status: str) -> Notice:
    notice = Notice.objects.create(
        dedupe_key=f"{resident.pk}:{channel}",
        kind="activities.called_off",
        subject=f"activity:{lecture.pk}",
        recipient=resident,
        channel=channel,
        data={"activity": lecture.pk, "title": lecture.title, "starts_at": NOW, "reason": "台风"},
        status=status,
        created_at=NOW,
        next_try_at=NOW,
        settled_at=NOW,
    )
    notice.refresh_from_db()
    return notice


def make_series() -> LectureSeries:
    return LectureSeries.objects.create(
        title="春季",
        first_day=date(2026, 11, 28),
        weekdays=[6],
        weeks=1,
        starts=time(9, 30),
        ends=time(11, 0),
        on_clash="leave_out",
    )
