"""Each guard of seats, queue, door and forms, taken out in turn: the storm must then see it."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection

from diedie_edu.activities.actions import offers, presence, seats, taking
from diedie_edu.activities.models import Activity, Attendance, SignUp
from diedie_edu.activities.models.signups import WHO_IS_IN
from diedie_edu.common import opened
from diedie_edu.door.actions import arrivals
from tests.support.seats import nobody_looks, take_unguarded
from tests.support.two_browsers import unlocked

GAP = 0.02  # seconds between looking and writing, as a busy machine opens them by itself
Taken = Callable[[ExitStack], None]


def replaced(stack: ExitStack, *places: tuple[Any, str, Any]) -> None:
    for module, name, other in places:
        stack.enter_context(patch.object(module, name, other))


def dropped(model: Any, name: str) -> None:
    with connection.schema_editor() as editor:
        guard = next(row for row in model._meta.constraints if row.name == name)
        editor.remove_constraint(model, guard)


def triggers_off() -> None:
    for model in (SignUp, Attendance):
        for guard in model._meta.triggers:
            if getattr(guard, "constraint", "") == WHO_IS_IN:
                guard.disable(model)


def no_check(*_facts: object) -> None:
    """In the place of a rule."""


def not_held(activity_id: int) -> Activity:
    time.sleep(GAP)
    return Activity.objects.get(pk=activity_id)


def counted_then_taken(
    activity: Activity, people: Any, by: Any, now: Any, **_is_told: bool
) -> list[SignUp]:
    held = SignUp.objects.filter(activity=activity.pk, status__in=SignUp.HOLDS_A_PLACE)
    room = Activity.objects.get(pk=activity.pk).capacity - held.count()
    time.sleep(10 * GAP)
    return take_unguarded(activity, people, by, now) if len(people) <= room else []


def lock_of_the_activity(stack: ExitStack) -> None:
    replaced(stack, (offers, "lock_activity", not_held))


def seats_by_one_statement(stack: ExitStack) -> None:
    replaced(stack, (taking, "take_seats", counted_then_taken))
    dropped(Activity, "taken_within_capacity")


def one_live_place(stack: ExitStack) -> None:
    stack.enter_context(nobody_looks())
    dropped(SignUp, "one_live_sign_up")


def in_once(stack: ExitStack) -> None:
    replaced(stack, (arrivals, "ARRIVE", arrivals.ARRIVE[: arrivals.ARRIVE.index("ON CONFLICT")]))
    dropped(Attendance, "attendance_once")


def seat_of_who_is_in(stack: ExitStack) -> None:
    replaced(stack, (seats, "check_is_not_in", no_check))
    triggers_off()


def end_of_waiting(stack: ExitStack) -> None:
    replaced(stack, (arrivals, "_leave_queue", no_check))
    triggers_off()


def nobody_in_waits(stack: ExitStack) -> None:
    replaced(stack, (seats, "check_may_wait", no_check))
    triggers_off()


def guard_of_the_database_alone(stack: ExitStack) -> None:
    """The rule is out and the database says no: an error is seen, and no wrong state."""
    replaced(stack, (seats, "check_is_not_in", no_check))


def lock_at_the_door(stack: ExitStack) -> None:
    def slowly(is_in: bool) -> None:
        seats_check(is_in)
        time.sleep(5 * GAP)

    seats_check = seats.check_is_not_in
    replaced(stack, (arrivals, "_locked", lambda occasion: occasion))
    replaced(stack, (seats, "check_is_not_in", slowly))
    triggers_off()


def check_ins_of_the_old_time(stack: ExitStack) -> None:
    replaced(stack, (presence, "take_back_too_early", no_check))


def what_a_form_was_opened_with(stack: ExitStack) -> None:
    replaced(stack, (opened, "is_hash_of", lambda *_facts: True))


def lock_of_a_form(stack: ExitStack) -> None:
    from residents_school.forms.lectures import LectureForm

    replaced(stack, (LectureForm, "lock", unlocked))


GUARDS: dict[str, Taken] = {
    taken.__name__.replace("_", "-"): taken
    for taken in (
        lock_of_the_activity,
        seats_by_one_statement,
        one_live_place,
        in_once,
        seat_of_who_is_in,
        end_of_waiting,
        nobody_in_waits,
        guard_of_the_database_alone,
        lock_at_the_door,
        check_ins_of_the_old_time,
        what_a_form_was_opened_with,
        lock_of_a_form,
    )
}


@contextmanager
def taken_out(guard: Taken) -> Iterator[None]:
    """What it does to the database, which is thrown away afterwards, is not put right again."""
    with ExitStack() as stack:
        guard(stack)
        yield
