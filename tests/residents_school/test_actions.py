"""Planning, changing and announcing a lecture."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import moment
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.venues.models import SpecialDay, Venue
from diedie_edu.volunteering.models import Duty
from residents_school.actions import lectures
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import on_duty
from tests.support.refusals import code_of, refusal_of
from tests.support.seats import check_seats, fill, statuses, told

pytestmark = pytest.mark.django_db
MakePlan = Callable[..., lectures.LecturePlan]
SUNDAY_MORNING = moment(SATURDAY + timedelta(days=1), time(9, 30))
ON_SUNDAY = {"starts_at": SUNDAY_MORNING, "ends_at": SUNDAY_MORNING + timedelta(hours=1)}


@pytest.fixture
def experts() -> list[Volunteer]:
    people = [Resident.objects.create(full_name=f"专家{index}") for index in range(3)]
    return [Volunteer.objects.create(resident=person, kinds=["expert"]) for person in people]


@pytest.fixture
def lecture(make_plan: MakePlan, staff_user: User) -> Lecture:
    """A draft of two seats."""
    return lectures.plan_lecture(plan=make_plan(capacity=2), by=staff_user, now=NOW)


@pytest.fixture
def announced(lecture: Lecture) -> Lecture:
    lectures.announce_lecture(lecture=lecture, by=None, now=NOW)
    return Lecture.objects.get()


def plan_of(lecture: Lecture, **changes: object) -> lectures.LecturePlan:
    """The lecture as it stands, with changes."""
    occasion = lecture.occasions.get()
    return replace(
        lectures.LecturePlan(
            title=lecture.title,
            summary=lecture.summary,
            outline=lecture.outline,
            topic=lecture.topic,
            partner=lecture.partner,
            capacity=lecture.capacity,
            starts_at=occasion.starts_at,
            ends_at=occasion.ends_at,
            venue=occasion.venue,
            speakers=[duty.volunteer for duty in occasion.duties.all()],
            sign_up_opens_at=lecture.sign_up_opens_at,
            sign_up_closes_at=lecture.sign_up_closes_at,
        ),
        **changes,
    )


def change(lecture: Lecture, **changes: object) -> Lecture:
    return lectures.change_lecture(
        lecture=lecture, plan=plan_of(lecture, **changes), by=None, now=NOW
    )


# --- Planning --------------------------------------------------------------------------


def test_a_planned_lecture_is_a_draft_with_one_occasion(
    make_plan: MakePlan, staff_user: User, experts: list[Volunteer]
) -> None:
    plan = make_plan(speakers=experts[:2])
    lecture = lectures.plan_lecture(plan=plan, by=staff_user, now=NOW)
    occasion = lecture.occasions.get()
    assert (lecture.state, lecture.taken, lecture.created_by) == ("draft", 0, staff_user)
    assert lecture.programme.slug == "residents-school"
    assert (occasion.starts_at, occasion.venue) == (plan.starts_at, plan.venue)
    speakers = occasion.duties.filter(work=Duty.Work.SPEAKER)
    assert {duty.volunteer for duty in speakers} == set(experts[:2])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts_at": moment(date(2026, 11, 27), time(9, 30))}, ("weekday", "day")),
        ({"starts_at": moment(date(2027, 10, 2), time(9, 30))}, ("festival", "day")),
        ({"starts_at": moment(date(2026, 11, 22), time(9, 30))}, ("past", "day")),
        ({"ends_at": moment(SATURDAY, time(9, 30))}, ("ends_early", "ends")),
        ({"capacity": 61}, ("too_many_seats", "capacity")),
        ({"capacity": 0}, ("no_seats", "capacity")),
        ({"sign_up_closes_at": NOW}, ("window", "sign_up_closes_at")),
    ],
)
def test_a_plan_against_the_rules_is_refused_and_leaves_nothing(
    make_plan: MakePlan, changes: dict, refusal: tuple[str, str]
) -> None:
    plan = make_plan(**changes)
    assert refusal_of(lambda: lectures.plan_lecture(plan=plan, by=None, now=NOW)) == refusal
    assert not Activity.objects.exists()


def test_a_day_that_staff_closed_is_refused(make_plan: MakePlan) -> None:
    SpecialDay.objects.create(day=SATURDAY, kind="closed", reason="台风")
    plan = make_plan()
    assert code_of(lambda: lectures.plan_lecture(plan=plan, by=None, now=NOW)) == "closed_day"


def test_the_lecture_day_is_the_local_one(make_plan: MakePlan) -> None:
    """Half past seven on Saturday is Friday in UTC; on Monday it is Sunday."""
    early = make_plan(moment(SATURDAY, time(7, 30)))
    monday = make_plan(moment(SATURDAY + timedelta(days=2), time(7, 30)))
    assert code_of(lambda: lectures.plan_lecture(plan=early, by=None, now=NOW)) is None
    assert code_of(lambda: lectures.plan_lecture(plan=monday, by=None, now=NOW)) == "weekday"


def test_a_taken_room_is_refused_and_leaves_nothing(make_plan: MakePlan, lecture: Lecture) -> None:
    plan = make_plan(venue=lecture.occasion.venue)
    refusal = refusal_of(lambda: lectures.plan_lecture(plan=plan, by=None, now=NOW))
    assert refusal == ("venue_taken", "venue")
    assert Activity.objects.count() == 1


# --- Announcing ------------------------------------------------------------------------


def test_announcing_opens_a_draft_and_twice_is_harmless(lecture: Lecture) -> None:
    for _tap in range(2):
        lectures.announce_lecture(lecture=lecture, by=None, now=NOW)
        lecture.refresh_from_db()
        assert lecture.state == Activity.State.PUBLISHED


def test_what_is_called_off_is_neither_announced_nor_changed(announced: Lecture) -> None:
    plan = plan_of(announced, title="新")
    schedule.call_off(activity=announced, reason="台风", by=None, now=NOW)
    again = code_of(lambda: lectures.announce_lecture(lecture=announced, by=None, now=NOW))
    change = code_of(
        lambda: lectures.change_lecture(lecture=announced, plan=plan, by=None, now=NOW)
    )
    assert again == change == "called_off"
    announced.refresh_from_db()
    assert (announced.state, announced.title) == (Activity.State.CALLED_OFF, "中老年健康")


def test_a_draft_whose_time_has_passed_is_not_announced(lecture: Lecture) -> None:
    begun = lecture.occasion.starts_at
    assert code_of(lambda: lectures.announce_lecture(lecture=lecture, by=None, now=begun)) == "past"
    lecture.refresh_from_db()
    assert lecture.state == Activity.State.DRAFT


# --- Changing --------------------------------------------------------------------------


def test_words_change_without_telling_anybody(announced: Lecture) -> None:
    fill(announced, 1)
    before = told(announced)
    changed = change(announced, title="新题目", outline="内容")
    assert (changed.title, changed.outline) == ("新题目", "内容")
    assert (told(announced), changed.occasion.revision) == (before, 1)


def test_a_new_time_is_told_to_everybody(announced: Lecture) -> None:
    (row,) = fill(announced, 1)
    changed = change(announced, **ON_SUNDAY)
    assert changed.occasion.starts_at == SUNDAY_MORNING
    assert told(announced)[-1] == ("moved", row.resident_id)


def test_more_seats_go_to_the_queue(announced: Lecture) -> None:
    rows = fill(announced, 4)
    assert change(announced, capacity=3).taken == 3
    assert statuses(rows) == ["seated", "seated", "offered", "waiting"]
    check_seats(announced)


def test_a_change_is_all_or_nothing(announced: Lecture, make_lecture: Callable) -> None:
    """More seats and a new title, but the room is taken: nothing is offered, nothing told."""
    rows = fill(announced, 3)
    before = told(announced)
    room = make_lecture(day=SUNDAY_MORNING.date()).occasion.venue
    move = ON_SUNDAY | {"venue": room, "capacity": 5, "title": "新"}
    assert code_of(lambda: change(announced, **move)) == "venue_taken"
    announced.refresh_from_db()
    assert (announced.capacity, announced.taken, announced.title) == (2, 2, "中老年健康")
    assert (statuses(rows)[2], told(announced)) == ("waiting", before)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"capacity": 1}, "below_taken"),
        ({"capacity": 61}, "too_many_seats"),
        ({"starts_at": moment(date(2026, 11, 26), time(9, 30))}, "weekday"),
    ],
)
def test_a_change_against_the_rules_is_refused(
    announced: Lecture, changes: dict, code: str
) -> None:
    fill(announced, 2)
    assert code_of(lambda: change(announced, **changes)) == code


def test_a_smaller_room_needs_fewer_seats_first(
    lecture: Lecture, make_venue: Callable[..., Venue]
) -> None:
    assert code_of(lambda: change(lecture, venue=make_venue(places=1))) == "too_many_seats"


def test_a_lecture_that_has_begun_is_not_changed(lecture: Lecture) -> None:
    plan = plan_of(lecture, title="新")
    begun = lecture.occasion.starts_at
    refused = code_of(
        lambda: lectures.change_lecture(lecture=lecture, plan=plan, by=None, now=begun)
    )
    assert refused == "past"


def test_speakers_are_exchanged(lecture: Lecture, experts: list[Volunteer]) -> None:
    first, second, third = experts
    change(lecture, speakers=[first, second])
    change(lecture, speakers=[second, third])
    assert {duty.volunteer for duty in Duty.objects.all()} == {second, third}


def test_a_helper_keeps_the_duty_when_speakers_change(
    lecture: Lecture, experts: list[Volunteer]
) -> None:
    on_duty(lecture.occasion, experts[0], Duty.Work.HELPER)
    change(lecture, speakers=[experts[1]])
    assert Duty.objects.filter(work=Duty.Work.HELPER).count() == 1
    assert Occasion.objects.get().duties.count() == 2


def test_a_helper_who_becomes_the_speaker_speaks(
    lecture: Lecture, experts: list[Volunteer]
) -> None:
    on_duty(lecture.occasion, experts[0], Duty.Work.HELPER)
    change(lecture, speakers=[experts[0]])
    assert Duty.objects.get().work == Duty.Work.SPEAKER


def test_a_speaker_booked_elsewhere_is_refused_beside_the_field(
    lecture: Lecture, make_lecture: Callable[..., Lecture], experts: list[Volunteer]
) -> None:
    on_duty(make_lecture(day=SUNDAY_MORNING.date()).occasion, experts[0])
    refusal = refusal_of(lambda: change(lecture, speakers=[experts[0]], **ON_SUNDAY))
    assert refusal == ("booked", "speakers")


def test_who_does_not_speak_any_more_does_not_stand_in_the_way_of_a_move(
    lecture: Lecture, make_lecture: Callable[..., Lecture], experts: list[Volunteer]
) -> None:
    on_duty(lecture.occasion, experts[0])
    on_duty(make_lecture(day=SUNDAY_MORNING.date()).occasion, experts[0])
    assert code_of(lambda: change(lecture, speakers=[experts[0]], **ON_SUNDAY)) == "booked"
    assert code_of(lambda: change(lecture, speakers=[experts[1]], **ON_SUNDAY)) is None
