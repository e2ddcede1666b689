"""Work that needs a checked person: of any programme, the rule says so, and the database too."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.people.actions.clearances import record_clearance
from diedie_edu.volunteering.actions import duties
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.duties import make_volunteer
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db


def test_nobody_unchecked_is_put_where_it_needs_a_check(
    make_lecture: Callable[..., Lecture], staff_user: User
) -> None:
    lecture = make_lecture()
    Activity.objects.filter(pk=lecture.pk).update(needs_clearance=True)
    volunteer = make_volunteer()
    occasion = Occasion.objects.get(activity=lecture)
    put = {"occasion": occasion, "volunteer": volunteer, "work": "helper"}
    assign = partial(duties.assign_duty, by=None, now=NOW, **put)
    assert code_of(assign) == "not_cleared"
    unchecked = lambda: Duty.at(occasion, volunteer, "helper").save()  # noqa: E731
    assert guard_that_stops(unchecked) == "duty_near_children_needs_a_live_clearance"
    record_clearance(
        volunteer=volunteer,
        result="clear",
        checked_on=NOW.date(),
        valid_until=NOW.date() + timedelta(days=365),
        by=staff_user,
        now=NOW,
    )
    assert assign().volunteer == volunteer
