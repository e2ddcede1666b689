"""Pages of visits, findings and support: few taps for staff, one answer for leaders."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import User
from happy_square.actions import findings
from happy_square.models import Finding, Group, Point, Support, Visit
from happy_square.queries.growth import Row
from happy_square.queries.guidance_desk import problems
from tests.conftest import NOW
from tests.happy_square.conftest import IN_A_WEEK
from tests.happy_square.counting import count, held
from tests.support.groups import TODAY, lead, make_group
from tests.support.seats import make_residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AsUser = Callable[[User], Client]
UNSEEN = dict.fromkeys(Point.values, "unseen")


@pytest.fixture
def office(as_user: AsUser, staff_user: User) -> Client:
    return as_user(staff_user)


def page(name: str, *keys: object) -> str:
    return reverse(f"happy_square:{name}", args=keys)


def dues(client: Client, group: Group) -> str:
    """The day that the form proposes."""
    form = client.get(page("visit", group.pk)).context["form"]
    return form["noise_due"].field.choices[0][0]


# --- The visit -------------------------------------------------------------------------


def test_one_button_says_that_all_five_are_in_order(office: Client, group: Group) -> None:
    sent = office.post(page("visit", group.pk), {"sheet": uuid4(), "all_well": "1"} | UNSEEN)
    assert sent.status_code == 200, "without the days of its form it is not sent by our page"
    form = {f"{point}_due": dues(office, group) for point in Point.values}
    sent = office.post(page("visit", group.pk), form | {"sheet": uuid4(), "all_well": "1"} | UNSEEN)
    assert sent.url == page("group_guidance", group.pk)
    assert Visit.objects.get().in_order == Point.values


def test_what_is_found_asks_for_words(office: Client, group: Group) -> None:
    form = {f"{point}_due": dues(office, group) for point in Point.values} | UNSEEN
    form |= {"sheet": uuid4(), "safety": "in_order", "noise": "found"}
    answer = office.post(page("visit", group.pk), form)
    assert answer.context["form"].errors.keys() == {"noise_what"}
    office.post(page("visit", group.pk), form | {"noise_what": "音响太大"})
    visit = Visit.objects.get()
    found = visit.findings.get()
    assert (visit.in_order, found.point, found.what) == (["safety"], "noise", "音响太大")
    assert found.due_on == date(2026, 11, 30), "five working days on"


def test_a_visit_that_says_nothing_is_not_saved(office: Client, group: Group) -> None:
    form = {f"{point}_due": dues(office, group) for point in Point.values} | UNSEEN
    answer = office.post(page("visit", group.pk), form | {"sheet": uuid4()})
    assert answer.status_code == 200
    assert not Visit.objects.exists()


@pytest.mark.parametrize("groups", [1, 3])
def test_the_overview_takes_the_same_number_of_queries(
    office: Client, visit: Callable, groups: int, django_assert_max_num_queries: Callable
) -> None:
    for _group in range(groups):
        visit("noise", "accounts", group=make_group())
    with django_assert_max_num_queries(16):
        assert office.get(page("guidance")).status_code == 200


# --- Findings --------------------------------------------------------------------------


def test_the_leader_answers_on_the_groups_page(
    as_user: AsUser, leader: User, group: Group, finding: Finding
) -> None:
    client = as_user(leader)
    assert finding.what in client.get(page("group_findings", group.pk)).content.decode()
    sent = {"finding": finding.pk, "words": "已经调低"}
    assert client.post(page("group_findings", group.pk), sent).status_code == 302
    assert finding.follow_ups.get().by == leader


def test_another_groups_finding_is_not_there(
    as_user: AsUser, leader: User, finding: Finding, make_user: Callable[..., User]
) -> None:
    other, somebody = make_group(), make_user()
    lead(other, somebody.resident)
    client = as_user(somebody)
    sent = {"finding": finding.pk, "words": "x"}
    assert client.post(page("group_findings", other.pk), sent).status_code == 404
    assert client.get(page("group_findings", finding.group_id)).status_code == 404


def test_staff_close_what_they_have_read_to_the_end(
    office: Client, as_user: AsUser, leader: User, finding: Finding
) -> None:
    form = {"words": "现场看过", "due_on": f"{IN_A_WEEK}", "what": "closed", "seen": ""}
    as_user(leader).post(
        page("group_findings", finding.group_id), {"finding": finding.pk, "words": "好了"}
    )
    answer = office.post(page("finding", finding.pk), form)
    assert answer.context["form"].errors.as_data()["__all__"][0].code == "said_more"
    form["seen"] = finding.follow_ups.get().pk
    assert office.post(page("finding", finding.pk), form).status_code == 302
    finding.refresh_from_db()
    assert finding.is_closed


def test_what_is_not_enough_goes_back_with_a_new_day(office: Client, finding: Finding) -> None:
    form = {"words": "还是响", "due_on": "2026-12-07", "what": "open", "seen": ""}
    office.post(page("finding", finding.pk), form)
    finding.refresh_from_db()
    assert (finding.state, finding.due_on) == ("open", date(2026, 12, 7))


# --- Support ---------------------------------------------------------------------------


def test_support_is_entered_changed_and_taken_out(
    office: Client, group: Group, staff_user: User
) -> None:
    given = {"sort": "money", "what": "购买音箱", "given_on": f"{TODAY}", "amount": ""}
    answer = office.post(page("support_add", group.pk), given)
    assert answer.context["form"].errors.keys() == {"amount"}
    office.post(page("support_add", group.pk), given | {"amount": "300.50", "receipt": "A-12"})
    row = Support.objects.get()
    assert (f"{row.amount}", row.receipt, row.entered_by) == ("300.50", "A-12", staff_user)
    opened = office.get(page("support_change", row.pk)).context["form"]["opened"].value()
    office.post(
        page("support_change", row.pk), given | {"amount": "280", "opened": opened, "receipt": ""}
    )
    row.refresh_from_db()
    assert (f"{row.amount}", row.receipt) == ("280.00", "")
    office.post(page("support_take_out", row.pk))
    assert not Support.objects.exists()


# --- The desk --------------------------------------------------------------------------


def test_the_desk_says_what_is_overdue(
    staff_user: User, resident_user: User, visit: Callable
) -> None:
    visit("noise", due_on=TODAY)
    assert list(problems(staff_user, NOW)) == []
    (row,) = problems(staff_user, NOW + timedelta(days=1))
    assert (row.tone, row.url) == ("brick", page("guidance"))
    assert list(problems(resident_user, NOW + timedelta(days=1))) == []


def test_my_page_shows_a_leader_what_is_open(
    as_user: AsUser, leader: User, stranger: User, finding: Finding
) -> None:
    assert finding.what in as_user(leader).get("/me/").content.decode()
    assert finding.what not in as_user(stranger).get("/me/").content.decode()


# --- Growth ----------------------------------------------------------------------------


def test_leads_see_every_number_of_the_days_they_choose(office: Client, group: Group) -> None:
    count(held(group, TODAY), make_residents(3), guests=2)
    shown = office.get(page("growth"), {"first": f"{TODAY}", "last": f"{TODAY}"}).context
    assert shown["growth"].first == TODAY
    rows = {title: [row for _label, row in lines] for title, lines in shown["tables"]}
    assert list(rows.values()) == [[Row(3, 3, 2)], [Row(3, 3, 2)], [Row(3, 3, 0)], [Row(3, 3, 2)]]
    wrong = office.get(page("growth"), {"first": f"{TODAY}", "last": "2020-01-01"})
    assert wrong.context["form"].errors.keys() == {"last"}


# --- Queries ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["guidance", "group_guidance", "group_findings", "growth"])
def test_more_rows_take_no_more_queries(
    office: Client, visit: Callable, group: Group, leader: User, name: str
) -> None:
    address = page(name, *([group.pk] if name.startswith("group_") else []))

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert office.get(address).status_code == 200
        return len(seen)

    def fill() -> None:
        row = visit("noise", "accounts").findings.first()
        findings.answer(finding=row, words="好了", by=leader, now=NOW)
        count(held(make_group(kind=group.kind), TODAY), make_residents(2), guests=3)

    fill()
    queries()  # what is remembered per process
    before = queries()
    fill(), fill()
    assert queries() == before
