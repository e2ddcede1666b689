"""Each kind of event has somebody who writes it; pages refused do not fill the trail."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from after_school.actions.guardians import change_right
from after_school.models import GuardianRight
from diedie_edu.accounts.actions import roles
from diedie_edu.accounts.models import PrivacyNotice, SecurityEvent, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.decisions.actions import deputies
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.portal.trail.queries import in_words
from edu_base.actions.applicants import add_ward
from tests.conftest import NOW
from tests.support.children import NINE, consented, seen
from tests.support.deleting import delete

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Kind = SecurityEvent.Kind
HOUSES = ("diedie_edu", "after_school", "happy_square", "residents_school", "edu_base")
TOMORROW = {"in_force_from_0": "2026-11-24", "in_force_from_1": "08:00"}


def events(kind: str) -> list[tuple[int | None, int | None, str]]:
    rows = SecurityEvent.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("account", "about", "what"))


@pytest.mark.parametrize("kind", Kind.names)
def test_each_kind_is_written_somewhere(kind):
    files = (file for house in HOUSES for file in (settings.BASE_DIR / house).rglob("*.py"))
    assert any(f"Kind.{kind}" in text(file) for file in files if writes(file))


def writes(file: Path) -> bool:
    return "actions" in file.parts or file.name in {
        "actions.py",
        "leaving.py",
        "entering.py",
        "reseal.py",
    }


def text(file: Path) -> str:
    return file.read_text()


# --- Keys, notices, roles --------------------------------------------------------------


def test_keys_are_written_anew(capsys):
    call_command("reseal", dry_run=True)
    assert events(Kind.KEYS) == []
    call_command("reseal")
    assert events(Kind.KEYS) == [(None, None, "anew 0")]
    assert in_words(SecurityEvent.objects.get()) == "改用新密钥重写： 0"


@pytest.fixture
def keeper(make_user, as_user):
    user = make_user(Role.BRANCH_LEAD, Role.STAFF, is_superuser=True)
    return user, as_user(user)


def test_a_notice_that_is_written_changed_and_deleted(keeper):
    user, browser = keeper
    form = {"version": "2027", "text": "我们收集……", "text_en": "We collect …"}
    page = form | {"in_force_from": "2026-11-24T08:00"}
    browser.post(reverse("portal:privacy_new"), page)
    notice = PrivacyNotice.objects.get(version="2027")
    browser.post(reverse("admin:accounts_privacynotice_add"), form | TOMORROW | {"version": "28"})
    other = PrivacyNotice.objects.get(version="28")
    gone = reverse("admin:accounts_privacynotice_delete", args=[other.pk])
    delete(browser, gone)
    edit = reverse("portal:privacy_edit", args=[notice.pk])
    opened = browser.get(edit).context["form"]["opened"].value()
    browser.post(edit, page | {"text": "我们只收集……", "opened": opened})
    mine = [(user.pk, None, what) for what in ("2027", "28", "deleted 28", "2027")]
    assert events(Kind.NOTICE) == mine


def test_a_notice_is_written_by_whoever_just_showed_who_they_are(keeper, settings):
    """By the pages as in the admin site."""
    settings.SECOND_FACTOR_REQUIRED = True
    _user, browser = keeper
    for name in ("portal:privacy_new", "admin:accounts_privacynotice_add"):
        assert browser.get(reverse(name)).status_code == 302


def test_a_role_that_follows_another_register(make_user, staff_user):
    serves, served = make_user(), make_user(Role.VOLUNTEER)
    both = User.objects.filter(pk__in=[serves.pk, served.pk])
    holders = both.filter(pk=serves.pk)
    roles.match_role(role=Role.VOLUNTEER, holders=holders, among=both, by=staff_user, now=NOW)
    assert events(Kind.ROLE_GIVEN) == [(staff_user.pk, serves.pk, "volunteer")]
    assert events(Kind.ROLE_TAKEN) == [(staff_user.pk, served.pk, "volunteer")]


def test_whoever_stands_in_has_the_power_of_another(make_user):
    lead, other = (make_user(Role.PROGRAMME_LEAD, scope="after-school") for _each in "12")
    about = {"first_day": NOW.date(), "last_day": NOW.date(), "by": lead, "now": NOW}
    row = deputies.name_deputy(account=lead, deputy=other, **about)
    deputies.end_deputy(row=row, by=lead, now=NOW)
    assert events(Kind.ROLE_GIVEN) == events(Kind.ROLE_TAKEN) == [(lead.pk, other.pk, "deputy")]
    assert in_words(SecurityEvent.objects.first()) == "代理"


# --- Who answers for a child -----------------------------------------------------------


def test_a_young_person_entered_by_a_guardian(make_resident):
    day = NOW.date().replace(year=2011)
    ward = {"full_name": "闫小雨", "birth_date": day, "relation": "mother"}
    young = add_ward(guardian=make_resident(), today=NOW.date(), **ward)
    assert events(Kind.CUSTODY) == [(None, None, f"child {young.pk}")]


def test_what_a_second_guardian_decides(make_user):
    mother, father = make_user().resident, make_user().resident
    child = consented(Resident.objects.create(full_name="闫小宝", birth_date=NINE), mother)
    Guardianship.objects.create(guardian=father, child=child, relation="father")
    GuardianRight.objects.create(child=child, guardian=mother, place=1)
    second = {"child": child, "guardian": father, "place": 2, "decides": False} | seen()
    right = GuardianRight.objects.create(**second)
    change_right(right=right, sees_notes=True, decides=True, by=mother.account)
    assert events(Kind.CUSTODY) == [(mother.account.pk, None, f"child {child.pk}")]


# --- Pages that are refused ------------------------------------------------------------


def test_of_many_refused_pages_the_trail_keeps_few(as_user, stranger, clock):
    """House rule: the first of ten minutes, the tenth and the hundredth, with their count."""
    browser = as_user(stranger)
    for number in range(1, 102):
        browser.get(reverse("portal:person", args=[number]))
    browser.get(reverse("portal:desk"))
    clock.shift(timedelta(minutes=10))
    browser.get(reverse("portal:person", args=[7]))
    said = ["portal:person 1", "portal:person ×10", "portal:person ×100"]
    said += ["portal:desk", "portal:person 7"]
    assert events(Kind.REFUSED) == [(stranger.pk, None, what) for what in said]


def test_accounts_are_counted_apart(as_user, stranger, resident_user):
    for user in (stranger, resident_user):
        as_user(user).get(reverse("portal:desk"))
    assert len(events(Kind.REFUSED)) == 2


@pytest.mark.parametrize(
    ("kind", "what", "words"),
    [
        (Kind.FACTOR, "factor_on", "已开启"),
        (Kind.FACTOR, "factor_off", "已关闭"),
        (Kind.FACTOR, "new_sheet", "新备用码"),
        (Kind.CODE_SENT, "sign_in", "登录"),
        (Kind.CODE_SENT, "family", "加入家庭"),
    ],
)
def test_what_was_done_stands_in_words(kind: Kind, what: str, words: str) -> None:
    assert in_words(SecurityEvent(kind=kind, what=what)) == words
