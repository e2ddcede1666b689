"""The demonstration is taken away: exactly what it made, and nothing that is real."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from diedie_edu.accounts.actions.roles import ALWAYS
from diedie_edu.accounts.checks import no_demo_accounts
from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.community.models import Community, DemoRows
from diedie_edu.notices import outbox
from diedie_edu.people.models import Household, Resident
from diedie_edu.portal.appointing.actions import appoint
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.demo import removing
from diedie_edu.portal.demo.loading import load_demo
from diedie_edu.portal.demo.marking import tables
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from tests.conftest import NOW, new_lecture, new_user, signed_in, the_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
REAL = "真实的讲座"
DEMO_LEAD, DEMO_RESIDENT = "13800000006", "13800000001"


def rows() -> dict[str, list[Any]]:
    """Every row of every table that the demonstration may write."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values()) for model in tables()
    }


def differing(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> dict[str, tuple[int, int]]:
    return {name: (len(one[name]), len(other[name])) for name in one if one[name] != other[name]}


def school() -> Programme:
    return Programme.objects.get(slug="residents-school")


@pytest.fixture
def before(settings: Any) -> dict[str, list[Any]]:
    """A portal with rows of its own, and then the demonstration beside them."""
    settings.DEMO = True
    load_plan()
    user = new_user(Role.RESIDENT, display_name="真实居民")
    Household.objects.create(label="真实的户")
    new_lecture(title=REAL, programme=school(), topic=the_topic())
    found = rows()
    assert load_demo(NOW)
    assert user.resident
    return found


def test_every_row_that_it_made_is_marked(before: dict[str, list[Any]]) -> None:
    marks = {row.model: len(row.keys) for row in DemoRows.objects.all()}
    now = rows()
    made = {name: len(now[name]) - len(before[name]) for name in now}
    assert marks == {name: number for name, number in made.items() if number}
    assert marks["accounts.User"] > 5


def test_what_was_there_before_is_there_after_and_nothing_else(
    before: dict[str, list[Any]],
) -> None:
    community = Community.objects.values().get()
    removal = removing.remove(by=None, now=NOW)
    assert differing(before, rows()) == {}
    assert not DemoRows.objects.exists()
    assert not any(removal.kept.values())
    assert not any(removal.emptied.values())
    assert Community.objects.values().get() == community | {
        "phone": "",
        "phones": {},
        "address_zh": "",
        "address_en": "",
        "hours_zh": "",
        "hours_en": "",
    }


def test_what_came_to_hang_on_it_goes_with_it(before: dict[str, list[Any]]) -> None:
    real = Resident.objects.get(full_name="真实居民")
    demo = Activity.objects.filter(state="published").exclude(title=REAL).latest("pk")
    SignUp.objects.create(
        activity=demo, resident=real, status="waiting", signed_up_at=NOW - timedelta(days=1)
    )
    outbox.tick()  # reminders, dates of groups
    removal = removing.remove(by=None, now=NOW)
    assert sum(map(len, removal.added.values())) > 1
    assert not SignUp.objects.exists()
    left = differing(before, rows())
    assert left.keys() <= {"notices.Tick"}


def test_what_is_real_keeps_what_it_stands_on(before: dict[str, list[Any]], settings: Any) -> None:
    lead = User.objects.get(phone=DEMO_LEAD)
    who = {"phone": "13700000009", "full_name": "真实同事", "role": "staff", "scope": ""}
    staff = appoint(**who, days=ALWAYS, by=lead, now=NOW)
    room = Venue.objects.get(title_zh="书画室")
    lecture = new_lecture(title="真的在演示场地", venue=room, programme=school(), topic=the_topic())
    removal = removing.remove(by=staff, now=NOW)
    assert set(removal.kept[Venue]) == {room.pk}
    assert lead.pk in removal.emptied[User]
    lecture.refresh_from_db()
    assert lecture.occasions.get().venue == room
    grant = RoleGrant.objects.get(user=staff)
    assert (grant.role, grant.granted_by_id) == ("staff", lead.pk)
    empty = User.rows.get(pk=lead.pk)
    assert (empty.phone, empty.is_active, empty.is_demo, empty.erased_at) == ("", False, False, NOW)
    settings.DEMO = False
    assert no_demo_accounts(databases=["default"]) == []


def test_production_starts_over_it_only_once_it_is_gone(
    before: dict[str, list[Any]], settings: Any
) -> None:
    settings.DEMO = False
    assert [one.id for one in no_demo_accounts(databases=["default"])] == ["accounts.E001"]
    call_command("remove_demo", "--yes", stdout=StringIO())
    assert no_demo_accounts(databases=["default"]) == []


def test_the_command_tells_first_and_asks(
    before: dict[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    out = StringIO()
    call_command("remove_demo", stdout=out)
    assert "账号" in out.getvalue()
    assert User.objects.filter(phone=DEMO_RESIDENT).exists()
    removing.remove(by=None, now=NOW)
    call_command("remove_demo", stdout=out)
    assert "There is nothing" in out.getvalue()


def test_the_keys_of_the_database_hold_afterwards(before: dict[str, list[Any]]) -> None:
    removing.remove(by=None, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_page_shows_numbers_and_takes_it_away(before: dict[str, list[Any]]) -> None:
    """Within what a page may read; whoever signed in as one of its people is a visitor then."""
    browser = signed_in(User.objects.get(phone=DEMO_LEAD))
    page = browser.get("/desk/demonstration/")
    assert page.status_code == 200
    assert len(page.context["lines"]) > 30
    assert browser.post("/desk/demonstration/")["Location"] == "/"
    assert differing(before, rows()) == {}
