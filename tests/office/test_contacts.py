"""What is entered in the liaison log, what follows from it, and who is reminded."""

from datetime import date, timedelta

import pytest
from django.db import connection

from diedie_edu.accounts.actions import accounts
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.parts import DeskProblems, rows_of
from diedie_edu.notices.models import Notice
from diedie_edu.office.actions import contacts
from diedie_edu.office.actions.contacts import plan_reminders
from diedie_edu.office.models import Contact, FollowUp
from diedie_edu.office.queries.contacts import side_of
from tests.conftest import NOW
from tests.support.liaison import make_contact, make_follow_up
from tests.support.refusals import check_at_once, code_of, refused_by

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def follow_up(lead):
    return make_follow_up(make_contact(lead), lead)


def told() -> list[tuple[int, str]]:
    rows = Notice.objects.filter(kind="office.follow_up_due", channel="inbox").order_by("pk")
    return list(rows.values_list("account", "status"))


def test_each_programme_liaises_with_whom_the_plan_names():
    """Facts 1, the matrix."""
    sides = {
        "residents-school": "community",
        "after-school": "community",
        "happy-square": "civil_group",
        "edu-base": "committee",
    }
    assert {slug: side_of(slug) for slug in sides} == sides
    assert side_of("fifth") == ""


def test_the_log_says_what_has_taken_place_and_what_follows_comes_after(lead):
    assert code_of(lambda: make_contact(lead, held_on=date(2026, 11, 24))) == "ahead"
    made = make_contact(lead)
    assert code_of(lambda: make_follow_up(made, lead, due_on=date(2026, 11, 19))) == "early"


def test_a_phone_lies_sealed_in_the_database(lead):
    made = make_contact(lead, person="林主任", phone="13800001111")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM office_contact WHERE id = %s", [made.pk])
        assert cursor.fetchone()[0].startswith("gAAAA")
    assert Contact.objects.get().phone == "13800001111"


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("a_contact_says_what_it_was_about", {"subject": ""}),
        ("side_of_a_contact_is_known", {"side": "somebody"}),
    ],
)
def test_the_database_takes_no_contact_about_nothing_and_no_other_side(constraint, fields, lead):
    with refused_by(constraint):
        make_contact(lead, **fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("a_follow_up_says_what", {"what": ""}),
        ("a_follow_up_is_reminded_of_or_done", {"remind_on": None}),
        ("a_follow_up_is_reminded_of_or_done", {"done_at": NOW, "remind_on": None}),
    ],
)
def test_a_follow_up_says_what_and_is_reminded_of_until_somebody_has_done_it(
    constraint, fields, follow_up
):
    with refused_by(constraint):
        FollowUp.objects.update(**fields)


def test_whoever_does_it_is_reminded_on_its_day_and_again_after_three_working_days(lead, follow_up):
    days = (0, 3, 4, 4, 6, 8, 9, 9)  # due on Friday the 27th; the Wednesday after is the 9th day
    assert [plan_reminders(NOW + day * DAY) for day in days] == [0, 0, 1, 0, 0, 0, 1, 0]
    assert [account for account, _status in told()] == [lead.pk] * 2


def test_what_is_due_on_a_weekend_is_reminded_of_on_the_friday_before(lead):
    row = make_follow_up(make_contact(lead), lead, due_on=date(2026, 11, 29))
    assert row.remind_on == date(2026, 11, 27)


def test_make_up_days_count_as_working_days(lead):
    """Facts 2: 10 October 2026, a Saturday, is worked."""
    contact = make_contact(lead, held_on=date(2026, 9, 1))
    row = FollowUp(contact=contact, owner=lead, what="交材料", due_on=date(2026, 10, 10))
    contacts.keep_follow_up(follow_up=row, now=NOW - 60 * DAY)
    assert row.remind_on == date(2026, 10, 10)


def test_what_is_late_when_it_is_entered_is_reminded_of_at_once(lead):
    make_follow_up(make_contact(lead), lead, due_on=date(2026, 11, 21))
    assert plan_reminders(NOW) == 1


def test_nobody_is_reminded_of_what_is_done(lead, square_lead, follow_up):
    plan_reminders(NOW + 4 * DAY)
    contacts.tick(follow_up=follow_up, done=True, by=lead, now=NOW + 4 * DAY)
    contacts.tick(follow_up=follow_up, done=True, by=square_lead, now=NOW + 5 * DAY)
    follow_up.refresh_from_db()
    assert (follow_up.done_by, follow_up.remind_on) == (lead, None)
    assert plan_reminders(NOW + 9 * DAY) == 0
    assert [status for _account, status in told()] == ["cancelled"]
    contacts.tick(follow_up=follow_up, done=False, by=lead, now=NOW + 9 * DAY)
    check_at_once()
    assert plan_reminders(NOW + 9 * DAY) == 1


def test_of_a_new_day_it_is_reminded_anew(lead, follow_up):
    plan_reminders(NOW + 4 * DAY)
    follow_up.due_on = date(2026, 12, 10)
    contacts.keep_follow_up(follow_up=follow_up, now=NOW + 4 * DAY)
    assert plan_reminders(NOW + 9 * DAY) == 0
    assert [status for _account, status in told()] == ["cancelled"]


def test_where_the_account_is_closed_the_leads_hear_of_it(lead, make_user, follow_up):
    gone = make_user(Role.RESIDENT)
    FollowUp.objects.update(owner=gone)
    accounts.close_account(user=gone, by=make_user(is_superuser=True), now=NOW)
    plan_reminders(NOW + 4 * DAY)
    assert [account for account, _status in told()] == [lead.pk]
    assert FollowUp.objects.get().owner_id == gone.pk


def test_the_desk_says_what_is_late_and_what_is_ones_own(lead, square_lead, follow_up):
    def said(user, days):
        rows = rows_of(DeskProblems, user, NOW + days * DAY)
        return [(row.tone, row.url) for row in rows if "contacts" in row.url]

    assert said(lead, 0) == [("amber", "/desk/office/contacts/?open=open")]
    assert said(lead, 5) == [("brick", "/desk/office/contacts/?open=late")]
    assert said(square_lead, 5) == []
