"""What staff do to whole lectures and records while people come and go."""

import time
from datetime import timedelta
from random import Random

from django.urls import reverse

from diedie_edu.activities.actions.schedule import move_occasion
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.days import local_now
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.actions.changes import undo_change
from diedie_edu.people.actions.merging import merge_residents
from diedie_edu.people.models import RecordChange, Resident
from residents_school.models import Lecture
from tests.common.spreadsheets.files import xlsx
from tests.storm.acts import PEOPLE, Act, anybody, is_done, occasion_of, send, somebody
from tests.storm.town import BEGINS, SOON, Town
from tests.support.sent_forms import forms_on

PATIENCE = 100  # looks at a job, which another thread may have taken
DAY, MINUTES = timedelta(days=1), timedelta(minutes=3)


def edit(town: Town, random: Random) -> bool:
    """Write down how often it was edited, and perhaps change the seats, by the form."""
    lecture, staff = random.choice(town.lectures), town.browser(random.choice(town.staff))
    address = reverse("residents_school:lecture_change", args=[lecture])
    page = forms_on(staff.get(address).text, address)
    form = next((form for form in page if "capacity" in form.controls), None)
    if form is None:  # it is called off
        return False
    time.sleep(0.02)  # somebody types
    before = int(form.controls["summary"].values[0].split()[0])
    seats = int(form.controls["capacity"].values[0]) + random.choice([-1, 0, 1])
    typed = {
        "summary": [f"{before + 1} {random.random()}"],  # no two type the same
        "capacity": [str(min(max(seats, 3), 7))],
    }
    return is_done(form.typing(typed).send(staff))


def edits_kept(done: int) -> list[str]:
    """Each edit counts on from what the form had shown, so none may be lost."""
    texts = Lecture.objects.values_list("summary", flat=True)
    kept = sum(int(text.split()[0]) for text in texts)
    return [] if kept == done else [f"{done} edits were saved, and {kept} stand"]


def call_off(town: Town, random: Random) -> bool:
    lecture, staff = random.choice(town.may_be_off), random.choice(town.staff)
    return send(town, staff, "residents_school:call_off", lecture, reason="停电")


def hold_after_all(town: Town, random: Random) -> bool:
    off = Activity.objects.filter(pk__in=town.may_be_off, state=Activity.State.CALLED_OFF)
    staff = random.choice(town.staff)
    held = [send(town, staff, "residents_school:lecture_hold", row.pk) for row in off]
    return any(held)


def move(town: Town, random: Random) -> bool:
    """By some minutes, or to another day and back, so that a door closes and opens."""
    occasion = occasion_of(random.choice(town.lectures))
    now, is_at_door = local_now(), occasion.pk in town.doors
    if is_at_door and occasion.starts_at > now + DAY / 2:
        later = BEGINS + SOON - occasion.starts_at
    elif is_at_door and random.random() < 0.7:
        later = MINUTES if occasion.starts_at == BEGINS + SOON else -MINUTES
    else:
        later = random.choice([DAY, 2 * DAY])
    times = {"starts_at": occasion.starts_at + later, "ends_at": occasion.ends_at + later}
    by = random.choice(town.staff)
    move_occasion(occasion=occasion, venue=occasion.venue, by=by, now=now, **times)
    return True


def list_of_sign_ups(town: Town, random: Random) -> bool:
    people = random.sample(town.heads, 3)
    rows = [[random.choice(town.lectures), one.full_name, one.phone] for one in people]
    return loaded("signups", [["活动编号", "姓名", "联系电话"], *rows], random.choice(town.staff))


def list_of_arrivals(town: Town, random: Random) -> bool:
    door = random.choice(town.doors)
    seats = SignUp.objects.filter(activity__occasions=door, status=SignUp.Status.SEATED)
    people = [row.resident for row in seats.select_related("resident")[:3]]
    rows = [[door, one.full_name, one.phone, "是"] for one in people if one.phone]
    titles = ["场次编号", "姓名", "联系电话", "到场"]
    return bool(rows) and loaded("attendance", [titles, *rows], random.choice(town.staff))


def loaded(kind: str, rows: list, by: object) -> bool:
    """Uploaded, checked, confirmed and loaded, by whichever worker takes it."""
    job = imports.accept_upload(
        kind=kind, file_name="名单.xlsx", content=xlsx(*rows), language="zh-hans", by=by
    )
    for _look in range(PATIENCE):
        run_next(local_now())
        job.refresh_from_db()
        if job.status == ImportJob.Status.READY:
            imports.confirm_import(job=job, now=local_now())
        elif job.state not in job.OPEN:
            return bool(job.status == ImportJob.Status.DONE)
        time.sleep(0.02)
    raise TimeoutError(f"a list of {kind} is {job.status} for ever")


def merge(town: Town, random: Random) -> bool:
    """Somebody and the record that the desk made of them before they had an account."""
    own, gone = somebody(town, random), anybody(random)
    if gone.account_id is not None:
        gone = Resident.objects.create(full_name=own.full_name)
        send(
            town,
            random.choice(town.staff),
            "activities:sign_somebody_up",
            random.choice(town.lectures),
            resident=gone.pk,
        )
    by = random.choice(town.staff)
    merge_residents(kept=own, gone=gone, reason="同一个人", by=by, now=local_now())
    return True


def undo_merge(town: Town, random: Random) -> bool:
    merged = RecordChange.objects.filter(kind=RecordChange.Kind.MERGED, undone_at=None)
    change = merged.order_by("-at").first()
    if change is None:
        return False
    undo_change(change=change, reason="两个人", by=random.choice(town.staff), now=local_now())
    return True


OFFICE: dict[Act, int] = {
    edit: 6,
    call_off: 2,
    hold_after_all: 2,
    move: 3,
    list_of_sign_ups: 2,
    list_of_arrivals: 2,
    merge: 2,
    undo_merge: 3,
}
ACTS = PEOPLE | OFFICE
