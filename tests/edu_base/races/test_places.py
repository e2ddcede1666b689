"""Two hundred approvals at once for one place, and a hundred of one household: by the page, by the
action of the admin site and by a list."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import pytest
from django.db import connection, models, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.lists.plans import FaultyListError
from edu_base.actions import proposing
from edu_base.lists.outcomes import PLACING_LIST
from edu_base.models import Application, Intake, SchemeYear, State
from edu_base.models.states import BLOCKS
from edu_base.queries import places as queries
from tests.common.spreadsheets.files import xlsx
from tests.conftest import NOW
from tests.support.crowds import make_ranked
from tests.support.education import make_dwelling, make_intake, make_year
from tests.support.races import all_look_first, together
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
STAFF = 25  # at once; each of them asks for several, one after the other
Rows = list[Application]
Ask = Callable[[Application], object]


# --- The three ways ----------------------------------------------------------------------


def by_page(client: Client, row: Application) -> None:
    url = reverse("edu_base:place_one", args=[row.pk])
    assert client.post(url, {"to": "proposed"}).status_code == 302


def by_admin(client: Client, row: Application) -> None:
    url = reverse("admin:edu_base_application_changelist")
    sent = {"action": "propose", "_selected_action": [row.pk]}
    assert client.post(url, sent).status_code == 302


def by_list(by: User, row: Application) -> None:
    """As a worker loads it."""
    head = ["申请编号", "姓名", "结果"]
    content = xlsx(head, [row.pk, row.person.full_name, "拟推荐"])
    table = read_table(content, PLACING_LIST.columns(NOW.date()), max_rows=9)
    with suppress(FaultyListError), transaction.atomic():
        PLACING_LIST.plan(table, by, NOW).write(lambda _rows: None, by, NOW)


@pytest.fixture(params=["page", "admin", "list"])
def asks(
    request: pytest.FixtureRequest, staff_user: User, as_user: Callable[[User], Client]
) -> list[Ask]:
    """One for each of the staff."""
    if request.param == "list":
        return [partial(by_list, staff_user)] * STAFF
    act = by_page if request.param == "page" else by_admin
    return [partial(act, as_user(staff_user)) for _one in range(STAFF)]


def all_propose(asks: list[Ask], rows: Rows) -> int:
    """How many hold a place afterwards."""

    def work(person: int) -> None:
        for row in rows[person::STAFF]:
            asks[person](row)

    together(*[partial(work, person) for person in range(STAFF)])
    return holding(rows)


def holding(rows: Rows) -> int:
    found = Application.objects.filter(pk__in=[row.pk for row in rows])
    return found.filter(state=State.PROPOSED).count()


@contextmanager
def without(model: type[models.Model], name: str, mend: Callable[[], object]) -> Iterator[None]:
    """The table without one of its constraints; `mend` lets its rows keep to it again."""
    guard = next(row for row in model._meta.constraints if row.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, guard)
    try:
        yield
    finally:
        mend()
        with connection.schema_editor() as editor:
            editor.add_constraint(model, guard)


def look_and_propose(
    monkeypatch: pytest.MonkeyPatch, look: str, is_open: Callable[[], bool], rows: Rows, by: User
) -> int:
    """What it would be to look first and write then: all have looked before anybody writes."""
    all_look_first(monkeypatch, queries, look, len(rows))

    def ask(row: Application) -> None:
        if is_open():
            facts = {"to": State.PROPOSED, "by": by, "now": NOW}
            code_of(partial(proposing.place, application=row, **facts))

    together(*[partial(ask, row) for row in rows])
    return holding(rows)


# --- The last place of a class -----------------------------------------------------------


@pytest.fixture
def one_place(staff_user: User) -> Intake:
    return make_intake(make_year(places=25), places=1)


def full_class() -> None:
    Intake.objects.update(places=F("taken"))


def test_last_place_of_a_class_goes_to_one_of_two_hundred(
    one_place: Intake, asks: list[Ask], staff_user: User
) -> None:
    assert all_propose(asks, make_ranked(staff_user, one_place, 200)) == 1
    one_place.refresh_from_db()
    assert one_place.taken == one_place.places == 1


def test_control_without_the_guard_of_the_class_more_go_in(
    one_place: Intake, asks: list[Ask], staff_user: User
) -> None:
    rows = make_ranked(staff_user, one_place, STAFF)
    with without(Intake, "class_keeps_its_places", full_class):
        assert all_propose(asks, rows) == STAFF


def test_control_looking_first_and_writing_then_overbooks_the_class(
    one_place: Intake, staff_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_open() -> bool:
        return queries.free_places(Intake.objects.select_related("scheme_year").get()) > 0

    rows = make_ranked(staff_user, one_place, 10)
    with without(Intake, "class_keeps_its_places", full_class):
        assert look_and_propose(monkeypatch, "free_places", is_open, rows, staff_user) == 10


# --- The ceiling over two classes --------------------------------------------------------


@pytest.fixture
def two_classes(staff_user: User) -> list[Intake]:
    """Each with twenty places free, and one left under the ceiling."""
    year = make_year(places=1)
    return [make_intake(year, places=20), make_intake(year, places=20)]


def full_year() -> None:
    SchemeYear.objects.update(places=F("taken"))


def test_one_place_under_the_ceiling_goes_to_one_of_two_hundred(
    two_classes: list[Intake], asks: list[Ask], staff_user: User
) -> None:
    of_each = [make_ranked(staff_user, intake, 100) for intake in two_classes]
    rows = [row for pair in zip(*of_each, strict=True) for row in pair]
    assert all_propose(asks, rows) == 1
    assert SchemeYear.objects.get().taken == 1


def test_control_without_the_ceiling_both_classes_are_filled(
    two_classes: list[Intake], asks: list[Ask], staff_user: User
) -> None:
    rows = [row for intake in two_classes for row in make_ranked(staff_user, intake, 25)]
    with without(SchemeYear, "year_keeps_its_ceiling", full_year):
        assert all_propose(asks, rows) == 40


def test_control_looking_first_and_writing_then_breaks_the_ceiling(
    two_classes: list[Intake], staff_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_open() -> bool:
        return queries.free_places(Intake.objects.select_related("scheme_year").first()) > 0

    rows = [row for intake in two_classes for row in make_ranked(staff_user, intake, 5)]
    with without(SchemeYear, "year_keeps_its_ceiling", full_year):
        assert look_and_propose(monkeypatch, "free_places", is_open, rows, staff_user) == 10


# --- One of a household ------------------------------------------------------------------


@pytest.fixture
def of_one_household(staff_user: User) -> Callable[[int], Rows]:
    """So many of each of four years, which do not wait for each other."""

    def make(number: int) -> Rows:
        home = make_dwelling(staff_user)
        classes = [make_intake(make_year(year=NOW.year - ago, places=99)) for ago in range(4)]
        return [row for one in classes for row in make_ranked(staff_user, one, number, home)]

    return make


def part_households(by: User) -> None:
    for row in Application.objects.filter(state__in=BLOCKS):
        row.dwelling = make_dwelling(by)
        row.save(update_fields=["dwelling"])


def test_one_of_a_hundred_of_one_household_is_taken(
    of_one_household: Callable[[int], Rows], asks: list[Ask]
) -> None:
    assert all_propose(asks, of_one_household(25)) == 1


def test_control_without_the_guard_of_the_household_all_are_taken(
    of_one_household: Callable[[int], Rows], asks: list[Ask], staff_user: User
) -> None:
    rows = of_one_household(5)
    mend = partial(part_households, staff_user)
    with without(Application, "one_student_of_a_household", mend):
        assert all_propose(asks, rows) == 20


def test_control_looking_first_and_writing_then_takes_several_of_a_household(
    of_one_household: Callable[[int], Rows], staff_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = of_one_household(2)
    intake = rows[0].intake
    mend = partial(part_households, staff_user)

    def is_open() -> bool:
        return not queries.households_with_student(intake)

    with without(Application, "one_student_of_a_household", mend):
        look = "households_with_student"
        assert look_and_propose(monkeypatch, look, is_open, rows, staff_user) == len(rows)
