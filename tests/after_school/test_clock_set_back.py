"""The server's clock is put right while children are there: nothing breaks, nobody waits."""

from datetime import time, timedelta

import pytest

from after_school.actions import collecting, handing_over, presence, sessions
from after_school.actions.deciding import OnBehalf
from after_school.models import Presence, Session
from diedie_edu.common.days import moment
from diedie_edu.people.actions.consents import end_consent
from diedie_edu.people.models import Consent
from tests.after_school.conftest import TODAY, of
from tests.conftest import NOW
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
FIVE = moment(TODAY, time(17, 0))
BEFORE = FIVE - timedelta(minutes=20)


@pytest.fixture
def inside(session, enrolment, staff_user) -> Presence:
    """Let in and opened by a clock that was twenty minutes ahead."""
    Session.objects.update(opened_at=FIVE)
    zone = enrolment.zone
    return presence.let_in(session=session, enrolment=enrolment, zone=zone, by=staff_user, now=FIVE)


def test_a_child_is_handed_over_and_the_afternoon_closed(inside, session, collector, staff_user):
    given = {"collector": collector, "how": "known", "by": staff_user, "now": BEFORE}
    assert handing_over.hand_over(**of(inside), **given).left_at == FIVE
    sessions.close_session(session=session, by=staff_user, now=BEFORE)
    session.refresh_from_db()
    assert session.closed_at == FIVE


def test_a_consent_ends_and_a_bar_is_lifted(child, mother, collector, staff_user):
    end_consent(consent=Consent.objects.get(), ending="online", by=mother, now=NOW - timedelta(1))
    assert Consent.objects.get().ended_at == Consent.objects.get().given_at
    collector.barred_at, collector.barred_by, collector.barred_reason = FIVE, mother, "x"
    collector.save()
    lift = {"collector": collector, "reason": "和好了"}
    collecting.lift_bar(now=BEFORE, by=OnBehalf(staff_user, None, "来访"), **lift)
    collector.refresh_from_db()
    assert collector.lifted_at == FIVE


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (moment(TODAY, time(3, 0)), "early"),
        (moment(TODAY - timedelta(days=1), time(17, 0)), "time"),
        (moment(TODAY, time(18, 0)), "time"),
        (moment(TODAY, time(16, 40)), None),
    ],
)
def test_what_is_typed_in_afterwards_lies_within_the_day(session, enrolment, staff_user, at, code):
    given = {"session": session, "enrolment": enrolment, "zone": enrolment.zone}
    enter = lambda: presence.let_in(**given, by=staff_user, now=FIVE, at=at)  # noqa: E731
    assert code_of(enter) == code
