"""The lectures of the demo season: eight weeks back, six weeks ahead, around any given day."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from diedie_edu.activities.actions.schedule import add_occasions
from diedie_edu.activities.models import Activity, Attendance, Party, SignUp
from diedie_edu.activities.queries import offers
from diedie_edu.common.days import local_day, moment
from diedie_edu.people.models import Organisation, Resident, Topic, Volunteer
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.queries.special_days import calendar
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture, TeachingForm
from residents_school.rules import lectures

Facts = dict[str, Any]
WEEKS_BACK, WEEKS_AHEAD = 8, 6
HALL = "社区多功能厅"
SATURDAY_MORNING = (time(9, 30), time(11, 0))
SUNDAY_AFTERNOON = (time(15, 0), time(16, 30))

# What the coming weekends show, in order: seats, how many of them are taken, how many wait.
FILLED = ((40, 31, 0), (16, 16, 3), (50, 47, 0), (40, 12, 0), (40, 22, 0), (60, 8, 0))
NOBODY = (0, 0, 0)


def lecture_days(now: datetime) -> list[date]:
    """The ordinary weekend days around `now`."""
    today, known = local_day(now), calendar()
    days = (today + timedelta(days=n) for n in range(-7 * WEEKS_BACK, 7 * WEEKS_AHEAD))
    return [day for day in days if known.is_lecture_day(day)]


def create_lectures(
    facts: Facts,
    volunteers: dict[str, Volunteer],
    residents: list[Resident],
    now: datetime,
) -> None:
    """One lecture on every lecture day: past ones held, coming ones filling up."""
    random = Random(24)  # a demo that looks the same every time
    days = lecture_days(now)
    ahead = [day for day in days if moment(day, _times(day)[0]) > now]
    for number, day in enumerate(days):
        place = number - (len(days) - len(ahead))
        row = facts["lectures"][place % len(facts["lectures"])]
        lecture = _lecture(row, day, place, volunteers)
        if lecture.state != Activity.State.DRAFT:
            _fill(lecture, place, residents, random, now)


def _times(day: date) -> tuple[time, time]:
    return SATURDAY_MORNING if day.weekday() == 5 else SUNDAY_AFTERNOON


def _lecture(row: Facts, day: date, place: int, volunteers: dict[str, Volunteer]) -> Lecture:
    starts, ends = _times(day)
    venue = Venue.objects.get(title_zh=row.get("venue", HALL))
    capacity = min(venue.places, FILLED[place % len(FILLED)][0])
    lecture = Lecture.objects.create(
        programme=Programme.objects.get(slug=lectures.PROGRAMME),
        title=row["title"],
        summary=row["summary"],
        outline=row["outline"],
        topic=Topic.objects.get(title_zh=row["topic"]),
        teaching_form=row.get("form", TeachingForm.LECTURE),
        partner=Organisation.objects.filter(title=row.get("partner")).first(),
        capacity=capacity,
        state=Activity.State.DRAFT if place >= 8 else Activity.State.PUBLISHED,
        sign_up_opens_at=moment(day - timedelta(days=21 if place < 6 else 10), time(9, 0)),
        sign_up_closes_at=moment(day, starts),
    )
    room = Booking(venue=venue, starts_at=moment(day, starts), ends_at=moment(day, ends))
    [occasion] = add_occasions(activity=lecture, wanted=[room])
    Duty.at(occasion, volunteers[row["speaker"]], Duty.Work.SPEAKER).save()
    return lecture


def _fill(
    lecture: Lecture,
    place: int,
    residents: list[Resident],
    random: Random,
    now: datetime,
) -> None:
    """Seats and queue; whoever came to a past lecture is marked present."""
    _capacity, taken, waiting = FILLED[place % len(FILLED)] if place < len(FILLED) else NOBODY
    taken = min(taken, lecture.capacity)
    people = random.sample(residents[1:], taken + (waiting if place >= 0 else 0))
    opened = lecture.sign_up_opens_at
    rows = [
        SignUp(
            activity=lecture,
            resident=person,
            status=SignUp.Status.SEATED if n < taken else SignUp.Status.WAITING,
            signed_up_at=min(opened + timedelta(hours=5 * n), now),
            seated_at=min(opened + timedelta(hours=5 * n), now) if n < taken else None,
        )
        for n, person in enumerate(people)
    ]
    SignUp.objects.bulk_create(rows)
    Activity.objects.filter(pk=lecture.pk).update(taken=taken)
    if place >= 0 and waiting:
        _offer_last_seat(lecture, rows[taken - 1], now)
        _let_household_wait(lecture, now)
    occasion = lecture.occasions.get()
    if occasion.ends_at < now:
        came = [person for person in people[:taken] if random.random() < 0.85]
        Attendance.objects.bulk_create(
            Attendance(
                occasion=occasion,
                resident=person,
                arrived_at=occasion.starts_at - timedelta(minutes=random.randint(0, 20)),
            )
            for person in came
        )


def _offer_last_seat(lecture: Lecture, row: SignUp, now: datetime) -> None:
    """It became free a moment ago, and it is somebody's turn."""
    if expires_at := offers.offer_expires_at(lecture, now):
        offered = {"status": SignUp.Status.OFFERED, "offer_expires_at": expires_at}
        SignUp.objects.filter(pk=row.pk).update(seated_at=None, **offered)


def _let_household_wait(lecture: Lecture, now: datetime) -> None:
    """Two of one household, together or not at all."""
    others = Resident.objects.exclude(sign_ups__activity=lecture).exclude(household=None)
    for home in others.order_by("household", "pk").values_list("household", flat=True).distinct():
        members = list(others.filter(household=home).order_by("pk")[:2])
        if len(members) == 2:
            party = Party.objects.create(activity=lecture, made_at=now)
            row = {"activity": lecture, "party": party, "status": SignUp.Status.WAITING}
            SignUp.objects.bulk_create(
                SignUp(resident=member, signed_up_at=now, **row) for member in members
            )
            return
