"""Nobody comes to another's application, by any address of the education base there is."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from edu_base.models import Application, ApplicationDocument, Award, Intake, State, Step
from tests.conftest import NOW
from tests.support.education import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AsUser = Callable[[User], Client]
# What everybody may open; a number in it is that of a public thing, and a token opens its own page.
FOR_ALL = {"announcement", "object", "event", "event_poster"}
WRITTEN = (Application, Step, ApplicationDocument, Award)
BORN_18_AGO = date(NOW.year - 18, NOW.month, NOW.day)


def patterns(tree: object = None) -> Iterator[URLPattern]:
    """All addresses of the programme, whatever file they stand in."""
    if tree is None:
        tops = get_resolver().url_patterns
        tree = next(row for row in tops if getattr(row, "app_name", "") == "edu_base")
    for row in tree.url_patterns:
        if isinstance(row, URLResolver):
            yield from patterns(row)
        else:
            yield row


def addresses(number: int) -> list[str]:
    """Those that name a thing by its number, with this one."""
    found = []
    for pattern in patterns():
        keys = pattern.pattern.converters
        if "pk" in keys and pattern.name not in FOR_ALL:
            more = dict.fromkeys(set(keys) - {"pk"}, "papers" if "part" in keys else 1)
            found.append(reverse(f"edu_base:{pattern.name}", kwargs={"pk": number, **more}))
    return found


def rows() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in WRITTEN]


@pytest.fixture
def others(intake: Intake, resident_user: User) -> Application:
    return make_application(resident_user, intake, State.SUBMITTED, person=resident_user.resident)


def test_many_addresses_are_walked() -> None:
    assert len(addresses(1)) > 40


def test_owner_opens_and_withdraws_it(
    others: Application, resident_user: User, as_user: AsUser
) -> None:
    client, before = as_user(resident_user), rows()
    opened = [row for row in addresses(others.pk) if client.get(row).status_code == 200]
    assert reverse("edu_base:own_application", args=[others.pk]) in opened
    client.post(reverse("edu_base:withdraw", args=[others.pk]))
    assert rows() != before


@pytest.mark.parametrize(
    ("role", "scope"),
    [(Role.RESIDENT, ""), (Role.VOLUNTEER, ""), (Role.PROGRAMME_LEAD, "happy-square")],
)
def test_nobody_else_opens_or_changes_anything(
    role: Role, scope: str, others: Application, make_user: Callable[..., User], as_user: AsUser
) -> None:
    client, before = as_user(make_user(role, scope=scope)), rows()
    for address in addresses(others.pk):
        for ask in (client.get, client.post):
            assert ask(address).status_code in {403, 404, 405}, address
    assert rows() == before


def test_visitor_is_led_to_sign_in(others: Application, client: Client) -> None:
    before = rows()
    for address in addresses(others.pk):
        assert client.get(address).status_code in {302, 404, 405}, address
        assert client.post(address).status_code in {302, 404, 405}, address
    assert rows() == before


def test_guardian_is_a_stranger_from_the_eighteenth_birthday_on(
    others: Application, stranger: User, as_user: AsUser
) -> None:
    person = others.person
    type(person).objects.filter(pk=person.pk).update(birth_date=BORN_18_AGO)
    Application.objects.filter(pk=others.pk).update(guardian=stranger.resident)
    client, before = as_user(stranger), rows()
    for address in addresses(others.pk):
        for ask in (client.get, client.post):
            assert ask(address).status_code in {403, 404, 405}, address
    assert rows() == before
