"""A child that has not come, and who answers where it is."""

import pytest

from after_school.actions import missing, whereabouts
from after_school.models import Collector, GuardianRight, Whereabouts
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Guardianship, Resident
from tests.support.afternoons import at, told
from tests.support.children import seen


@pytest.fixture
def alarm(session, enrolment, frozen) -> Notice:
    """At 16:50 the child has not come; the message to its mother."""
    frozen(at(16, 51))
    missing.plan_missing(at(16, 50))
    return told("missing")[0]


@pytest.fixture
def father(child, make_user):
    user = make_user(Role.RESIDENT, display_name="陈强")
    Guardianship.objects.create(guardian=user.resident, child=child, relation="father")
    bond = {"child": child, "guardian": user.resident}
    GuardianRight.objects.create(place=2, decides=False, **bond, **seen())
    return user


@pytest.fixture
def say(session, enrolment, mother):
    def say(said, by=mother, now=at(16, 55), way=Whereabouts.Way.LINK):  # noqa: B008
        whereabouts.answer(
            session=session, enrolment=enrolment, guardian=by.resident, said=said, way=way, now=now
        )

    return say


def bar(collector_of, by):
    Collector.objects.filter(child=collector_of).update(
        barred_at=at(12), barred_by=by, barred_reason="法院裁定"
    )


@pytest.fixture(params=["barred", "removed"])
def _no_more(request, alarm, child, mother):
    """The mother is barred, or answers for the child no more."""
    if request.param == "barred":
        bar(child, mother)
    else:
        other = Resident.objects.create(full_name="陈奶奶")
        Guardianship.objects.create(guardian=other, child=child, relation="grandparent")
        Collector.objects.filter(child=child).update(ended_at=at(12))
        GuardianRight.objects.filter(child=child, place=1).update(guardian=other)
