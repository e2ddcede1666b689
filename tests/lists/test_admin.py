"""Every list of the admin site goes out; rows come in through the action of their kind alone."""

import re
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.urls import reverse
from import_export.admin import ImportMixin

from diedie_edu.accounts.admin_out import StaysIn, WayOut
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.manifests import parts_of
from diedie_edu.lists.admin import ListIn
from diedie_edu.lists.models import ImportJob
from diedie_edu.lists.plans import ListPlan
from diedie_edu.people.models import Household, Organisation, Resident, Volunteer
from diedie_edu.portal.base_data import load_plan
from tests.common.spreadsheets.files import xlsx
from tests.support.access_things import make_things
from tests.support.children import consented
from tests.support.exports import exported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LISTED: dict[str, ModelAdmin] = {
    model._meta.label_lower: pages for model, pages in admin.site._registry.items()
}
WAYS_IN = {name: pages for name, pages in LISTED.items() if isinstance(pages, ListIn)}
OUT_ALONE = {
    *("accounts.user", "accounts.rolechange", "activities.signup", "notices.notice"),
    *("people.guardianship", "people.consent", "people.clearance", "volunteering.certificate"),
}
KEEPS_ROWS = {"people.resident", "people.guardianship", "people.consent", "people.household"}


def url_of(name: str, page: str) -> str:
    return reverse(f"admin:{name.replace('.', '_')}_{page}")


@pytest.fixture
def root(as_user, staff_user):
    staff_user.is_superuser = True
    staff_user.save()
    browser = as_user(staff_user)
    browser.cookies["django_language"] = "en"
    return browser


def export(browser, name: str, query: str = "") -> str:
    file = exported(browser, url_of(name, "export") + query, format=1, resource=0)
    return file.decode("utf-8-sig")


# --- Out -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTED)
def test_every_list_has_its_way_out(root, name):
    assert isinstance(LISTED[name], WayOut)
    assert url_of(name, "export") in root.get(url_of(name, "changelist")).content.decode()
    assert export(root, name)


def test_a_list_goes_out_as_it_is_searched(root):
    for label in ("1-1", "2-2"):
        Household.objects.create(label=label, address="=1+1")

    text = export(root, "people.household", "?q=2-2")

    assert text.splitlines() == ["Household,Home address,Contact phone", "2-2,'=1+1,"]


@pytest.mark.parametrize(
    ("role", "phone"), [(Role.STAFF, "13812345678"), (Role.PROGRAMME_LEAD, "138****5678")]
)
def test_phones_are_whole_for_those_who_move_people(as_user, make_user, role, phone):
    Organisation.objects.create(title="协会", kind="association", phone="13812345678")
    browser = as_user(make_user(role, scope="residents-school"))

    assert phone in export(browser, "people.organisation")


@pytest.fixture
def child_everywhere(make_lecture, stranger, staff_user) -> Resident:
    """One of everything, and whatever can be about a child is about this one."""
    load_plan()
    things = make_things(make_lecture, stranger, [staff_user])
    child = Resident.objects.create(full_name="欧阳小小", birth_date=date(2016, 5, 4))
    consented(child, things.mother)
    Volunteer.objects.create(resident=child, kinds=["community"])
    for pages in LISTED.values():
        for key in pages.model._meta.concrete_fields:
            if key.related_model in (Resident, Volunteer):
                _point(pages.model, key, child)
    return child


def _point(model: type[Model], key: Any, child: Resident) -> None:
    """Where the database lets a child stand."""
    value = child if key.related_model is Resident else child.volunteer
    first = model._default_manager.order_by("pk").first()
    with suppress(DatabaseError), transaction.atomic():
        model._default_manager.filter(pk=first.pk).update(**{key.name: value})
        connection.check_constraints()


def test_no_list_of_the_admin_site_lets_a_child_out(root, child_everywhere):
    for name in LISTED:
        text = export(root, name)
        assert child_everywhere.full_name not in text, name
        assert len(text.splitlines()) > 1 or name not in KEEPS_ROWS, name


def test_without_that_children_would_go_out(root, child_everywhere, monkeypatch):
    """The negative control: what leaving them out is there for."""
    others = lambda part: () if part is StaysIn else parts_of(part)  # noqa: E731
    monkeypatch.setattr("diedie_edu.accounts.admin_out.parts_of", others)

    leaks = {name for name in LISTED if child_everywhere.full_name in export(root, name)}

    assert leaks >= {"notices.notice", "residents_school.wish"}


# --- In --------------------------------------------------------------------------------


def test_these_come_in_and_no_others():
    assert set(WAYS_IN) == {
        *("people.resident", "people.volunteer", "people.organisation", "people.topic"),
        *("venues.venue", "venues.specialday", "notices.approvedtemplate"),
        *("activities.attendance", "residents_school.lecture"),
        *("happy_square.group", "happy_square.membership", "happy_square.meetup"),
        *("edu_base.enterprise", "edu_base.nomination", "edu_base.award"),
    }
    assert set(LISTED) - set(WAYS_IN) >= OUT_ALONE


@pytest.mark.parametrize("name", WAYS_IN)
def test_a_way_in_leads_to_the_upload_of_its_kind(root, name):
    """The library takes no file: the one way in is the portal's own."""
    pages = WAYS_IN[name]
    file = SimpleUploadedFile("list.xlsx", xlsx(["1"]))
    upload = f"{reverse('lists:import_new')}?kind={pages.list_slug}"

    assert url_of(name, "import") in root.get(url_of(name, "changelist")).content.decode()
    assert root.get(url_of(name, "import")).url == upload
    assert root.post(url_of(name, "import"), {"import_file": file, "format": "0"}).url == upload
    assert not ImportJob.objects.exists()
    assert f'value="{pages.list_slug}" checked' in _without_breaks(root.get(upload))
    assert issubclass(getattr(pages.kind.plan, "func", pages.kind.plan), ListPlan)
    assert not [url for url in pages.get_urls() if "process_import" in str(url.pattern)]


def _without_breaks(answer) -> str:
    return re.sub(r'(value="\w+")[^>]*(checked)', r"\1 \2", answer.content.decode())


def test_no_pages_of_the_library_take_files():
    """Neither its first step nor its second, of any list of the admin site."""
    assert not [name for name, pages in LISTED.items() if isinstance(pages, ImportMixin)]


def test_who_may_only_look_may_not_import(as_user, make_user):
    lead = as_user(make_user(Role.PROGRAMME_LEAD, scope="residents-school"))

    for name in ("people.organisation", "venues.venue", "people.volunteer"):
        assert lead.get(url_of(name, "import")).status_code == 403
        assert lead.post(url_of(name, "import")).status_code == 403
    assert lead.get(url_of("people.organisation", "export")).status_code == 200
    assert lead.get(url_of("people.volunteer", "export")).status_code == 403
