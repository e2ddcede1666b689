"""The owner of an account hears of every change to it, by whichever way it came about, and can end
every session."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.actions import changes, devices, roles
from diedie_edu.accounts.models import Device, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Channel, Notice
from tests.conftest import NOW
from tests.portal.sign_in.conftest import code_for
from tests.support.sent_forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PASSWORD, NEW = "榕树下learning", "ganz-neu-2026"


@pytest.fixture(autouse=True)
def cheap_passwords(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def heard(user: User, channel: str = Channel.SMS) -> list[str]:
    rows = Notice.objects.filter(account=user, kind="portal.account_changed", channel=channel)
    return [row.data["what_en"] for row in rows.order_by("pk")]


@pytest.fixture
def owner(make_user: Callable[..., User]) -> User:
    return make_user(Role.RESIDENT, password=PASSWORD, display_name="秦谷雨")


@pytest.fixture
def root(make_user: Callable[..., User]) -> User:
    return make_user(Role.BRANCH_LEAD, is_superuser=True)


def test_a_password_changed_or_set_by_code(owner, as_user, clock):
    as_user(owner).post("/me/password/", {"old_password": PASSWORD, "password": NEW})
    visitor = Client()
    clock.shift(1)
    visitor.post("/sign-in/forgotten/", {"phone": owner.phone})
    visitor.post("/sign-in/code/enter/", {"code": code_for(owner.phone)})
    visitor.post("/sign-in/new-password/", {"password": f"{NEW}-2"})
    assert heard(owner) == ["password changed"] * 2


def test_a_role_given_and_taken_on_the_site_and_in_the_admin(owner, root, as_user, clock):
    keeper = as_user(root)
    keeper.post("/desk/accounts/", {"phone": owner.phone, "role": Role.STAFF})
    grant = owner.role_grants.get(role=Role.STAFF)
    keeper.post(f"/desk/accounts/roles/{grant.pk}/take/")
    clock.shift(1)
    path = f"/admin/accounts/user/{owner.pk}/change/"
    form_on(keeper, path, "display_name").typing({"is_superuser": ["on"]}).send(keeper)
    what = ["new role: Community staff", "role taken: Community staff", "new role: everything"]
    assert heard(owner) == what


def test_a_role_of_ones_own_things_makes_no_noise(owner, root):
    roles.grant_role(user=owner, role=Role.VOLUNTEER, by=root, now=NOW)
    assert heard(owner) == []


def test_a_name_in_the_inbox_alone(owner, root, as_user):
    keeper, path = as_user(root), f"/admin/accounts/user/{owner.pk}/change/"
    form_on(keeper, path, "display_name").typing({"display_name": ["另一个名字"]}).send(keeper)
    assert (heard(owner), heard(owner, Channel.INBOX)) == ([], ["new name"])


def test_a_new_browser_of_staff_and_not_the_same_again(staff_user, clock):
    staff_user.set_password(PASSWORD)
    staff_user.save()
    own = Client()
    for client in (own, own, Client()):
        client.post("/sign-in/", {"phone": staff_user.phone, "password": PASSWORD})
        client.post("/sign-out/")
        clock.shift(1)
    assert heard(staff_user) == ["new browser signed in"] * 2


def test_the_message_leads_to_where_it_is_ended(owner, as_user):
    devices.sign_out_everywhere(user=owner, now=NOW)
    text = render(Notice.objects.filter(account=owner, channel=Channel.SMS).get(), "zh-hans")
    assert text.path == "/me/devices/"
    assert "已在所有设备退出" in text.sms


def test_control_without_the_teller_nobody_hears(owner, as_user, monkeypatch):
    monkeypatch.setattr(changes, "parts_of", lambda _kind: ())
    as_user(owner).post("/me/password/", {"old_password": PASSWORD, "password": NEW})
    assert heard(owner) == []


# --- Browsers --------------------------------------------------------------------------


@pytest.fixture
def browsers(owner: User) -> Iterator[tuple[Client, Client]]:
    pair = Client(), Client()
    for client in pair:
        client.post("/sign-in/", {"phone": owner.phone, "password": PASSWORD})
    return pair


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_ones_own_browsers_are_listed_and_ended_one_by_one(browsers, stranger):
    here, there = browsers
    page = here.get("/me/devices/")
    other = Device.objects.exclude(pk=page.context["here"]).get()
    assert here.post("/me/devices/", {"device": other.pk}).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)


def test_nobody_ends_somebody_elses(browsers, stranger, as_user):
    here, _there = browsers
    device = Device.objects.first()
    assert as_user(stranger).post("/me/devices/", {"device": device.pk}).status_code == 404
    assert is_in(here)


def test_signing_out_everywhere_ends_a_copied_session_too(browsers, owner, as_user):
    """One that no browser of the list is known for."""
    here, there = browsers
    copied = as_user(owner)
    here.post("/me/devices/everywhere/")
    assert not any(map(is_in, (here, there, copied)))


def test_every_page_has_the_way_out(staff_user, resident_user, as_user):
    wall = reverse("figures:dashboard") + "?view=wall"
    for user, pages in ((resident_user, ["/", "/me/"]), (staff_user, ["/desk/", wall])):
        client = as_user(user)
        for path in pages:
            assert '/sign-out/"' in client.get(path).text, path
            client.cookies["view"] = "elder"
            assert '/sign-out/"' in client.get(path).text, path
    assert '/sign-out/"' in as_user(staff_user).get("/admin/").text
    assert "/sign-out/" not in Client().get("/").text
