from collections.abc import Callable

import pytest
from django.db.models import QuerySet

from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity, SignUp
from residents_school.models import Lecture
from tests.conftest import NOW


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """Two seats."""
    return Activity.objects.get(pk=make_lecture(capacity=2).pk)


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The house without its row locks."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)


def cancel(row: SignUp) -> bool:
    return seats.cancel_sign_up(activity=row.activity, resident=row.resident, by=None, now=NOW)
