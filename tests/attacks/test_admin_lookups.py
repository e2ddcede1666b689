"""Nobody finds out by the admin site's addresses what stands in columns that it does not show."""

from itertools import chain
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import Field

from diedie_edu.accounts.admin_base import PortalAdmin
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import Household, Resident, Volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
GUESSES = ["startswith", "regex", "contains", "gt", "in", "range", "iexact", "length"]
ADMINS = [row for row in admin.site._registry.values() if isinstance(row, PortalAdmin)]


@pytest.fixture
def superuser(make_user) -> User:
    return make_user(is_superuser=True)


@pytest.fixture
def request_(rf, superuser) -> Any:
    request = rf.get("/admin/")
    request.user = superuser
    return request


def paths(model: Any, deep: int = 1) -> list[str]:
    """Columns of a table, and of those that its keys lead to."""
    fields = [field for field in model._meta.get_fields() if isinstance(field, Field)]
    keys = [field for field in fields if field.is_relation and deep]
    below = [[f"{key.name}__{path}" for path in paths(key.related_model, deep - 1)] for key in keys]
    return [field.name for field in fields] + list(chain.from_iterable(below))


def test_no_column_of_any_table_is_guessed_by_a_lookup(request_):
    guessed = [
        f"{row.model._meta.label}: {path}__{guess}"
        for row in ADMINS
        for path in paths(row.model)
        for guess in GUESSES
        if row.lookup_allowed(f"{path}__{guess}", "a", request_)
    ]
    assert guessed == []
    assert len(ADMINS) > 60


def test_django_alone_would_let_them_through(request_):
    accounts = next(row for row in ADMINS if row.model._meta.label == "accounts.User")
    assert ModelAdmin.lookup_allowed(accounts, "password__startswith", "a", request_)


def test_every_filter_of_every_list_still_works(request_):
    refused = [
        f"{row.model._meta.label}: {asked}"
        for row in ADMINS
        for filter_ in row.get_changelist_instance(request_).filter_specs
        for asked in filter_.expected_parameters()
        if not row.lookup_allowed(str(asked), "1", request_)
    ]
    assert refused == []


# --- Searches, orders, choices ---------------------------------------------------------


def test_no_search_reads_what_is_sealed_or_hashed():
    """Nor a phone, but where the row's own page shows it."""
    found = {
        f"{row.model._meta.label}: {path}"
        for row in ADMINS
        for path in row.search_fields
        if _is_secret(get_fields_from_path(row.model, path.partition("__holds")[0])[-1])
    }
    assert found == {"accounts.User: phone", "accounts.RoleChange: user__phone"}


def _is_secret(field: Any) -> bool:
    named = ("password", "hash", "token", "phone", "key_")
    return isinstance(field, SealedTextField) or any(word in field.name for word in named)


def test_no_list_stands_in_the_order_of_what_is_covered(request_):
    sorted_by = [
        f"{row.model._meta.label}: {name}"
        for row in ADMINS
        for name in row.get_list_display(request_)
        if (column := getattr(_display(row, name), "column", None)) and column.covered is not None
        if getattr(_display(row, name), "admin_order_field", None)
    ]
    assert sorted_by == []


def _display(row: Any, name: Any) -> Any:
    return name if callable(name) else getattr(row, name, None)


@pytest.mark.parametrize("digits", ["5678", "45678", "13812345678", "12-3-501", "501"])
def test_a_planner_does_not_find_out_a_phone_or_a_home(as_user, make_user, chen, digits):
    """Digit by digit, by whether a search finds the volunteer."""
    address = "/admin/people/volunteer/"
    planner, staff = (
        as_user(make_user(role, scope="residents-school"))
        for role in (Role.PROGRAMME_LEAD, Role.STAFF)
    )
    assert "陈建城" not in planner.get(address, {"q": digits}).text
    assert "陈建城" in staff.get(address, {"q": digits}).text
    for words in ("建城", "chenjian", "cjc"):
        assert "陈建城" in planner.get(address, {"q": words}).text


@pytest.fixture
def chen(make_resident) -> Resident:
    home = Household.objects.create(label="12-3-501")
    person = make_resident(full_name="陈建城", phone="13812345678", household=home)
    Volunteer.objects.create(resident=person, kinds=["expert"])
    return person


@pytest.mark.parametrize(
    "path",
    [
        "accounts/user/?_popup=1&_to_field=password",
        "accounts/user/?_to_field=phone",
        "accounts/user/?password__startswith=p",
        "people/resident/?phone_key__regex=.",
        "people/resident/?account__password__startswith=p",
        "edu_base/enterprise/?_facets=True&credit_code__startswith=9",
    ],
)
def test_a_guess_is_refused(as_user, superuser, path):
    assert as_user(superuser).get(f"/admin/{path}").status_code == 400
