"""Every model of a programme, on every page of the admin site that shows rows: to the lead of that
programme, for whom it must be there, and to the lead of another, for whom it must not.

Both leads may do whatever anybody may, in their programme: what is tried is where, not what.
"""

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Field, Model
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.admin_base import Narrowed, PortalAdmin
from diedie_edu.accounts.models import User
from diedie_edu.common.belonging import SHARED, Along, belonging, is_within
from diedie_edu.people.models import ConsentText
from diedie_edu.programmes.models import Programme
from tests.support.exports import exported
from tests.support.own_rows import (
    OF_A_PROGRAMME,
    elsewhere,
    form_of,
    pages,
    programme_of,
    url,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_every_model_says_to_which_programme_its_rows_belong() -> None:
    ours = [model for model in apps.get_models() if not model.__module__.startswith("django.")]
    silent = [model for model in ours if not hasattr(model, "belongs")]
    assert {model._meta.app_label for model in silent} <= {"axes", "pghistory"}, silent


def test_every_path_leads_to_the_slug_of_a_programme(rows: list[Model]) -> None:
    slugs = set(Programme.objects.values_list("slug", flat=True))
    assert {programme_of(row) for row in rows} <= slugs
    for model in apps.get_models():
        if isinstance(belonging(model), Along):
            assert model._default_manager.filter(belonging(model).at({"nowhere"})).count() == 0


def test_every_admin_class_and_inline_narrows() -> None:
    for its in admin.site._registry.values():
        assert isinstance(its, PortalAdmin), its
        assert all(issubclass(inline, Narrowed) for inline in its.inlines), its
        # Their labels are read past the choices of the form.
        keys = [its.model._meta.get_field(name).related_model for name in its.raw_id_fields]
        assert all(belonging(model) is SHARED for model in keys), its


def test_a_lead_finds_what_belongs_to_their_programme(
    rows: list[Model], leads: dict[str, Client]
) -> None:
    lost = [
        place
        for row in rows
        for place, is_there in shown(leads[programme_of(row)], row)
        if not is_there
    ]
    assert not lost


def test_a_lead_of_another_programme_finds_nothing_of_it(
    rows: list[Model], leads: dict[str, Client]
) -> None:
    leaks = [
        place for row in rows for place, is_there in shown(leads[elsewhere(row)], row) if is_there
    ]
    assert not leaks


def shown(client: Client, row: Model) -> Iterator[tuple[str, bool]]:
    """The places where a row could stand, and whether it does."""
    model, name = type(row), type(row).__name__
    yield f"list of {name}", row in listed(client, model)
    for words in pages(model).search_fields[:1]:
        path = words.removesuffix("__holds").replace("__", ".")
        wanted = str(attrgetter(path)(row)).rpartition(":")[2]
        yield f"search of {name}", row in listed(client, model, q=wanted)
    for page in ("change", "history"):
        answer = client.get(url(model, page, row.pk), follow=True)
        assert answer.status_code in (200, 403, 404), answer
        yield f"{page} of {name}", answer.status_code == 200
    lines = (exported(client, url(model, "export"), format=1, resource=0) or b"").splitlines()
    others = [other for other in listed(client, model) if other != row]
    yield f"export of {name}", len(lines) > 1 + len(others)
    for key in keys_to(model)[:1] if pages(model).search_fields else []:
        yield f"choices of {name}", f"{row.pk}" in autocompleted(client, key)


def listed(client: Client, model: type[Model], **query: object) -> list[Model]:
    return list(getattr(changelist(client, model, **query), "result_list", []))


def changelist(client: Client, model: type[Model], **query: object) -> Any:
    """None where the whole list is closed."""
    answer = client.get(url(model, "changelist"), query)
    return answer.context["cl"] if answer.status_code == 200 else None


def keys_to(model: type[Model]) -> list[Field]:
    fields = [field for source in apps.get_models() for field in source._meta.local_fields]
    return [field for field in fields if field.related_model is model]


def autocompleted(client: Client, key: Field) -> list[str]:
    """The numbers of the rows that a key offers."""
    source = key.model._meta
    asked = {
        "app_label": source.app_label,
        "model_name": source.model_name,
        "field_name": key.name,
    }
    answer = client.get(reverse("admin:autocomplete"), asked)
    found = answer.json()["results"] if answer.status_code == 200 else []
    return [choice["id"] for choice in found]


def test_filters_and_keys_offer_rows_of_the_leads_own_programmes(
    rows: list[Model], leads: dict[str, Client], as_user: Callable[[User], Client], root: User
) -> None:
    for slug, client in leads.items():
        assert all(is_within(row, {slug}) for _place, row in choices(client)), slug
    assert {place for place, _row in choices(leads["residents-school"])} >= {"add"}
    assert {place for place, row in choices(as_user(root)) if type(row) is Programme} == {
        "list",
        "add",
    }


def choices(client: Client) -> Iterator[tuple[str, Model]]:
    """Rows that stand as a choice beside a list or in a form."""
    for model in OF_A_PROGRAMME:
        for spec in getattr(changelist(client, model), "filter_specs", []):
            if isinstance(spec, admin.RelatedFieldListFilter):
                numbers = [pk for pk, _words in spec.lookup_choices]
                kind = spec.field.related_model
                yield from (("list", row) for row in kind._default_manager.filter(pk__in=numbers))
        answer = client.get(url(model, "add"))
        for field in form_of(answer).fields.values() if answer.status_code == 200 else []:
            yield from (("add", row) for row in getattr(field, "queryset", []))


def test_a_programme_named_by_its_slug_is_a_choice_of_its_leads(leads: dict[str, Client]) -> None:
    field = form_of(leads["after-school"].get(url(ConsentText, "add"))).fields["programme"]
    assert [slug for slug, _words in field.choices if slug] == ["after-school"]


def test_recent_actions_are_of_rows_that_are_still_seen(
    rows: list[Model], leads: dict[str, Client]
) -> None:
    """Somebody who led one programme, and now leads another."""
    for slug, client in leads.items():
        user = client.get("/admin/").context["user"]
        for row in rows:
            LogEntry.objects.log_actions(user.pk, [row], 2, [{"changed": {}}])
        seen = {
            entry.get_edited_object()
            for entry in client.get("/admin/").context["log_entries"].filter(user=user)
        }
        assert seen == {row for row in rows if programme_of(row) == slug}
