"""The bells: often enough, never piling up, also after the clock was set back."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from diedie_edu.celery import app
from diedie_edu.notices import tasks
from diedie_edu.notices.beat import Beat


class Listener(Beat):
    """Beat that notes its bells in place of publishing them."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        super().__init__(app, schedule={}, lazy=True)
        self.update_from_dict(settings.CELERY_BEAT_SCHEDULE)

    def apply_entry(self, entry: object, producer: object = None) -> None:
        self.rung.append(entry.name)

    @property
    def producer(self) -> None:
        return None

    def listen(self, seconds: float, clock: time_machine.Traveller) -> list[str]:
        """The bells of the next seconds."""
        self.rung.clear()
        for _ in range(int(seconds)):
            clock.shift(1)
            while self.tick() == 0:
                pass
        return self.rung


def test_each_task_that_beat_rings_exists() -> None:
    app.loader.import_default_modules()
    rung = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {tasks.deliver.name, tasks.tick.name} <= rung <= set(app.tasks)


def test_no_bell_outlives_the_next_but_one() -> None:
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["options"]["expires"] <= 2 * entry["schedule"]


def test_the_bells_ring_in_time(clock: time_machine.Traveller) -> None:
    rung = Listener().listen(60, clock)
    assert rung.count("tick") == 2
    assert 18 <= rung.count("deliver") <= 20


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_set_back_stops_nothing(clock: time_machine.Traveller, hours: int) -> None:
    beat = Listener()
    beat.listen(60, clock)
    clock.shift(timedelta(hours=-hours))
    rung = beat.listen(60, clock)
    assert "tick" in rung
    assert rung.count("deliver") >= 15


def test_a_clock_set_forward_rings_once_and_goes_on(
    clock: time_machine.Traveller, now: datetime
) -> None:
    beat = Listener()
    beat.listen(60, clock)
    clock.move_to(now + timedelta(hours=5))
    assert beat.listen(10, clock).count("tick") == 1


def test_it_keeps_nothing_on_disk() -> None:
    assert app.conf.beat_scheduler == "diedie_edu.notices.beat:Beat"
    assert not hasattr(Beat, "persistence")
