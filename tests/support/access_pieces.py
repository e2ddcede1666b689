"""Pieces for the walk of `test_access.py`: a message, an export, a series of lectures, a survey."""

from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import (
    Activity,
    Attendance,
    AttendanceUndone,
    ExcusedAbsence,
    Occasion,
    SignUp,
)
from diedie_edu.files.actions import store
from diedie_edu.jobs.models import Job
from diedie_edu.lists.models import ImportJob
from diedie_edu.notices.models import Chat, Notice, Robot
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.models import Certificate
from residents_school.models import Answer, Lecture, LectureSeries, Survey
from tests.conftest import NOW
from tests.support.robots import make_robot

NOWHERE = 999999
MISSING = {
    **dict.fromkeys(
        (
            "pk",
            "answer",
            "lecture",
            "booking",
            "child",
            "session",
            "term",
            "invitation",
            "material",
        ),
        NOWHERE,
    ),
    "file_key": "0" * 32,
    "year": 2126,
    "slug": "nowhere",
    "kind": "nowhere",
    "token": "nothing",
    "number": "nothing",
    "key": "nothing",
    "language": "xx",
}


def make_message(resident: Resident, lecture: Lecture, channel: str, status: str) -> Notice:
    notice = Notice.objects.create(
        dedupe_key=f"{resident.pk}:{channel}",
        event=f"activities.called_off:activity:{lecture.pk}:1",
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


def make_export(user: User) -> Job:
    """One that is ready."""
    until = NOW + timedelta(days=1)
    file = store.keep(
        kind="job_result",
        form="csv",
        content=BytesIO(b"x"),
        title="x",
        by=user,
        now=NOW,
        ends_at=until,
    )
    params = {"list": "residents", "number": None, "extension": "csv"}
    return Job.objects.create(
        kind="export", params=params, state="done", asked_by=user, ended_at=NOW, result=file
    )


def own_pk(name: str, reader: User) -> int | None:
    """Of a message, of a robot, or of the export; None for other pages."""
    if name.startswith("notices:robot"):
        return (Robot.objects.first() or make_robot(Chat.WECOM, NOW)).pk
    if name == "notices:message":
        return reader.resident.notices.filter(channel="inbox").earliest("pk").pk
    return reader.jobs.get(kind="export").pk if name.startswith("jobs:") else None


def make_import(user: User) -> ImportJob:
    """One that is loaded."""
    about = {"kind": "import", "params": {"list": "residents"}, "title": "x.xlsx"}
    return ImportJob.objects.create(**about, state="done", asked_by=user, ended_at=NOW)


def make_paper(resident: Resident, number: str) -> None:
    Certificate.objects.create(
        resident=resident,
        kind="learning",
        number=number,
        year=2026,
        serial=1,
        full_name="李梅",
        first_day=NOW.date(),
        last_day=NOW.date(),
        minutes=90,
        occasions=1,
        issued_at=NOW,
    )


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


def make_survey() -> Survey:
    """One that is running, with an answer on paper; the one before it is a draft."""
    days = {"opens_on": date(2026, 11, 1), "closes_on": date(2026, 12, 1)}
    draft = Survey.objects.create(title="草稿", **days)
    survey = Survey.objects.create(pk=draft.pk + 1, title="调查", is_published=True, **days)
    Answer.objects.create(survey=survey, source="paper", answered_at=NOW)
    survey.bursts.create(key="one", since=NOW)
    return survey


def make_dropped_draft(make_lecture: Callable[..., Lecture], resident: Resident) -> Lecture:
    """A draft that was called off; with a sign-up, which nobody can have, so that its page too
    is tried."""
    dropped = make_lecture(
        state=Activity.State.CALLED_OFF, is_dropped=True, call_off_reason="讲师来不了"
    )
    SignUp.objects.create(activity=dropped, resident=resident, status="waiting", signed_up_at=NOW)
    return dropped


def make_attendance(occasion: Occasion, person: Resident) -> None:
    """Somebody came, was taken back once, and was excused."""
    Attendance.objects.create(occasion=occasion, resident=person, arrived_at=NOW)
    back = {"arrived_at": NOW, "how": "list", "undone_at": NOW}
    AttendanceUndone.objects.create(occasion=occasion, resident=person, **back)
    ExcusedAbsence.objects.create(occasion=occasion, resident=person, reason="生病", excused_at=NOW)
