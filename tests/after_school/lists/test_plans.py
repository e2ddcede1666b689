"""What a check costs, and two lists at once."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from after_school.lists.enrolments import EnrolmentsPlan
from after_school.models import Enrolment
from diedie_edu.common.manifests import parts_by
from diedie_edu.common.spreadsheets.reader import read_table
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists import kinds
from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.actions import consents
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.after_school.lists.rows import AFTERNOON, PUPILS, ROSTER, pupil
from tests.common.spreadsheets.files import xlsx
from tests.conftest import NOW
from tests.support.children import consent_text
from tests.support.races import meanwhile

pytestmark = pytest.mark.django_db


def statements(kind: str, rows: list[list[object]], user) -> int:
    """Of matching every row, faults among them or not."""
    chosen = kinds.list_kind(kind)
    table = read_table(xlsx(*rows), chosen.columns(TODAY), max_rows=chosen.max_rows)
    with CaptureQueriesContext(connection) as queries:
        plan = chosen.plan(table, user, NOW)
    assert len(plan.entries) == len(rows) - 1
    return len(queries)


def test_three_children_are_matched_in_as_many_statements_as_one(term, staff_user):
    consent_text()
    rows = [PUPILS, *(pupil(child=name) for name in ("陈一宝", "陈二宝", "陈三宝"))]

    assert statements("pupils", rows[:2], staff_user) == statements("pupils", rows, staff_user)


def test_a_roster_is_matched_in_a_fixed_number(term, session, make_volunteer, staff_user):
    rows = [ROSTER]
    for zone in ("课业辅导区", "综合活动区", "课业辅导区"):
        volunteer = make_volunteer()
        rows.append([TODAY, zone, volunteer.resident_id, volunteer.resident.full_name, ""])

    assert statements("roster", rows[:2], staff_user) == statements("roster", rows, staff_user)
    assert not Duty.objects.exists()


def test_an_afternoon_is_matched_in_a_fixed_number(session, enrol_child, make_child, staff_user):
    rows = [AFTERNOON]
    for name in ("陈一宝", "陈二宝", "陈三宝"):
        child = enrol_child(make_child(full_name=name)).child
        rows.append([TODAY, child.pk, child.full_name, "", "16:35", "", "", "", ""])

    one, three = (statements("afternoons", rows[:end], staff_user) for end in (2, 4))
    assert one == three


# --- Two lists with one new child ------------------------------------------------------


@pytest.fixture
def two_lists(upload, term, now, monkeypatch):
    """Both confirmed; the second is loaded while the first has just entered the guardian."""
    consent_text()
    lists = [upload(PUPILS, pupil(), kind="pupils") for _list in range(2)]
    for _list in lists:
        run_next(now)
    for job in lists:
        assert imports.confirm_import(job=job)
    monkeypatch.setattr("diedie_edu.lists.actions.loading.WAIT_FOR_REGISTER", "50ms")
    others = [lambda: meanwhile(lambda: run_next(now)).result()]

    add = consents.add_grown_up

    def slowly(**guardian: str):
        entered = add(**guardian)
        if others:
            others.pop()()
        return entered

    monkeypatch.setattr("diedie_edu.people.actions.consents.add_grown_up", slowly)


@pytest.mark.django_db(transaction=True)
def test_two_lists_at_once_bring_a_child_in_once(two_lists, now):
    while run_next(now):
        pass

    assert Enrolment.objects.count() == 1
    assert {job.status for job in ImportJob.objects.all()} == {"done"}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_list_is_sent_back(two_lists, now, monkeypatch):
    """The negative control: what holding the people still is there for. Without the terms' lock,
    too, at which the second would wait for the first, and here the first waits for it."""
    monkeypatch.setattr(EnrolmentsPlan, "lock", lambda _plan: None)
    loose = replace(kinds.list_kind("pupils"), locked_tables=())
    monkeypatch.setitem(parts_by(kinds.ListKind, "slug"), "pupils", loose)
    while run_next(now):
        pass

    assert {job.status for job in ImportJob.objects.all()} == {"done", "faulty"}
