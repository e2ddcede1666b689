"""The page on which a guardian lets a child join a group, and the paper in its place."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import SignUp
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Clearance, Consent, Resident
from happy_square.models import Group
from tests.support.children import NINE, consented, give_consent
from tests.support.groups import TODAY, make_group, member
from tests.support.square_children import childrens_group, square_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def group(staff_user: User) -> Group:
    return childrens_group(staff_user)


@pytest.fixture
def child(make_resident: Callable[..., Resident], resident_user: User) -> Resident:
    """Known by the 4:30 school alone."""
    born = Resident.objects.create(full_name="小宝", birth_date=NINE)
    return consented(born, resident_user.resident)


def test_a_guardian_agrees_to_the_text_for_this_purpose_and_the_child_belongs_to_the_group(
    as_user: Callable[[User], Client], resident_user: User, group: Group, child: Resident
) -> None:
    client, url = as_user(resident_user), f"/groups/{group.pk}/children/"
    text = square_text()["text"]
    assert str(text.purpose) in client.get(url).text
    client.post(url, {"child": child.pk})
    assert not SignUp.objects.exists(), "not without the tick"
    client.post(url, {"child": child.pk, "agreed": "on"})
    assert SignUp.objects.get().resident == child
    given = Consent.objects.get(text=text)
    assert (given.guardian, given.way) == (resident_user.resident, "online")
    client.post(f"{url}{given.pk}/withdraw/")
    assert SignUp.objects.get().status == "cancelled"
    assert not Resident.objects.get(pk=child.pk).is_locked, "the 4:30 school's consent holds"
    heard = Notice.objects.filter(kind="happy_square.consent_ended", channel="inbox")
    assert resident_user.resident.pk in heard.values_list("recipient", flat=True)


def test_a_new_child_is_entered_with_the_consent_and_nobody_of_14_is_one(
    as_user: Callable[[User], Client], resident_user: User, group: Group
) -> None:
    square_text()
    client, url = as_user(resident_user), f"/groups/{group.pk}/children/"
    told = {"child": "new", "full_name": "小满", "relation": "mother", "agreed": "on"}
    assert "birth_date" in client.post(url, told).context["form"].errors
    page = client.post(url, told | {"birth_date": "2010-01-01"})
    assert "birth_date" in page.context["form"].errors
    client.post(url, told | {"birth_date": "2018-03-04"})
    assert SignUp.objects.get().resident.full_name == "小满"


def test_staff_type_in_the_paper_of_a_guardian_without_a_phone(
    as_user: Callable[[User], Client], staff_user: User, group: Group
) -> None:
    square_text()
    told = {"child": "new", "full_name": "小满", "relation": "mother", "birth_date": "2018-03-04"}
    paper = {"guardian_name": "王妈妈", "phone": "13800007771", "paper_reference": "柜2"}
    as_user(staff_user).post(f"/groups/{group.pk}/children/paper/", told | paper | {"agreed": "1"})
    consent = Consent.objects.get()
    assert (consent.guardian.full_name, consent.way) == ("王妈妈", "paper")
    assert SignUp.objects.get().resident == consent.child


def test_strangers_withdraw_nothing_and_other_groups_have_no_such_page(
    as_user: Callable[[User], Client], stranger: User, group: Group, child: Resident
) -> None:
    given = give_consent(child, child.guardians.get().guardian, **square_text())
    client = as_user(stranger)
    url = f"/groups/{group.pk}/children/{given.pk}/withdraw/"
    assert client.post(url).status_code == 404
    assert client.get(f"/groups/{make_group().pk}/children/").status_code == 404


def test_in_every_other_group_nobody_under_14_joins_by_the_page_of_the_family(
    as_user: Callable[[User], Client], make_user: Callable[..., User], child: Resident
) -> None:
    mother = make_user("resident")
    give_home = {"household": Resident.objects.get(pk=child.pk).household}
    assert give_home["household"] is None
    client, grown = as_user(mother), make_group()
    client.post(f"/groups/{grown.pk}/join/", {"resident": child.pk})
    assert not SignUp.objects.exists()


def test_the_pages_say_that_leaders_are_checked_only_while_they_are(
    as_user: Callable[[User], Client], resident_user: User, group: Group
) -> None:
    square_text()
    client, url = as_user(resident_user), f"/groups/{group.pk}/"
    assert "已通过入职查询" in client.get(f"{url}children/").text
    Clearance.objects.update(valid_until=TODAY - timedelta(days=1))
    assert "已通过入职查询" not in client.get(f"{url}children/").text
    assert "都通过了入职查询" not in client.get(url).text


def test_a_grown_up_leaves_a_group_of_children_on_its_page(
    as_user: Callable[[User], Client], resident_user: User, group: Group
) -> None:
    client, url = as_user(resident_user), f"/groups/{group.pk}/"
    assert f"{url}leave/" not in client.get(url).text
    member(group, resident_user.resident)
    assert f"{url}leave/" in client.get(url).text
