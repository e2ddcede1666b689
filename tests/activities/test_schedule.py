"""Moving an occasion and calling an activity off."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from diedie_edu.activities.actions import schedule, seats
from diedie_edu.activities.actions.reminders import plan_reminders
from diedie_edu.activities.models import Activity, Occasion, ReminderTime
from diedie_edu.activities.queries import occasions
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.venues.models import Venue
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import on_duty
from tests.support.refusals import code_of, refusal_of
from tests.support.seats import fill, statuses, told

pytestmark = pytest.mark.django_db
AFTERNOON = moment(SATURDAY, time(14, 0))
EVE = moment(SATURDAY - timedelta(days=1), time(22, 0))


@pytest.fixture
def occasion(make_lecture: Callable[..., Lecture]) -> Occasion:
    """Saturday 9:30–11:00, two seats."""
    return make_lecture(capacity=2).occasion


@pytest.fixture
def speaker(occasion: Occasion, make_resident: Callable[..., Resident]) -> Resident:
    expert = make_resident(full_name="专家")
    volunteer = Volunteer.objects.create(resident=expert, kinds=["expert"])
    on_duty(occasion, volunteer)
    return expert


@pytest.fixture
def reminders(occasion: Occasion) -> None:
    """Both audiences, an hour and a half day before: due at `EVE`."""
    programme = occasion.activity.programme
    for audience in ("seated", "on_duty"):
        ReminderTime.objects.create(
            programme=programme, audience=audience, minutes_before=720, channels=["sms"]
        )


def move(
    occasion: Occasion,
    starts_at: datetime = AFTERNOON,
    venue: Venue | None = None,
    now: datetime = NOW,
) -> Occasion:
    return schedule.move_occasion(
        occasion=occasion,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        venue=venue or occasion.venue,
        by=None,
        now=now,
    )


def off(occasion: Occasion, reason: str = "台风", now: datetime = NOW) -> int:
    return schedule.call_off(activity=occasion.activity, reason=reason, by=None, now=now)


def queued(kind: str) -> list[tuple[int, str]]:
    """Recipient and time of what is still to go out, of one kind."""
    rows = Notice.objects.filter(kind=f"activities.{kind}", status="queued").order_by("pk")
    return [(row.recipient_id, row.data["starts_at"]) for row in rows]


# --- Calling off -----------------------------------------------------------------------


def test_everybody_is_told_those_waiting_and_the_speaker_too(
    occasion: Occasion, speaker: Resident
) -> None:
    rows = fill(occasion.activity, 3)
    people = {row.resident_id for row in rows} | {speaker.pk}
    assert off(occasion) == 4
    news = [who for kind, who in told(occasion.activity) if kind == "called_off"]
    assert sorted(news) == sorted(people)


def test_whoever_cancelled_before_is_not_told(occasion: Occasion) -> None:
    first, second = fill(occasion.activity, 2)
    seats.cancel_sign_up(activity=occasion.activity, resident=first.resident, by=None, now=NOW)
    assert off(occasion) == 1
    assert told(occasion.activity)[-1] == ("called_off", second.resident_id)


def test_the_reason_is_kept_and_told(occasion: Occasion) -> None:
    fill(occasion.activity, 1)
    off(occasion, reason="讲师生病")
    row = Activity.objects.get(pk=occasion.activity_id)
    assert (row.state, row.call_off_reason) == ("called_off", "讲师生病")
    notice = Notice.objects.filter(kind="activities.called_off").first()
    assert notice.data["reason"] == "讲师生病"


@pytest.mark.parametrize("state", ["draft", "published"])
def test_only_what_was_announced_stays_in_sight(
    make_lecture: Callable[..., Lecture], state: str
) -> None:
    lecture = make_lecture(state=state)
    off(lecture.occasion)
    lecture.refresh_from_db()
    shown = Activity.objects.filter(occasions.announced(), pk=lecture.pk).exists()
    assert (shown, lecture.was_announced) == (state == "published",) * 2


def test_its_room_is_free_again(occasion: Occasion, make_lecture: Callable[..., Lecture]) -> None:
    off(occasion)
    again = make_lecture(venue=occasion.venue)
    assert again.occasion.starts_at == occasion.starts_at


def test_what_was_queued_is_stopped_for_everybody(
    occasion: Occasion, speaker: Resident, reminders: None
) -> None:
    fill(occasion.activity, 3)
    plan_reminders(EVE)
    off(occasion, now=EVE)
    standing = {kind for kind, _who in told(occasion.activity, channel="sms")}
    assert standing == {"called_off"}


def test_sign_ups_stay_as_they_were(occasion: Occasion) -> None:
    rows = fill(occasion.activity, 3)
    off(occasion)
    assert statuses(rows) == ["seated", "seated", "waiting"]


@pytest.mark.parametrize(("before_end", "code"), [(1, None), (0, "over"), (-1, "over")])
def test_it_can_be_called_off_until_it_is_over(
    occasion: Occasion, before_end: int, code: str | None
) -> None:
    now = occasion.ends_at - timedelta(seconds=before_end)
    assert code_of(lambda: off(occasion, now=now)) == code


def test_calling_off_twice_is_refused_and_tells_nobody_again(occasion: Occasion) -> None:
    fill(occasion.activity, 1)
    off(occasion)
    before = told(occasion.activity)
    assert code_of(lambda: off(occasion, reason="again")) == "called_off"
    assert told(occasion.activity) == before
    assert Activity.objects.get(pk=occasion.activity_id).call_off_reason == "台风"


# --- Moving ----------------------------------------------------------------------------


def test_a_move_raises_the_revision_and_tells_everybody(
    occasion: Occasion, speaker: Resident
) -> None:
    rows = fill(occasion.activity, 3)
    moved = move(occasion)
    assert (moved.starts_at, moved.revision) == (AFTERNOON, 2)
    news = [who for kind, who in told(occasion.activity) if kind == "moved"]
    assert sorted(news) == sorted([*(row.resident_id for row in rows), speaker.pk])


def test_another_room_is_a_move_too(occasion: Occasion, make_venue: Callable[..., Venue]) -> None:
    fill(occasion.activity, 1)
    moved = move(occasion, occasion.starts_at, make_venue(title_zh="大礼堂"))
    assert moved.revision == 2
    notice = Notice.objects.filter(kind="activities.moved").first()
    assert notice.data["venue_zh"] == "大礼堂"


def test_moving_to_the_same_time_and_place_changes_nothing(occasion: Occasion) -> None:
    fill(occasion.activity, 1)
    before = told(occasion.activity)
    assert move(occasion, occasion.starts_at).revision == 1
    assert told(occasion.activity) == before


def test_sign_ups_outlive_a_move(occasion: Occasion) -> None:
    rows = fill(occasion.activity, 3)
    move(occasion)
    assert statuses(rows) == ["seated", "seated", "waiting"]


@pytest.mark.parametrize("kind", ["reminder", "duty_reminder", "moved"])
def test_no_message_that_names_the_old_time_is_left_to_go_out(
    occasion: Occasion, speaker: Resident, reminders: None, kind: str
) -> None:
    """A text message that waits for the morning must not name a time that is no more."""
    fill(occasion.activity, 1)
    move(occasion, AFTERNOON, now=EVE)
    plan_reminders(AFTERNOON - timedelta(hours=12))
    move(occasion, AFTERNOON + timedelta(hours=2), now=AFTERNOON - timedelta(hours=12))
    old = [row for row in queued(kind) if datetime.fromisoformat(row[1]) <= AFTERNOON]
    assert old == []


def test_a_move_is_told_anew_each_time(occasion: Occasion) -> None:
    (row,) = fill(occasion.activity, 1)
    move(occasion)
    Notice.objects.update(status="delivered", settled_at=NOW)
    move(occasion, AFTERNOON + timedelta(hours=2))
    assert told(occasion.activity).count(("moved", row.resident_id)) == 2


def test_a_draft_moves_without_telling(make_lecture: Callable[..., Lecture]) -> None:
    draft = make_lecture(state="draft").occasion
    volunteer = Volunteer.objects.create(
        resident=Resident.objects.create(full_name="专家"), kinds=["expert"]
    )
    on_duty(draft, volunteer)
    assert move(draft).revision == 2
    assert told(draft.activity) == []


@pytest.mark.parametrize(
    ("now", "starts_at", "code"),
    [
        (moment(SATURDAY, time(9, 30)), AFTERNOON, "begun"),
        (NOW, NOW, "past"),
        (NOW, NOW - timedelta(days=1), "past"),
    ],
)
def test_what_has_begun_and_what_is_past_are_refused(
    occasion: Occasion, now: datetime, starts_at: datetime, code: str
) -> None:
    assert code_of(lambda: move(occasion, starts_at, now=now)) == code
    assert Occasion.objects.get().revision == 1


def test_what_is_called_off_cannot_be_moved(occasion: Occasion) -> None:
    off(occasion)
    assert code_of(lambda: move(occasion)) == "called_off"


def test_a_taken_venue_is_refused_by_name_and_nothing_changes(
    occasion: Occasion, make_lecture: Callable[..., Lecture]
) -> None:
    other = make_lecture(starts=time(14, 30), venue=occasion.venue, title="太极入门")
    fill(occasion.activity, 1)
    before = told(occasion.activity)
    with pytest.raises(Refused, match="太极入门") as refused:
        move(occasion)
    assert (refused.value.code, refused.value.field) == ("venue_taken", "venue")
    assert str(occasion.venue) in str(refused.value)
    unmoved = Occasion.objects.exclude(pk=other.occasion.pk).get()
    assert (unmoved.starts_at, unmoved.revision) == (moment(SATURDAY, time(9, 30)), 1)
    assert told(occasion.activity) == before


def test_a_venue_may_be_entered_the_moment_another_leaves_it(
    occasion: Occasion, make_lecture: Callable[..., Lecture]
) -> None:
    make_lecture(starts=time(15, 30), venue=occasion.venue)
    assert refusal_of(lambda: move(occasion)) is None
