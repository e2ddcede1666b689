"""The pages on which staff give places, and those that everybody reads."""

from collections.abc import Callable
from datetime import date, datetime, time
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import moment
from edu_base.actions import announcing
from edu_base.models import Announcement, Application, Intake, Objection, State
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.education import make_application, make_intake, make_person, make_year

pytestmark = pytest.mark.usefixtures("_at_ten")
MONDAY = date(2026, 11, 30)


def at(name: str, *more: object) -> str:
    return reverse(f"edu_base:{name}", args=more)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the pages read another time."""

    def turn(to: datetime) -> None:
        for module in ("places", "announcing", "objections", "offers"):
            monkeypatch.setattr(f"edu_base.views.{module}.local_now", lambda: to)

    return turn


@pytest.fixture
def _at_ten(clock: Callable[[datetime], None]) -> None:
    clock(NOW)


@pytest.fixture
def two_places(db: None) -> Intake:
    return make_intake(make_year(places=2))


@pytest.fixture
def desk(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def make(by: User, intake: Intake, *states: State) -> list[Application]:
    return [make_application(by, intake, state, rank=rank) for rank, state in enumerate(states, 1)]


def standing(*rows: Application) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_preview_says_what_happens_and_the_button_does_it(
    desk: Client, two_places: Intake, staff_user: User
) -> None:
    rows = make(staff_user, two_places, *[State.RANKED] * 3)
    page = desk.get(at("propose", two_places.pk), {"number": 1, "fills_reserve": "on"})
    assert [line.application for line in page.context["proposed"]] == rows[:1]
    assert [line.application for line in page.context["reserve"]] == rows[1:]
    assert standing(*rows) == [State.RANKED] * 3
    sent = page.context["wanted"] | {"seen": page.context["seen"]}
    assert desk.post(at("propose", two_places.pk), sent).url == at("places", two_places.pk)
    assert standing(*rows) == [State.PROPOSED, State.RESERVE, State.RESERVE]


def test_old_preview_does_nothing(desk: Client, two_places: Intake, staff_user: User) -> None:
    rows = make(staff_user, two_places, *[State.RANKED] * 2)
    sent = {"number": 1, "seen": "0" * 64}
    assert desk.post(at("propose", two_places.pk), sent).context["form"].errors
    assert standing(*rows) == [State.RANKED] * 2


def test_one_is_proposed_and_taken_back(desk: Client, two_places: Intake, staff_user: User) -> None:
    (row,) = make(staff_user, two_places, State.RANKED)
    desk.post(at("place_one", row.pk), {"to": "proposed"})
    assert standing(row) == [State.PROPOSED]
    assert desk.post(at("place_one", row.pk), {"to": "admitted"}).status_code == 404
    desk.post(at("take_back", row.pk), {"reason": "排错了"})
    assert standing(row) == [State.RANKED]


def test_places_page_asks_as_much_for_many_as_for_few(desk: Client, staff_user: User) -> None:
    intake = make_intake(make_year(places=60))
    make(staff_user, intake, State.PROPOSED, State.RESERVE, State.RANKED)
    few = queries_of(desk, at("places", intake.pk))
    make(staff_user, make_intake(), State.PROPOSED)
    for rank in range(10, 30):
        make_application(staff_user, intake, State.PROPOSED, rank=rank)
    assert queries_of(desk, at("places", intake.pk)) == few
    for name in ("propose", "announce"):
        assert desk.get(at(name, intake.pk)).status_code == 200


# --- In public ---------------------------------------------------------------------------


@pytest.fixture
def announced(two_places: Intake, staff_user: User) -> Announcement:
    """From Monday to Friday, with two who hold places and one who waits."""
    people = [make_person("欧阳小明"), make_person("王芳")]
    rows = [
        make_application(staff_user, two_places, State.PROPOSED, rank=rank, person=person)
        for rank, person in enumerate(people, 1)
    ]
    make_application(staff_user, two_places, State.RESERVE, rank=3)
    numbers = [row.pk for row in rows]
    facts = {"first_on": MONDAY, "by": staff_user, "now": NOW}
    return announcing.announce(intake=two_places, numbers=numbers, **facts)


def test_staff_put_up_what_the_preview_shows(
    desk: Client, two_places: Intake, staff_user: User
) -> None:
    rows = make(staff_user, two_places, *[State.PROPOSED] * 2)
    page = desk.get(at("announce", two_places.pk), {"first_on": MONDAY})
    assert (page.context["first_on"], page.context["last_on"]) == (MONDAY, date(2026, 12, 4))
    sent = {"first_on": MONDAY, "number": [row.pk for row in rows]}
    desk.post(at("announce", two_places.pk), sent)
    assert standing(*rows) == [State.ANNOUNCED] * 2


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 11, 29), False),
        (MONDAY, True),
        (date(2026, 12, 4), True),
        (date(2026, 12, 5), False),
    ],
)
def test_names_stand_half_covered_on_the_days_alone(
    day: date,
    names: bool,
    client: Client,
    announced: Announcement,
    clock: Callable[[datetime], None],
) -> None:
    clock(moment(day, time(23, 59)))
    page = client.get(at("announcement", announced.pk)).content.decode()
    assert ("欧*明" in page) == ("王*" in page) == names
    assert "欧阳小明" not in page
    assert "录取" not in page
    assert client.get(at("object", announced.pk)).status_code == (200 if names else 404)


def test_public_page_tells_nothing_else(
    client: Client, announced: Announcement, clock: Callable[[datetime], None]
) -> None:
    clock(moment(MONDAY))
    row = Application.objects.get(rank=1)
    page = client.get(at("announcement", announced.pk)).content.decode()
    assert f"/{row.pk}/" not in page.replace(f"/{announced.pk}/", "")
    assert client.get(at("announcements")).context["announcements"].count() == 1


def test_anybody_objects_and_reads_the_decision(
    client: Client,
    desk: Client,
    announced: Announcement,
    clock: Callable[[datetime], None],
    as_user: Callable[[User], Client],
    make_user: Callable[..., User],
) -> None:
    clock(moment(MONDAY, time(9)))
    row = Application.objects.get(rank=1)
    sent = {"sheet": uuid4(), "application": row.pk, "words": "不住在这里", "objector": "梁先生"}
    outcome = client.post(at("object", announced.pk), sent).url
    objection = Objection.objects.get()
    assert objection.way == Objection.Way.FORM
    assert "梁先生" not in client.get(outcome).content.decode()
    page = desk.get(at("objection", objection.pk))
    assert page.context["has_reviewed"] is True
    lead = as_user(make_user(Role.BRANCH_LEAD))
    lead.post(at("objection", objection.pk), {"upheld": "no", "answer": "已核实"})
    assert "已核实" in client.get(outcome).content.decode()
    assert standing(row) == [State.ANNOUNCED]


@pytest.mark.usefixtures("announced")
def test_staff_enter_what_came_by_telephone(
    desk: Client, two_places: Intake, clock: Callable[[datetime], None]
) -> None:
    clock(moment(date(2026, 12, 7), time(9)))
    row = Application.objects.get(rank=1)
    sent = {"sheet": uuid4(), "application": row.pk, "words": "不住在这里", "objector": "匿名"}
    sent |= {"way": "phone", "received_on": date(2026, 12, 4)}
    desk.post(at("objection_enter", two_places.pk), sent)
    assert Objection.objects.get().made_by is not None
    assert desk.get(at("resolve", two_places.pk)).context["form"].rows == [
        Application.objects.get(rank=2)
    ]


def test_nobody_sees_objections_about_the_own_family(
    announced: Announcement,
    staff_user: User,
    desk: Client,
    client: Client,
    clock: Callable[[datetime], None],
) -> None:
    clock(moment(MONDAY, time(9)))
    row = Application.objects.get(rank=1)
    row.guardian = staff_user.resident
    row.save()
    sent = {"sheet": uuid4(), "application": row.pk, "words": "不住在这里", "objector": "梁先生"}
    client.post(at("object", announced.pk), sent)
    assert desk.get(at("objection", Objection.objects.get().pk)).status_code == 404


@pytest.mark.usefixtures("announced")
def test_resolution_and_reporting_are_entered_in_one_go(
    desk: Client, two_places: Intake, clock: Callable[[datetime], None], staff_user: User
) -> None:
    clock(moment(date(2026, 12, 8), time(9)))
    first, second = Application.objects.filter(rank__lte=2).order_by("rank")
    sent = {"decided_on": date(2026, 12, 7), "document_number": "叠委〔2026〕9号"}
    sent |= {f"answer_{first.pk}": "yes", f"answer_{second.pk}": "no"}
    page = desk.post(at("resolve", two_places.pk), sent)
    assert page.context["form"].errors.keys() == {f"reason_{second.pk}"}
    desk.post(at("resolve", two_places.pk), sent | {f"reason_{second.pk}": "材料不实"})
    assert standing(first, second) == [State.CONFIRMED, State.NOT_ADMITTED]
    announcing.admit(application=first, by=staff_user, now=NOW)
    desk.post(at("report", two_places.pk), {f"answer_{first.pk}": "yes"})
    assert standing(first) == [State.REPORTED]


# --- The reserve list --------------------------------------------------------------------


def test_staff_offer_the_next_and_close_the_list(
    desk: Client, two_places: Intake, staff_user: User
) -> None:
    first, second = make(staff_user, two_places, State.RESERVE, State.RESERVE)
    desk.post(at("offer_next", two_places.pk))
    assert standing(first, second) == [State.OFFERED, State.RESERVE]
    desk.post(at("close_reserve", two_places.pk), {"reason": "已开学"})
    assert standing(first, second) == [State.OFFERED, State.REFUSED]
