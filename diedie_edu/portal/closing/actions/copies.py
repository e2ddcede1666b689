"""A copy of all that we keep of somebody, as a workbook that a person can read (PIPL art. 45).

Every table in which they stand is a sheet; its columns are the fields that have a name for people.
Who of the staff wrote something is left out, and so is what stands there about children: a child's
data are on the child's own page, for whoever may see them.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment_text
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.references import ONLY_BY_WHOM, Lasting, On, keys_to
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.spreadsheets.workbooks import Page, save_workbook
from diedie_edu.jobs.actions.asking import ask
from diedie_edu.jobs.actions.results import finish
from diedie_edu.jobs.kinds import JobKind
from diedie_edu.jobs.models import Job
from diedie_edu.people.fields import KeyField
from diedie_edu.people.models import Resident
from diedie_edu.people.parts import Copied

Rows = QuerySet[Any]


def ask_for_copy(*, by: User, language: str) -> Job:
    """Raises `Refused` as asking for any long work does."""
    return ask(kind=COPY, title=_("Copy of my data"), params={}, by=by, language=language)


def write_copy(job: Job, now: datetime) -> None:
    file = BytesIO()
    save_workbook(file, *pages_of(job.asked_by))
    finish(job=job, content=file, form="xlsx", now=now)


def pages_of(user: User) -> list[Page]:
    """One sheet for each table in which the account or its person stands, themselves first."""
    people = Resident.objects.filter(account=user)
    found: dict[type[Model], Rows] = {User: User.objects.filter(pk=user.pk), Resident: people}
    named = [*_naming(user), *(one for person in people for one in _naming(person))]
    for rows in [*named, *_hanging(people)]:
        model = rows.model
        found[model] = found[model] | rows if model in found else rows
    titles: dict[str, int] = defaultdict(int)
    return [_page(model, rows, titles) for model, rows in found.items() if rows.exists()]


def _naming(person: Lasting) -> Iterator[Rows]:
    """Rows that are about somebody; not those that they only wrote."""
    for key in keys_to(type(person)):
        on = key.remote_field.on_delete
        if isinstance(on, On) and on != ONLY_BY_WHOM and _is_about_them(key):
            yield key.model._base_manager.filter(**{key.name: person})


def _is_about_them(key: Any) -> bool:
    """A guardian reads of a child on the child's page; here stand the consents they gave."""
    is_own = key.name != "guardian" or key.model._meta.app_label in {"people", "publicity"}
    return is_own and key.model not in (User, Resident)


def _hanging(people: Rows) -> Iterator[Rows]:
    for part in parts_of(Copied):
        yield apps.get_model(part.model)._base_manager.filter(**{f"{part.path}__in": people})


def _page(model: type[Model], rows: Rows, titles: dict[str, int]) -> Page:
    title = capfirst(str(model._meta.verbose_name_plural))
    titles[title] += 1
    columns = list(_columns(model))
    ordered = rows.order_by("pk")
    values = ({column.code: column.of(row) for column in columns} for row in ordered)
    return Page(f"{title} {titles[title]}" if titles[title] > 1 else title, columns, values)


def _columns(model: type[Model]) -> Iterator[Column]:
    parts = [part for part in parts_of(Copied) if part.model == model._meta.label]
    only = {name for part in parts for name in part.only}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if _is_told(field) and (not only or field.name in only):
            title = capfirst(str(field.verbose_name))
            yield Column(field.name, title, value=partial(_words, field))
    for number, (name, value) in enumerate(more for part in parts for more in part.more):
        yield Column(f"more{number}", capfirst(str(name)), value=value)


def _is_told(field: Any) -> bool:
    """What has a name for people, and is neither a key of ours nor whoever wrote it."""
    has_name = str(field.verbose_name) != field.name.replace("_", " ")
    is_ours = field.primary_key or isinstance(field, KeyField) or field.name == "password"
    by_whom = field.is_relation and field.related_model is User
    return has_name and not is_ours and not by_whom


def _words(field: Any, row: Model) -> str:
    value = getattr(row, field.name)
    if field.many_to_many:
        return _(", ").join(str(one) for one in value.all())
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return _plain(field, value)


def _plain(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment_text(value)
    if hasattr(value, "isoformat"):
        return date_format(value, "DATE_FORMAT") if hasattr(value, "year") else f"{value:%H:%M}"
    if isinstance(value, list):
        labels = dict(getattr(getattr(field, "base_field", None), "choices", None) or ())
        return _(", ").join(str(labels.get(one, one)) for one in value)
    return str(value)


COPY = JobKind(
    slug="own_data",
    title=gettext_lazy("Copy of my data"),
    may=lambda user, _params: user.is_active,
    run=write_copy,
    again=lambda _job: reverse("portal:data"),
)
