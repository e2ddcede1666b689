"""Planning, changing and announcing a lecture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import seats
from diedie_edu.activities.actions.schedule import add_occasions, move_occasion
from diedie_edu.activities.models import Activity
from diedie_edu.activities.rules import schedule
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Organisation, Topic, Volunteer
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.queries.special_days import calendar
from diedie_edu.venues.rules.availability import Suits
from residents_school.actions import invitations, wishes
from residents_school.actions.speakers import book_speakers, release_speakers
from residents_school.models import Lecture, TeachingForm
from residents_school.rules import lectures

# What a plan and a lecture have under one name, without seats, time and place.
WORDS = (
    *("title", "summary", "outline", "topic", "teaching_form", "partner"),
    *("sign_up_opens_at", "sign_up_closes_at", "min_age", "max_age", "residents_only"),
    "holds_for_parties",
)


@dataclass(frozen=True)
class LecturePlan:
    """All that staff decide about one lecture."""

    title: str
    summary: str
    outline: str
    topic: Topic
    partner: Organisation | None
    capacity: int
    starts_at: datetime
    ends_at: datetime
    venue: Venue
    speakers: Sequence[Volunteer]
    sign_up_opens_at: datetime
    sign_up_closes_at: datetime
    min_age: int | None = None
    max_age: int | None = None
    residents_only: bool = False
    holds_for_parties: bool = True
    teaching_form: str = TeachingForm.LECTURE

    def words(self) -> dict[str, object]:
        """What changes without touching seats, time or place."""
        return {name: getattr(self, name) for name in WORDS}


@transaction.atomic
def plan_lecture(
    *, plan: LecturePlan, by: User, now: datetime, notifies_speakers: bool = True
) -> Lecture:
    """Put a lecture into the programme as a draft, and tell its speakers, unless told otherwise.

    Raises `Refused` when the day is no lecture day, the venue is taken or too small, or a
    speaker is booked elsewhere.
    """
    lock_calendar()
    suits = _check(plan, now)
    lecture = Lecture.objects.create(
        programme=Programme.objects.get(slug=lectures.PROGRAMME),
        capacity=plan.capacity,
        created_by=by,
        **plan.words(),
    )
    room = Booking(venue=plan.venue, starts_at=plan.starts_at, ends_at=plan.ends_at)
    [occasion] = add_occasions(activity=lecture, wanted=[room], suits=suits)
    book_speakers(occasion, plan.speakers, by=by, now=now, tells=notifies_speakers)
    return lecture


@transaction.atomic
def change_lecture(*, lecture: Lecture, plan: LecturePlan, by: User, now: datetime) -> Lecture:
    """Change anything about a lecture ahead; people are told of a new time or place, and those
    who wished for its new topic of the lecture.

    Raises `Refused` as `plan_lecture` does, when the seats would fall below those taken, and
    when it is called off.
    """
    lock_calendar()
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=lecture.pk)
    schedule.check_can_be_changed(locked)
    occasion = lecture.occasions.select_related("venue").get()
    old_topic = Topic.objects.get(lectures=lecture.pk)
    suits = _check(plan, now)
    seats.change_capacity(activity=lecture, capacity=plan.capacity, by=by, now=now)
    Lecture.objects.filter(pk=lecture.pk).update(**plan.words())
    release_speakers(occasion, plan.speakers, by=by, now=now)
    before = occasion.revision
    occasion = move_occasion(
        occasion=occasion,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        venue=plan.venue,
        by=by,
        now=now,
        suits=suits,
    )
    bookings.rename(bookings=[occasion.booking_id], purpose=plan.title)
    book_speakers(occasion, plan.speakers, by=by, now=now)
    if occasion.revision != before:
        invitations.ask_again(lecture.pk, now)
    lecture.refresh_from_db()
    if lecture.state == Activity.State.PUBLISHED and lecture.topic != old_topic:
        wishes.notify_those_who_wished(lecture=lecture, now=now)
    return lecture


@transaction.atomic
def announce_lecture(*, lecture: Lecture, by: User, now: datetime) -> None:
    """Publish a draft, and tell those who wished for its topic. Announcing twice is harmless.

    Raises `Refused` when it is called off or its time has passed.
    """
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=lecture.pk)
    schedule.check_can_be_announced(locked, locked.occasions.get().starts_at, now)
    if locked.state == Activity.State.DRAFT:
        Activity.objects.filter(pk=lecture.pk).update(state=Activity.State.PUBLISHED)
        wishes.notify_those_who_wished(lecture=lecture, now=now)


def _check(plan: LecturePlan, now: datetime) -> Suits:
    """What tells the beginnings that would do as well."""
    known = calendar()
    schedule.check_times(plan.starts_at, plan.ends_at, now)
    lectures.check_lecture_day(local_day(plan.starts_at), known)
    schedule.check_window(plan.sign_up_opens_at, plan.sign_up_closes_at, plan.ends_at)
    schedule.check_fits(plan.capacity, plan.venue)
    schedule.check_ages(plan.min_age, plan.max_age)
    return partial(lectures.could_begin, calendar=known, now=now)
