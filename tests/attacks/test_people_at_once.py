"""Families, phones, helpers and papers, from two devices at the same moment: the second waits."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.people.actions import families, phones, volunteers
from diedie_edu.people.models import Household, PhoneChange, Resident
from edu_base.actions import applicants, dwellings
from edu_base.models import Dwelling
from residents_school.actions import surveys
from residents_school.models import Survey
from tests.conftest import NOW
from tests.residents_school.needs.conftest import make_plan, make_topic, topics  # noqa: F401
from tests.support.duties import make_volunteer
from tests.support.education import make_dwelling
from tests.support.races import right_after

pytestmark = pytest.mark.django_db(transaction=True)
Add = Callable[..., Callable[[], Resident]]


# --- Families --------------------------------------------------------------------------


@pytest.fixture
def add() -> Add:
    """To the family of somebody, as their page has read them."""

    def make(own: User, name: str, house: str) -> Callable[[], Resident]:
        given = {"full_name": name, "house": house, "by": own, "now": NOW}
        return partial(families.add_relative, own=Resident.objects.get(account=own), **given)

    return make


def test_one_name_comes_into_a_family_once(resident_user: User, add: Add) -> None:
    add(resident_user, "李梅", "1-1-101")()
    again = add(resident_user, "王兰", "1-1-101")
    assert right_after(again, add(resident_user, "王兰", "1-1-101")) == "at_home"


def test_one_house_is_taken_by_one_family(resident_user: User, stranger: User, add: Add) -> None:
    first, second = (add(own, "李梅", "1-1-101") for own in (resident_user, stranger))
    assert right_after(first, second) == "house_taken"


def test_two_devices_make_one_family(resident_user: User, add: Add) -> None:
    """Each has another idea of the house number: the first one counts."""
    first = add(resident_user, "李梅", "1-1-101")
    assert right_after(first, add(resident_user, "王兰", "2-2-202")) is None
    homes = set(Resident.objects.values_list("household__label", flat=True))
    assert homes == {"1-1-101"}


def test_somebody_joins_one_of_two_families(
    resident_user: User, stranger: User, make_resident: Callable[..., Resident]
) -> None:
    known = make_resident(full_name="王春芳", phone="13955550001")
    told = {"full_name": known.full_name, "phone": known.phone, "now": NOW}
    first, second = (
        partial(families.join_family, own=own.resident, by=own, house=house, **told)
        for own, house in ((resident_user, "1-1-101"), (stranger, "2-2-202"))
    )
    assert right_after(first, second) == "other_home"


def test_somebody_moves_in_once(staff_user: User, make_resident: Callable[..., Resident]) -> None:
    Household.objects.create(label="1-1-101")
    move = partial(families.move_in, person=make_resident(), house="1-1-101", reason="搬来了。")
    move = partial(move, by=staff_user, now=NOW)
    assert right_after(move, move) == "lives_there"


# --- Phones ----------------------------------------------------------------------------

NEW, NEWER = "13711110000", "13711110001"


def test_the_second_change_of_a_phone_starts_from_the_first(resident_user: User) -> None:
    """Its old number hears of it, and can stop it."""
    begin = partial(phones.begin, person=resident_user, how="code", by=resident_user, now=NOW)
    first, second = (partial(begin, new_phone=number) for number in (NEW, NEWER))
    assert right_after(first, second) is None
    assert PhoneChange.objects.latest("pk").old_phone == NEW


def test_so_does_that_of_an_elder_without_an_account(
    staff_user: User, make_resident: Callable[..., Resident]
) -> None:
    elder = make_resident(phone="13955550001")
    begin = partial(phones.begin, person=elder, how="seen", reason="换号了。")
    begin = partial(begin, by=staff_user, now=NOW)
    first, second = (partial(begin, new_phone=number) for number in (NEW, NEWER))
    assert right_after(first, second) is None
    assert PhoneChange.objects.latest("pk").old_phone == NEW


def test_what_has_just_been_stopped_is_not_put_in_force(staff_user: User) -> None:
    """Whoever has power over others waits a day."""
    begin = partial(phones.begin, person=staff_user, how="code", by=staff_user, now=NOW)
    change = begin(new_phone=NEW)
    assert change.done_at is None
    later = {"change": change, "now": change.in_force_at}
    stop, put = partial(phones.stop, **later), partial(phones.put_in_force, **later)
    assert right_after(stop, put) == "not_open"


# --- Helpers, surveys ------------------------------------------------------------------


def test_a_volunteer_leaves_once(db: None) -> None:
    left: list[bool] = []
    leave = partial(volunteers.leave, volunteer=make_volunteer(), by=None, now=NOW)
    right_after(lambda: left.append(leave()), lambda: left.append(leave()))
    assert left == [True, False]


@pytest.fixture
def survey(make_plan: Callable) -> Survey:  # noqa: F811
    return surveys.plan_survey(plan=make_plan(), by=None, now=NOW)


def test_a_survey_that_has_just_been_opened_is_not_put_away(survey: Survey) -> None:
    put_away = partial(surveys.delete_draft, survey=survey, by=None, now=NOW)
    opened = partial(surveys.open_survey, survey=survey, by=None)
    assert right_after(opened, put_away) == "published"


def test_results_are_published_once(survey: Survey) -> None:
    surveys.open_survey(survey=survey, by=None)
    first, second = NOW + timedelta(days=200), NOW + timedelta(days=201)
    publish = partial(surveys.publish_results, survey=survey, by=None)
    right_after(partial(publish, now=first), partial(publish, now=second))
    survey.refresh_from_db()
    assert survey.results_at == first


# --- The education base ----------------------------------------------------------------


def test_two_papers_are_not_each_the_other(staff_user: User) -> None:
    """Two of the staff bring the same two together, each in another direction."""
    one, other = make_dwelling(staff_user), make_dwelling(staff_user)
    merge = partial(dwellings.merge, reason="同一户。", by=staff_user, now=NOW)
    right_after(partial(merge, gone=one, kept=other), partial(merge, gone=other, kept=one))
    same = dict(Dwelling.objects.values_list("pk", "same_as"))
    assert same == {one.pk: other.pk, other.pk: None}


def test_the_first_date_of_birth_that_is_told_stays(make_resident: Callable) -> None:
    person, today = make_resident(), NOW.date()
    first, second = (today.replace(year=year) for year in (1996, 1986))
    tell = partial(applicants.told_birth_date, today=today)
    seen = [Resident.objects.get(pk=person.pk) for _device in range(2)]
    right_after(partial(tell, seen[0], first), partial(tell, seen[1], second))
    person.refresh_from_db()
    assert (person.birth_date, seen[1].birth_date) == (first, first)
