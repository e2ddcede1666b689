"""What touches the safety of the house leaves a trail that nobody changes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from diedie_edu.accounts.actions import accounts, roles, trail
from diedie_edu.accounts.models import SecurityEvent, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.actions.residents import delete_guardianship
from diedie_edu.people.models import Guardianship
from tests.conftest import NOW
from tests.support.refusals import guard_that_stops

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Kind = SecurityEvent.Kind


def events(kind: str) -> list[tuple[int | None, int | None, str]]:
    rows = SecurityEvent.objects.filter(kind=kind)
    return list(rows.values_list("account", "about", "what"))


# --- The table -------------------------------------------------------------------------


def test_nobody_changes_or_empties_it():
    trail.note(Kind.EXPORT, by=5, what="residents 3", now=NOW)
    rows = SecurityEvent.objects.all()
    assert guard_that_stops(lambda: rows.update(account=6)) == "the_trail_stays_as_it_was"
    with connection.cursor() as cursor:
        emptied = lambda: cursor.execute("TRUNCATE accounts_securityevent")  # noqa: E731
        assert guard_that_stops(emptied) == "the_trail_is_never_emptied"


@pytest.mark.parametrize("months", [0, 5])
def test_rows_of_six_months_are_not_deleted(months):
    """The clock of the database counts, which no setting moves."""
    SecurityEvent.objects.create(kind=Kind.EXPORT, at=real_now() - timedelta(days=30 * months))
    rows = SecurityEvent.objects.all()
    assert guard_that_stops(rows.delete) == "the_trail_is_kept_for_six_months"


def real_now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def test_the_old_end_goes_and_no_setting_makes_it_go_earlier(settings):
    settings.TRAIL_KEEP_DAYS = 1
    now = real_now()
    for days in (200, 100):
        trail.note(Kind.EXPORT, what=f"{days}", now=now - timedelta(days=days))
    assert trail.forget_old_events(now) == 1
    assert [what for *_who, what in events(Kind.EXPORT)] == ["100"]


def test_without_the_trigger_it_could_be_wiped():
    trail.note(Kind.EXPORT, by=5, what="residents 3", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_securityevent DISABLE TRIGGER USER")
    assert SecurityEvent.objects.all().delete()[0]


# --- What is written -------------------------------------------------------------------


def test_roles_passwords_accounts_and_endings(make_user, resident_user):
    lead = make_user(Role.BRANCH_LEAD, Role.STAFF)
    grant = {"user": resident_user, "role": Role.STAFF, "by": lead, "now": NOW}
    roles.grant_role(**grant)
    roles.revoke_role(**grant)
    accounts.set_password(user=resident_user, password="ein-langes-wort", now=NOW)
    accounts.keep_account(user=resident_user, by=lead, now=NOW)
    accounts.close_account(user=resident_user, by=lead, now=NOW)
    assert events(Kind.ROLE_GIVEN) == [(lead.pk, resident_user.pk, "staff")]
    assert events(Kind.ROLE_TAKEN) == [(lead.pk, resident_user.pk, "staff")]
    assert events(Kind.PASSWORD) == [(None, resident_user.pk, "")]
    assert events(Kind.ACCOUNT) == [(lead.pk, resident_user.pk, "")]
    assert events(Kind.ERASED) == [(None, resident_user.pk, "account")]


def test_signing_in_and_out_and_a_refused_page(client, make_user):
    user = make_user(Role.RESIDENT, password="ein-langes-wort")
    form = {"phone": user.phone, "password": "ein-langes-wort"}
    client.post(reverse("accounts:sign_in"), form)
    client.get(reverse("portal:desk"))
    client.post(reverse("accounts:sign_out"))
    assert events(Kind.SIGNED_IN) == [(user.pk, None, "accounts:sign_in")]
    assert events(Kind.REFUSED) == [(user.pk, None, "portal:desk")]
    assert events(Kind.SIGNED_OUT) == [(user.pk, None, "")]
    assert len(set(SecurityEvent.objects.values_list("network_hash", flat=True))) == 1


@pytest.mark.parametrize("is_known", [True, False])
def test_wrong_passwords_and_codes_asked_for(client, make_user, is_known):
    user = make_user(Role.RESIDENT, password="ein-langes-wort")
    phone, about = (user.phone, user.pk) if is_known else ("13855550000", None)
    client.post(reverse("accounts:sign_in"), {"phone": phone, "password": "geraten"})
    client.post(reverse("accounts:sign_in_code"), {"phone": phone})
    assert events(Kind.FAILED) == [(None, about, "password")]
    assert events(Kind.CODE_SENT) == [(None, about, "sign_in")]


def test_guardianships(make_resident, staff_user):
    bond = Guardianship.objects.create(
        guardian=make_resident(), child=make_resident(), relation="mother"
    )
    delete_guardianship(bond=bond, by=staff_user, now=NOW)
    assert events(Kind.CUSTODY) == [(staff_user.pk, None, f"child {bond.child_id}")]


# --- Who reads it ----------------------------------------------------------------------


def test_the_branch_reads_numbers_and_asks_for_names(as_user, make_user, stranger):
    lead: User = make_user(Role.BRANCH_LEAD)
    trail.note(Kind.EXPORT, by=stranger.pk, what="residents 3", reason="核对", now=timezone.now())
    browser, page = as_user(lead), reverse("portal:trail")
    assert stranger.display_name not in browser.get(page).text
    shown = browser.get(page, {"q": stranger.pk, "kind": "export", "names": "on"}).text
    assert stranger.display_name in shown
    assert "居民（3 行）" in shown
    assert "核对" in shown
    assert "核对" not in browser.get(page, {"first_day": "2026-11-24"}).text


@pytest.mark.parametrize("role", [Role.STAFF, Role.PROGRAMME_LEAD])
def test_nobody_else_reads_it(as_user, make_user, role):
    browser = as_user(make_user(role, scope="after-school"))
    assert browser.get(reverse("portal:trail")).status_code == 403
