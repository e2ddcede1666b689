"""What an old page of the admin site showed for deletion is not deleted once it has changed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident, Skill, Topic, TopicArea, Volunteer
from tests.support.deleting import carried, chosen, delete, delete_chosen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SAID = "什么也没有删除"
LIST = "admin:people_volunteer_changelist"


@pytest.fixture
def desk(as_user: Callable[[User], Client], make_user: Callable[..., User]) -> Client:
    return as_user(make_user(is_superuser=True))


@pytest.fixture
def teacher(make_resident: Callable[..., Resident]) -> Volunteer:
    return Volunteer.objects.create(resident=make_resident(), kinds=["expert"])


def page_of(row: Volunteer) -> str:
    return reverse("admin:people_volunteer_delete", args=[row.pk])


def changes(row: Volunteer) -> None:
    """Somebody else saves the row itself."""
    Volunteer.objects.filter(pk=row.pk).update(kinds=["community"])


def hangs_on(row: Volunteer) -> None:
    """Somebody else enters what would go with it."""
    area = TopicArea.objects.create(slug="a", title_zh="健康")
    Skill.objects.create(volunteer=row, topic=Topic.objects.create(area=area, title_zh="急救"))


@pytest.mark.parametrize("meanwhile", [changes, hangs_on])
def test_one_row(desk: Client, teacher: Volunteer, meanwhile: Callable[[Volunteer], None]) -> None:
    page = page_of(teacher)
    old = carried(desk.get(page))
    meanwhile(teacher)
    answer = desk.post(page, {"post": "yes", "opened": old}, follow=True)
    assert SAID in answer.text
    assert Volunteer.objects.filter(pk=teacher.pk).exists()
    assert delete(desk, page).status_code == 302
    assert not Volunteer.objects.filter(pk=teacher.pk).exists()


@pytest.mark.parametrize("meanwhile", [changes, hangs_on])
def test_several_chosen(
    desk: Client, teacher: Volunteer, meanwhile: Callable[[Volunteer], None]
) -> None:
    address = reverse(LIST)
    old = carried(desk.post(address, chosen(teacher.pk)))
    meanwhile(teacher)
    form = chosen(teacher.pk) | {"post": "yes", "opened": old}
    assert SAID in desk.post(address, form, headers={"referer": address}, follow=True).text
    assert Volunteer.objects.filter(pk=teacher.pk).exists()
    delete_chosen(desk, address, teacher.pk)
    assert not Volunteer.objects.filter(pk=teacher.pk).exists()


def test_others_than_were_shown(
    desk: Client, teacher: Volunteer, make_resident: Callable[..., Resident]
) -> None:
    other = Volunteer.objects.create(resident=make_resident(), kinds=["expert"])
    shown = carried(desk.get(page_of(teacher)))
    desk.post(page_of(other), {"post": "yes", "opened": shown})
    desk.post(reverse(LIST), chosen(teacher.pk, other.pk) | {"post": "yes", "opened": shown})
    assert Volunteer.objects.count() == 2


@pytest.mark.parametrize("form", [{"post": "yes"}, {"any": "thing"}])
def test_a_page_that_nobody_has_looked_at(desk: Client, teacher: Volunteer, form) -> None:
    desk.post(page_of(teacher), form)
    assert Volunteer.objects.filter(pk=teacher.pk).exists()


def test_without_the_look_the_old_page_would_delete(
    desk: Client, teacher: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diedie_edu.accounts.admin_deleting._is_sent", lambda _request: False)
    desk.post(page_of(teacher), {"post": "yes"})
    assert not Volunteer.objects.filter(pk=teacher.pk).exists()
