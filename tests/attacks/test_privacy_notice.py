"""Nobody registers under the demonstration's privacy notice, and what was agreed to stays."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError

from diedie_edu.accounts import queries
from diedie_edu.accounts.actions.privacy import agree_to_notice, publish_privacy_notice
from diedie_edu.accounts.models import PrivacyNotice
from diedie_edu.accounts.permissions import Role
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.privacy.queries import beginning, nobody_registers
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.refusals import refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TEXT = {"text": "# 目的\n\n为报名。", "text_en": "# Purpose\n\nFor seats."}


@pytest.fixture
def keeper(make_user):
    return make_user(Role.BRANCH_LEAD)


@pytest.fixture
def in_production(settings):
    settings.DEMO = False


def publish(version: str = "2026-1", days: int = 0, **fields) -> PrivacyNotice:
    when = NOW + timedelta(days=days)
    return publish_privacy_notice(version=version, in_force_from=when, **(TEXT | fields))


# --- Registration ----------------------------------------------------------------------


@pytest.mark.usefixtures("in_production")
def test_the_plan_brings_no_notice_to_production(client, keeper):
    load_plan()
    assert not PrivacyNotice.objects.exists()
    assert "开放注册" in client.get("/register/").text
    assert client.post("/register/", {"phone": "13800138000"}).context.get("form") is None
    assert [row.tone for row in nobody_registers(keeper, NOW)] == ["brick"]


@pytest.mark.usefixtures("in_production")
def test_a_notice_of_a_demonstration_that_came_along_does_not_count(client):
    publish(is_demo=True)
    assert queries.privacy_notice_in_force(NOW) is None
    assert "form" not in (client.get("/register/").context or {})


@pytest.mark.usefixtures("in_production")
def test_with_a_text_of_their_own_people_register(client, keeper):
    publish()
    assert "form" in client.get("/register/").context
    assert nobody_registers(keeper, NOW) == []


def test_a_demonstration_begins_with_its_own(client):
    load_plan()
    assert "form" in client.get("/register/").context


# --- Writing it ------------------------------------------------------------------------


def form_of(version: str, **fields) -> dict[str, str]:
    return {"version": version, "in_force_from": "2026-12-10T00:00", **TEXT, **fields}


@pytest.mark.usefixtures("in_production")
def test_it_begins_with_gaps_that_must_be_filled(keeper, as_user):
    began = beginning(NOW)
    assert "【" in began["text"]
    assert "【" in began["text_en"]
    for left in ("text", "text_en"):
        page = as_user(keeper).post("/desk/privacy/new/", form_of("2026-1", **{left: began[left]}))
        assert "【】" in str(page.context["form"].errors)
    assert not PrivacyNotice.objects.exists()


def test_the_database_takes_no_gap_either():
    with refused_by("no_gap_is_left_in_a_privacy_notice"):
        publish(text="由【单位】开办")


def test_until_its_day_it_is_changed_and_from_then_on_never(keeper, as_user, clock):
    client = as_user(keeper)
    client.post("/desk/privacy/new/", form_of("2026-1"))
    notice = PrivacyNotice.objects.get()
    page = f"/desk/privacy/{notice.pk}/"
    assert f"{page}edit/" in client.get(page).text
    clock.move_to(NOW + timedelta(days=30))
    assert f"{page}edit/" not in client.get(page).text
    assert client.get(f"{page}edit/").status_code == 404


def test_a_text_is_never_in_force_for_days_that_are_past(keeper, as_user):
    as_user(keeper).post("/desk/privacy/new/", form_of("1", in_force_from="2020-01-01T00:00"))
    assert PrivacyNotice.objects.get().in_force_from >= NOW - timedelta(minutes=1)


def test_what_people_agreed_to_stays_as_it_was_by_any_way(keeper):
    notice = publish()
    agree_to_notice(user=keeper, notice=notice, now=NOW)
    with refused_by("what_people_agreed_to_stays_as_it_was"):
        PrivacyNotice.objects.update(text="另一种说法")
    with pytest.raises(ProtectedError):
        PrivacyNotice.objects.all().delete()


# --- Who agreed ------------------------------------------------------------------------


def test_a_page_says_who_agreed_and_what_a_version_changed(keeper, resident_user, as_user):
    old, new = publish(days=-9), publish("2026-2", text="# 目的\n\n为报名和提醒。")
    agree_to_notice(user=resident_user, notice=old, now=NOW)
    client = as_user(keeper)
    assert str(resident_user) in client.get(f"/desk/privacy/{old.pk}/").text
    page = client.get(f"/desk/privacy/{new.pk}/")
    assert [tuple(change) for change in page.context["changes"]] == [
        (False, "为报名。"),
        (True, "为报名和提醒。"),
    ]
    assert str(resident_user) not in page.text


def test_who_agreed_to_an_older_one_sees_what_changed_and_goes_on(resident_user, as_user):
    agree_to_notice(user=resident_user, notice=publish(days=-9), now=NOW)
    new, client = publish("2026-2", text="# 目的\n\n为报名和提醒。"), as_user(resident_user)
    page = client.get("/privacy/?next=/me/")
    assert len(page.context["changes"]) == 2
    assert client.post("/privacy/", {"next": "/me/"}).url == "/me/"
    assert queries.has_agreed(resident_user, new)


def test_at_the_next_sign_in_everybody_agrees_before_anything_else(make_user, client):
    """Colleagues too; what is open to everybody and a form that is sent are not stopped."""
    staff = make_user(Role.STAFF, password="叠二社区learning")
    publish()
    client.post("/sign-in/", {"phone": staff.phone, "password": "叠二社区learning"})
    for page in ("/me/", "/desk/", "/admin/"):
        assert client.get(page).url.startswith("/privacy/?next="), page
    assert client.get("/lectures/").status_code == 200
    assert client.post("/me/details/", {}).status_code == 200
    assert client.post("/privacy/", {"next": "/me/"}).url == "/me/"
    assert client.get("/desk/").status_code == 200


def test_the_list_asks_the_database_the_same_for_one_version_and_for_three(keeper, as_user):
    publish()
    client = as_user(keeper)
    first = queries_of(client, "/desk/privacy/")
    publish("2026-2")
    publish("2026-3")
    assert queries_of(client, "/desk/privacy/") == first
