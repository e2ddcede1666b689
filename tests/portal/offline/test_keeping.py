"""What the server lets a phone keep, and how it says so."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from PIL import Image

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import schedule
from diedie_edu.community.known import community
from diedie_edu.people.models import Volunteer
from diedie_edu.portal.offline.queries import own_of
from diedie_edu.portal.offline.rules import KEPT, MOST
from diedie_edu.portal.offline.views import FILES
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.access_things import addresses
from tests.support.community import known_as
from tests.support.duties import on_duty
from tests.support.seats import enter, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OWN, AWAY, WORKER = reverse("portal:offline"), reverse("portal:away"), reverse("portal:worker")
MakeUser = Callable[..., User]
MakeLecture = Callable[..., Lecture]
AsUser = Callable[[User], Client]


def worker_facts() -> dict:
    return json.loads(re.match(r"const PORTAL = (.*);\n", Client().get(WORKER).text)[1])


# --- Which pages, for whom ---------------------------------------------------------------


def test_one_page_alone_may_be_kept(as_user: AsUser, resident_user: User) -> None:
    """Every address without a number says so, or does not."""
    client = as_user(resident_user)
    client.raise_request_exception = False
    plain = [f"/{route}" for route in addresses().values() if not re.search(r"[<(\\]", route)]
    assert OWN in plain
    kept = {path for path in plain if "X-Kept-Seconds" in client.get(path).headers}
    assert kept == {OWN}


def test_it_says_for_how_long(as_user: AsUser, resident_user: User) -> None:
    answer = as_user(resident_user).get(OWN)
    assert answer["X-Kept-Seconds"] == str(14 * 24 * 3600)
    assert answer["Cache-Control"] == "private, no-store"  # no browser keeps it by itself


@pytest.mark.parametrize("role", [Role.STAFF, Role.PROGRAMME_LEAD, Role.BRANCH_LEAD])
def test_nothing_is_kept_for_whoever_has_power(
    as_user: AsUser, make_user: MakeUser, role: Role
) -> None:
    client = as_user(make_user(role, scope="residents-school"))
    assert "X-Kept-Seconds" not in client.get(OWN).headers
    assert WORKER not in client.get(reverse("portal:my_page")).text


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.VOLUNTEER, Role.GROUP_LEADER])
def test_pages_of_the_others_bring_the_worker(
    as_user: AsUser, make_user: MakeUser, role: Role
) -> None:
    assert f'data-worker="{WORKER}"' in as_user(make_user(role)).get("/lectures/").text


def test_a_visitors_page_does_not() -> None:
    assert WORKER not in Client().get("/").text


# --- Whose an answer is ------------------------------------------------------------------


def test_each_page_says_whose_session_it_is_of(as_user: AsUser, make_user: MakeUser) -> None:
    one, other = (as_user(make_user(Role.RESIDENT)) for _number in range(2))
    marks = [client.get(path)["X-Kept-For"] for client in (one, other) for path in ("/", OWN)]
    assert marks[0] == marks[1] != marks[2] == marks[3]
    assert re.fullmatch(r"[0-9a-f]{16}", marks[0])
    assert one.session.session_key not in marks[0]


def test_a_visitors_says_nobodys(as_user: AsUser, resident_user: User) -> None:
    assert Client().get("/")["X-Kept-For"] == "nobody"
    client = as_user(resident_user)
    assert client.post(reverse("accounts:sign_out"))["X-Kept-For"] == "nobody"


def test_signing_in_again_is_another_session(as_user: AsUser, resident_user: User) -> None:
    first, second = (as_user(resident_user).get("/")["X-Kept-For"] for _time in range(2))
    assert first != second


# --- What stands on it -------------------------------------------------------------------


def test_it_holds_what_begins_while_it_is_kept(
    resident_user: User, make_lecture: MakeLecture
) -> None:
    for weeks in (0, 1, 2):
        lecture = make_lecture(title=f"第{weeks}周", day=SATURDAY + timedelta(weeks=weeks))
        enter(lecture, resident_user.resident)
    own = own_of(resident_user, NOW)
    assert [one.occasion.activity.title for one in own.tickets] == ["第0周", "第1周"]
    assert own.tickets[-1].occasion.starts_at <= NOW + KEPT


def test_a_queue_and_what_is_called_off_have_no_ticket(
    resident_user: User, staff_user: User, make_lecture: MakeLecture
) -> None:
    full, off = make_lecture(capacity=1), make_lecture()
    fill(full, 1)
    for lecture in (full, off):
        enter(lecture, resident_user.resident)
    schedule.call_off(activity=off, reason="台风", by=staff_user, now=NOW)
    own = own_of(resident_user, NOW)
    assert own.tickets == []
    assert {one.sign_up.activity_id for _name, one in own.others} == {full.pk, off.pk}


def test_a_volunteers_duties_stand_there(
    as_user: AsUser, make_user: MakeUser, make_lecture: MakeLecture
) -> None:
    user = make_user(Role.VOLUNTEER)
    volunteer = Volunteer.objects.create(resident=user.resident, kinds=["expert"])
    on_duty(make_lecture(title="八段锦").occasion, volunteer)
    assert "八段锦" in as_user(user).get(OWN).text


def test_it_ends_somewhere_and_costs_the_same(
    as_user: AsUser, resident_user: User, make_lecture: MakeLecture
) -> None:
    client = as_user(resident_user)

    def queries(number: int) -> int:
        for _lecture in range(number):
            enter(make_lecture(), resident_user.resident)
        client.get(OWN)
        with CaptureQueriesContext(connection) as asked:
            client.get(OWN)
        return len(asked)

    assert queries(1) == queries(2) <= 12
    queries(MOST)
    assert client.get(OWN).text.count('class="ticket"') == MOST


# --- The worker and the manifest ---------------------------------------------------------


def test_the_worker_keeps_what_its_two_pages_load(as_user: AsUser, resident_user: User) -> None:
    client = as_user(resident_user)
    files = set(worker_facts()["files"])
    for view in ("standard", "elder"):
        client.cookies["view"] = view
        for path in (OWN, AWAY):
            loaded = set(re.findall(r'"(/static/[^"]+)"', client.get(path).text))
            assert loaded <= files


def test_nothing_else_is_among_them() -> None:
    facts = worker_facts()
    assert len(facts["files"]) == len(FILES)
    assert (facts["own"], facts["away"], facts["mine"]) == (OWN, AWAY, "/me/")
    assert facts["out"] == reverse("accounts:sign_out")


def test_another_telephone_is_another_worker() -> None:
    """The page that says that there is no network shows it, and is kept once."""
    before = worker_facts()["version"]
    known_as(phone="0757-12345678")
    assert worker_facts()["version"] != before


def test_the_worker_is_read_anew_every_ten_minutes_and_may_talk_to_us_alone() -> None:
    answer = Client().get(WORKER)
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=600"
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["worker-src"] == policy["connect-src"] == policy["script-src"] == "'self'"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_manifest_speaks_the_language_of_the_page(language: str) -> None:
    client = Client(headers={"accept-language": language})
    link = re.search(r'<link rel="manifest" href="([^"]+)"', client.get("/").text)[1]
    answer = Client().get(link)
    assert answer["Content-Type"].startswith("application/manifest+json")
    facts = answer.json()
    with translation.override(language):
        assert facts["name"] == community().portal
        assert facts["short_name"] == community().brand
    assert (facts["lang"], facts["start_url"], facts["scope"]) == (language, "/", "/")
    assert facts["display"] == "standalone"


def test_there_is_none_in_a_language_that_the_portal_does_not_speak() -> None:
    assert Client().get(reverse("portal:manifest", args=["fr"])).status_code == 404


def test_its_icons_are_as_large_as_it_says() -> None:
    icons = Client().get(reverse("portal:manifest", args=["en"])).json()["icons"]
    for icon in icons:
        name = re.sub(r"\.[0-9a-f]{12}\.", ".", icon["src"].removeprefix("/static/"))
        with Image.open(finders.find(name)) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
            clear = picture.mode == "RGBA" and picture.getpixel((0, 0))[3] == 0
            assert clear == (icon["purpose"] == "any")  # a mask would cut the mark
    assert [icon["purpose"] for icon in icons] == ["any", "any", "maskable"]


def test_its_colours_are_the_designs() -> None:
    facts = Client().get(reverse("portal:manifest", args=["en"])).json()
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text("utf-8")
    assert f"--paper: {facts['background_color']};" in tokens
    assert f"--card: {facts['theme_color']};" in tokens


# --- The hint ----------------------------------------------------------------------------


def test_the_hint_is_put_away_by_one_tap(as_user: AsUser, resident_user: User) -> None:
    client = as_user(resident_user)
    mine = reverse("portal:my_page")
    assert 'class="home-screen"' in client.get(mine).text
    assert client.post(reverse("portal:end_hint")).url == mine
    assert 'class="home-screen"' not in client.get(mine).text


def test_staff_see_none(as_user: AsUser, staff_user: User) -> None:
    assert 'class="home-screen"' not in as_user(staff_user).get(reverse("portal:my_page")).text
