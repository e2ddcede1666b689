"""Who decides for a child is asked by the actions themselves: each is called past every page."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from after_school.actions import absences, collecting, enrolling, guardians, passes
from after_school.models import Absence, CollectorPass, GuardianRight, WalkHomePermission
from diedie_edu.accounts.models import User
from diedie_edu.people.models import Guardianship
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import seen
from tests.support.guardians import invited
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEIGHBOUR = collecting.NewCollector("王阿姨", "13900001111", "邻居", TODAY)


@pytest.fixture
def father(child, make_user) -> User:
    """The second guardian, who sees and does not decide."""
    user = make_user(display_name="陈建")
    bond = {"child": child, "guardian": user.resident}
    Guardianship.objects.create(relation="father", **bond)
    GuardianRight.objects.create(place=2, decides=False, **bond, **seen())
    return user


@pytest.fixture
def acts(
    child, term, session, enrolment, activities, mother
) -> dict[str, Callable[[User], object]]:
    """All that is for a guardian who decides, by name."""
    given = {"named_by": mother, "named_at": NOW, "valid_from": TODAY}
    named = child.collectors.create(full_name="王阿姨", phone="1", relation="邻居", **given)
    day_pass, _code = passes.make_pass(
        child=child, term=term, day=TODAY, full_name="王阿姨", phone="", by=mother, now=NOW
    )
    days = {"valid_from": TODAY, "valid_until": TODAY}
    walk = passes.permit_walking_home(child=child, by=mother, now=NOW, **days)
    told = {"first_day": TODAY + DAY, "last_day": TODAY + DAY, "reason": ""}
    away = absences.report_absence(enrolment=enrolment, by=mother, now=NOW, **told)
    place = enrolling.Place("叠滘小学", "三年级", "", activities, [1], "", "")
    return {
        "name": lambda by: collecting.name_collector(child=child, new=NEIGHBOUR, by=by, now=NOW),
        "bar": lambda by: collecting.bar_collector(collector=named, reason="x", by=by, now=NOW),
        "pass": lambda by: passes.make_pass(
            child=child, term=term, day=TODAY, full_name="陈大伯", phone="", by=by, now=NOW
        ),
        "pass back": lambda by: passes.take_back_pass(day_pass=day_pass, by=by, now=NOW),
        "walk": lambda by: passes.permit_walking_home(child=child, by=by, now=NOW, **days),
        "walk back": lambda by: passes.take_back_walking_home(permission=walk, by=by, now=NOW),
        "absence": lambda by: absences.report_absence(
            enrolment=enrolment, by=by, now=NOW, **told | {"reason": "发烧"}
        ),
        "absence back": lambda by: absences.take_back_absence(absence=away, by=by, now=NOW),
        "place": lambda by: enrolling.change_place(
            enrolment=enrolment, place=place, by=by, now=NOW
        ),
        "accept": lambda by: enrolling.accept_place(enrolment=enrolment, by=by, now=NOW),
        "leave": lambda by: enrolling.leave_term(enrolment=enrolment, by=by, now=NOW),
    }


def test_who_does_not_decide_is_refused_by_every_action(acts, father, stranger, staff_user):
    for by in (father, stranger, staff_user):
        codes = {name: code_of(lambda act=act, by=by: act(by)) for name, act in acts.items()}
        assert codes == dict.fromkeys(acts, "decides_not")
    assert Absence.objects.get().taken_back_at is None
    assert CollectorPass.objects.get().taken_back_at is None
    assert WalkHomePermission.objects.get().taken_back_at is None


def test_who_decides_does_it_all(acts, mother):
    assert [code_of(lambda act=act: act(mother)) for act in acts.values()] == [None] * len(acts)


def test_only_the_first_guardian_enters_and_limits_the_second(child, father, stranger):
    right = GuardianRight.objects.get(place=2)
    sees = {"sees_notes": True, "decides": True}
    acts = (
        lambda: invited(child, stranger, father),
        lambda: guardians.change_right(right=right, by=father, **sees),
        lambda: guardians.remove_guardian(right=right, by=stranger, now=NOW),
    )
    assert [code_of(act) for act in acts] == ["not_first"] * 3
    assert not GuardianRight.objects.get(place=2).decides
