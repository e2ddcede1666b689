from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpResponse

from diedie_edu.accounts.actions import devices
from diedie_edu.accounts.models import Device
from diedie_edu.accounts.user_agents import label_of
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
COOKIE = settings.DEVICE_COOKIE_NAME
DAY = timedelta(days=1)


@pytest.fixture
def browser(rf):
    """Requests of one browser that keeps what it is handed."""
    kept = {}

    class Browser:
        def request(self):
            request = rf.get("/")
            request.COOKIES |= kept
            request.session = SessionStore()
            request.session.create()
            return request

        def sign_in(self, user, now=NOW):
            response = HttpResponse()
            device = devices.remember(self.request(), response, user=user, now=now)
            kept[COOKIE] = response.cookies[COOKIE].value
            return device

    return Browser()


def test_a_browser_is_known_to_whoever_signed_in_there(browser, resident_user, stranger):
    assert devices.recognise(browser.request(), resident_user) is None
    made = browser.sign_in(resident_user)
    assert devices.recognise(browser.request(), resident_user) == made
    assert devices.recognise(browser.request(), stranger) is None
    assert devices.recognise(browser.request(), None) is None


def test_a_family_shares_a_browser(browser, resident_user, stranger):
    first, second = browser.sign_in(resident_user), browser.sign_in(stranger)
    assert first != second
    assert browser.sign_in(resident_user, NOW + DAY) == first
    assert devices.recognise(browser.request(), stranger) == second
    assert Device.objects.get(pk=first.pk).last_seen == (NOW + DAY).date()


def test_a_new_sign_in_ends_the_session_before_it(browser, resident_user):
    before = browser.sign_in(resident_user).session_key
    after = browser.sign_in(resident_user).session_key
    keys = Session.objects.values_list("session_key", flat=True)
    assert before not in keys
    assert after in keys


def test_an_account_has_twenty_browsers_and_the_oldest_goes(browser, rf, resident_user):
    for number in range(20):
        day = (NOW - (number + 1) * DAY).date()
        about = {"token_hash": str(number), "label": "Edge", "first_seen": NOW, "last_seen": day}
        Device.objects.create(user=resident_user, **about)
    browser.sign_in(resident_user)
    assert Device.objects.count() == 20
    assert not Device.objects.filter(token_hash="19").exists()


def test_a_browser_unused_for_a_year_is_forgotten(browser, resident_user):
    browser.sign_in(resident_user)
    devices.forget_old_devices(NOW + 365 * DAY)
    assert Device.objects.exists()
    devices.forget_old_devices(NOW + 366 * DAY)
    assert not Device.objects.exists()


def test_a_session_that_goes_on_notes_the_day_once(client, make_user, clock, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user = make_user("resident", phone="13800138000", password="叠二社区learning")
    client.post("/sign-in/", {"phone": user.phone, "password": "叠二社区learning"})
    clock.shift(2 * DAY)
    client.get("/me/")
    assert Device.objects.get().last_seen == (NOW + 2 * DAY).date()
    assert client.session[devices.KEY][1] == f"{(NOW + 2 * DAY).date()}"


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge · Windows"),
        (
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4 HuaweiBrowser/5",
            "Huawei Browser · HarmonyOS",
        ),
        ("", "Another browser"),
    ],
)
def test_a_browser_has_a_name(agent, label):
    assert label_of(agent) == label
