"""A small `make chaos`: processes are killed, Redis forgets, the gateway misbehaves."""

import pytest

from tests.chaos.scenario import Scenario, run

pytestmark = [pytest.mark.django_db(transaction=True)]
SMALL = {
    "notices": 120,
    "backlog": 60,
    "workers": 1,
    "beats": 1,
    "flushes": 2,
    "restarts": 1,
    "silences": 0,
}


def test_nobody_is_told_twice_and_nobody_is_forgotten() -> None:
    figures = run(Scenario(seed=2, loops=1, kills=6, **SMALL))
    assert figures.holds, figures
    assert (figures.planned, figures.kills) == (120, 6)
    assert figures.sent + figures.failed == 120


def test_control_without_compare_and_set_people_are_told_twice() -> None:
    """On a busy machine one storm may pass over nobody; three do not."""
    unguarded = {"loops": 0, "kills": 0, "guarded": False, "asks": False, "patience": 10}
    storms = (run(Scenario(seed=seed, **unguarded, **SMALL)) for seed in (4, 5, 6))
    assert any(figures.duplicates for figures in storms)
