"""Places to nominate for, wanted by many at the same moment."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from edu_base.actions import enterprises, nominations
from edu_base.models import Allotment, Nomination, SchemeYear
from tests.conftest import NOW
from tests.support.dream import make_allotment, make_enterprise, nominee
from tests.support.education import make_intake, make_year
from tests.support.races import constraint_dropped, together, trigger_off
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
MANY, TARGET = 20, 5


@pytest.fixture
def year(db: None) -> SchemeYear:
    made = make_year("dream", target=TARGET, places=TARGET)
    make_intake(made)
    return made


def all_at_once(calls: list[Callable[[], object]]) -> Counter:
    return Counter(together(*[partial(code_of, call) for call in calls]))


def give_to_many(year: SchemeYear, staff_user: User) -> Counter:
    """Staff give one place to each of many enterprises at the same moment."""
    given = {"year": year, "places": 1, "by": staff_user, "now": NOW}
    firms = [make_enterprise() for _number in range(MANY)]
    return all_at_once([partial(enterprises.allot, enterprise=firm, **given) for firm in firms])


def test_no_more_is_given_than_the_target(year: SchemeYear, staff_user: User) -> None:
    assert give_to_many(year, staff_user) == {None: TARGET, "over_target": MANY - TARGET}
    year.refresh_from_db()
    assert year.allotted == Allotment.objects.count() == TARGET


def test_control_without_the_counting_all_are_given(year: SchemeYear, staff_user: User) -> None:
    with trigger_off(Allotment, "allotted_follows_the_allotments"):
        assert give_to_many(year, staff_user) == {None: MANY}
        Allotment.objects.all().delete()


def nominate_many(allotment: Allotment, phone: str = "") -> Counter:
    """The enterprise's page is open in many windows."""
    told = [nominee(phone=phone) for _number in range(MANY)]
    call = partial(nominations.nominate, allotment=allotment, by=None, now=NOW)
    return all_at_once([partial(call, told=one) for one in told])


def test_an_enterprise_nominates_no_more_than_it_has(year: SchemeYear, staff_user: User) -> None:
    allotment = make_allotment(staff_user, 3, year)
    assert nominate_many(allotment) == {None: 3, "none_left": MANY - 3}


def test_control_without_the_count_all_are_nominated(year: SchemeYear, staff_user: User) -> None:
    allotment = make_allotment(staff_user, 3, year)
    with trigger_off(Nomination, "used_follows_the_nominations"):
        assert nominate_many(allotment) == {None: MANY}
        Nomination.objects.all().delete()


def test_one_number_is_nominated_once_by_many(
    year: SchemeYear, staff_user: User, settings: object
) -> None:
    settings.NOMINATIONS_PER_HOUR = MANY  # type: ignore[attr-defined]
    allotment = make_allotment(staff_user, TARGET, year)
    found = nominate_many(allotment, "13612345678")
    assert found[None] == 1
    assert found["nominated_already"] == MANY - 1


def test_control_without_the_constraint_it_is_nominated_often(
    year: SchemeYear, staff_user: User
) -> None:
    allotment = make_allotment(staff_user, TARGET, year)
    with constraint_dropped(Nomination, "one_number_is_nominated_once"):
        assert nominate_many(allotment, "13612345678")[None] == TARGET
