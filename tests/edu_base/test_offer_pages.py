"""A place that is offered, answered by the link of a message or from "my page"."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.links import token
from edu_base.models import Application, Intake, State
from tests.conftest import NOW
from tests.support.education import make_application, make_intake, make_person, make_year

pytestmark = pytest.mark.usefixtures("_at_ten")


def at(name: str, *more: object) -> str:
    return reverse(f"edu_base:{name}", args=more)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the page read another time."""
    return lambda to: monkeypatch.setattr("edu_base.views.offers.local_now", lambda: to)


@pytest.fixture
def _at_ten(clock: Callable[[datetime], None]) -> None:
    clock(NOW)


@pytest.fixture
def two_places(db: None) -> Intake:
    return make_intake(make_year(places=2))


def standing(row: Application) -> list[str]:
    row.refresh_from_db()
    return [row.state]


@pytest.fixture
def offered(two_places: Intake, staff_user: User) -> Application:
    make_application(staff_user, two_places, State.RESERVE, rank=2)
    return make_application(staff_user, two_places, State.OFFERED, rank=1)


def answer_at(row: Application, whose: str = "person_id") -> str:
    return at("offer", token("offer", row.pk, row.last_step, getattr(row, whose)))


@pytest.mark.parametrize(("answer", "state"), [("yes", "proposed"), ("no", "withdrawn")])
def test_offer_is_answered_by_its_link(
    answer: str, state: str, client: Client, offered: Application
) -> None:
    url = answer_at(offered)
    assert client.get(url).context["is_open"] is True
    client.post(url, {"answer": answer})
    assert standing(offered) == [state]
    client.post(url, {"answer": "no"})
    assert standing(offered) == [state]
    assert client.get(url).context["is_open"] is False


def test_link_holds_for_its_offer_alone(client: Client, offered: Application) -> None:
    step, who = offered.last_step, offered.person_id
    for named in ((offered.pk, step), (offered.pk, step - 1, who), (offered.pk, step, who + 1)):
        url = at("offer", token("offer", *named))
        client.post(url, {"answer": "yes"})
    assert client.get(at("offer", f"{offered.pk}-1-{'0' * 32}")).status_code == 404
    assert standing(offered) == [State.OFFERED]


def test_offer_that_ran_out_says_so(
    client: Client, offered: Application, clock: Callable[[datetime], None]
) -> None:
    clock(NOW + timedelta(days=4))
    url = answer_at(offered)
    client.post(url, {"answer": "yes"})
    assert standing(offered) == [State.OFFERED]
    assert client.get(url).context["is_open"] is False


def test_my_page_leads_to_the_answer(
    offered: Application, as_user: Callable[[User], Client], make_user: Callable[..., User]
) -> None:
    account = make_user(Role.RESIDENT)
    Application.objects.filter(pk=offered.pk).update(
        person=account.resident, offer_ends_at=datetime.now(tz=NOW.tzinfo) + timedelta(days=1)
    )
    offered.refresh_from_db()
    page = as_user(account).get("/me/").content.decode()
    assert answer_at(offered) in page


def test_link_of_a_guardian_holds_until_the_18th_birthday(
    client: Client, offered: Application, clock: Callable[[datetime], None]
) -> None:
    birthday = (NOW + timedelta(days=1)).date()
    born = date(birthday.year - 18, birthday.month, birthday.day)
    people = {"person": make_person(born=born), "guardian": make_person()}
    Application.objects.filter(pk=offered.pk).update(**people)
    offered.refresh_from_db()
    url = answer_at(offered, "guardian_id")
    assert client.get(url).context["is_open"] is True
    clock(NOW + timedelta(days=1))
    assert client.get(url).status_code == 404
    assert client.post(url, {"answer": "no"}).status_code == 404
    assert client.get(answer_at(offered)).context["is_open"] is True
