"""Of a grown-up who has one of everything nothing is left but what the law keeps."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity, Attendance, SignUp
from diedie_edu.door.models import Feedback
from diedie_edu.people.actions import erasing
from diedie_edu.people.models import ErasureRequest, Household, Resident, Volunteer
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.hours import hours_by_kind
from tests.conftest import NOW
from tests.support import lives
from tests.support.dumping import places_of
from tests.support.lives import NUMBER, WORDS
from tests.support.refusals import check_at_once
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
# Where the number of somebody who is erased goes on standing, and nothing else of them.
KEPT = {
    "people_resident.id",
    "people_erasurerequest.resident_id",  # that it was done, and when
    "people_personevent.resident_id",  # what was done, without a reason
    "people_volunteer.resident_id",  # hours, as figures by kind
    "publicity_pictureconsent.person_id",  # that it was agreed to
    "edu_base_application.person_id",
    "accounts_securityevent.what",  # what touched safety, for six months
    "django_admin_log.object_id",
    "django_admin_log.object_repr",
    "keeping_ending.number",  # so that no back-up brings them back
}
ALL = {"scope": "all", "seen": "signed_in", "now": NOW}


@pytest.fixture
def person(make_user, make_lecture, topic, staff_user, as_user) -> Resident:
    found = lives.grown_up(make_user(Role.RESIDENT, Role.VOLUNTEER))
    past, ahead = make_lecture(NOW.date() - timedelta(days=2)), make_lecture(topic=topic)
    lives.visits(found, past, ahead)
    lives.wishes(found, topic)
    lives.asks(found, topic)
    lives.serves(found, past, make_lecture(topic=topic), topic, staff_user)
    lives.belongs(found, staff_user)
    lives.hears(found, ahead, staff_user)
    touched(found, as_user(staff_user))
    return found


def touched(person: Resident, staff) -> None:
    """Staff open the record in the admin site and change it."""
    page = reverse("admin:people_resident_change", args=[person.pk])
    form = {name: getattr(person, name) for name in ("full_name", "birth_date", "phone", "email")}
    form |= {"residency": "permanent", "gender": "f", "household": person.household_id}
    form |= {f"{rows}-{what}_FORMS": 0 for rows in ("guardians", "wards") for what in COUNTS}
    assert staff.post(page, opened(staff, page) | form).status_code == 302


COUNTS = ("TOTAL", "INITIAL")


@pytest.fixture
def account(person) -> User:
    return person.account


@pytest.fixture
def done(person, account) -> ErasureRequest:
    assert all(map(places_of, WORDS.values())), "there is something to find"
    request = erasing.ask(resident=person, account=account, by=account, **ALL)
    erasing.carry_out(request=request, by=None, now=NOW)
    check_at_once()
    return request


def test_nothing_of_them_is_left_in_any_table(done):
    found = {what: places_of(text) for what, text in WORDS.items()}
    assert {what: places for what, places in found.items() if places} == {}
    assert places_of(str(NUMBER)) <= KEPT
    assert not Household.objects.exists()


def test_account_is_closed_and_the_request_says_so(done, account):
    closed = User.rows.get(pk=account.pk)
    assert (closed.phone, closed.display_name, closed.is_active) == ("", "", False)
    assert closed.erased_at is not None
    done.refresh_from_db()
    assert done.ending == "done"


def test_figures_stay(done):
    visit = Attendance.objects.get()
    assert (visit.resident, visit.recorded_by) == (None, None)
    said = Feedback.objects.get()
    assert (said.use, said.words) == ("much", "")
    assert Duty.objects.get().served_minutes == 90
    [kind] = hours_by_kind({""}, NOW - timedelta(days=9), NOW)
    assert (kind.people, kind.minutes) == (1, 90)
    emptied = Volunteer.objects.get()
    assert (emptied.introduction, emptied.is_active) == ("", False)


def test_places_ahead_are_free_again(done):
    assert not SignUp.objects.filter(status__in=SignUp.LIVE, resident=NUMBER).exists()
    assert list(Activity.objects.filter(lecture__isnull=False, taken__gt=0)) == []


def test_admin_log_names_them_by_number(done):
    [line] = LogEntry.objects.filter(object_id=str(NUMBER))
    assert line.object_repr == str(NUMBER)
