"""What all admin classes stand on: rows of programmes where the reader has no right are not there.

Which programme a row belongs to, its model says (`common.belonging`). Other people's rows answer
as missing ones do: 404.
"""

from itertools import chain
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from diedie_edu.accounts.admin_deleting import DeletesAsShown
from diedie_edu.accounts.admin_lookups import FiltersAlone
from diedie_edu.accounts.admin_out import WayOut
from diedie_edu.accounts.admin_paging import Paged
from diedie_edu.accounts.admin_refusals import LookedUp, Refusing
from diedie_edu.accounts.admin_search import PlainSearch
from diedie_edu.accounts.admin_words import label_as_collected
from diedie_edu.accounts.models import User
from diedie_edu.common.belonging import EVERYWHERE, Along, belonging, is_within, within
from diedie_edu.common.edit_forms import OPENED, EditModelForm
from diedie_edu.common.edit_formsets import EditFormSet
from diedie_edu.common.references import tells_of_people


def scopes_in(request: HttpRequest, action: str, model: type[Model]) -> set[str]:
    """Where (`User.scopes`) the reader may "view", "add", "change" or "delete" rows of a model."""
    assert isinstance(request.user, User)  # the middleware lets nobody else in
    codename = get_permission_codename(action, model._meta)
    return request.user.scopes_for(f"{model._meta.app_label}.{codename}")


def seen_by(request: HttpRequest, rows: QuerySet) -> QuerySet:
    return within(rows, scopes_in(request, "view", rows.model))


class Narrowed(admin.options.BaseModelAdmin):
    """Rights, rows and choices, of a page or an inline, by the reader's programmes."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "add", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "delete", obj)

    def _may(self, request: HttpRequest, action: str, obj: Model | None) -> bool:
        return is_within(obj or self.model, scopes_in(request, action, self.model))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return seen_by(request, super().get_queryset(request))

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet:
        """A key leads to rows that the reader sees, and never takes a row to other programmes."""
        rows = super().get_field_queryset(db, db_field, request)
        if rows is None:
            rows = db_field.remote_field.model._default_manager.using(db)
        key, _dash, rest = self._path().partition("__")
        if db_field.name == key:
            rows = rows.filter(Along(rest).at(scopes_in(request, "change", self.model)))
        return seen_by(request, rows)

    def formfield_for_choice_field(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """A programme may stand in the row itself, by its slug."""
        scopes = scopes_in(request, "change", self.model)
        if db_field.name == self._path() and EVERYWHERE not in scopes:
            choices = db_field.get_choices(include_blank=not db_field.has_default())
            kwargs["choices"] = [row for row in choices if row[0] in {"", *scopes}]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def _path(self) -> str:
        return getattr(belonging(self.model), "path", "")


class Edits(admin.options.BaseModelAdmin):
    """Forms that carry what they were opened with, so that an old one undoes nothing."""

    form: Any = EditModelForm

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = LookedUp(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fields = [name for name in super().get_fields(request, obj) if name != OPENED]
        is_edit = obj is not None and self.has_change_permission(request, obj)
        return [*fields, OPENED] if is_edit else fields


class PortalInline(Edits, Narrowed, admin.TabularInline):
    """Rows on the page of another; rights to them are those at that row's programme."""

    formset = EditFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.by = request.user  # type: ignore[attr-defined]
        return formset


class InLog:
    """A row as the log of the admin site tells of it: it outlives people, so it names none."""

    def __init__(self, row: Model) -> None:
        self.row = row

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    def __str__(self) -> str:
        return str(self.row.pk or "") if tells_of_people(type(self.row)) else str(self.row)


class PortalAdmin(
    Refusing, DeletesAsShown, WayOut, Edits, Narrowed, PlainSearch, FiltersAlone, Paged
):
    """The pages of one model."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return super().log_addition(request, InLog(obj), message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return super().log_change(request, InLog(obj), message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        rows: Any = [InLog(row) for row in queryset]
        return super().log_deletions(request, rows)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Rows of inlines come in the order in which they are told of."""
        told: Any = super().construct_change_message(request, form, formsets, add)
        said: Any = [words for part in told for words in part.values()]
        for words in said:
            if "fields" in words:
                words["fields"] = [label_as_collected(label) for label in words["fields"]]
        rows = chain.from_iterable(map(_rows_written, formsets or ()))
        of_inlines = (words for words in said if "object" in words)
        for words, row in zip(of_inlines, rows, strict=True):
            words["object"] = str(InLog(row))
        return told

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Raises `Http404` for what is missing, and for what is not the reader's."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def save_form(self, request: HttpRequest, form: ModelForm, change: bool) -> Model:
        """Raises `PermissionDenied` for a row that its form would take to other programmes."""
        row = super().save_form(request, form, change)
        if not self._may(request, "change" if change else "add", row):
            raise PermissionDenied
        return row

    def what_goes(self, objs: Any, request: HttpRequest) -> Any:
        """What hangs on it in other programmes keeps it, and is not named."""
        scopes = scopes_in(request, "delete", self.model)
        hanging = NestedObjects(using="default", origin=objs)
        hanging.collect([] if EVERYWHERE in scopes else objs)
        rows = [*hanging.protected, *(row for of in hanging.model_objs.values() for row in of)]
        if all(is_within(row, scopes) for row in rows):
            return super().what_goes(objs, request)
        return [], {}, {_("Entries of other programmes")}, []


class LastingAdmin(PortalAdmin):
    """Pages of people or accounts (`common.references`): deleting one leaves an empty row."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One by one, from the row's own page."""
        return obj is not None and super().has_delete_permission(request, obj)

    def what_goes(self, objs: Any, request: HttpRequest) -> Any:
        """What hangs on it follows its declarations; of other programmes' rows it keeps all."""
        if EVERYWHERE not in scopes_in(request, "delete", self.model):
            return super().what_goes(objs, request)
        return [str(one) for one in objs], {}, set(), []


def _rows_written(formset: Any) -> list[Model]:
    changed = [row for row, _fields in formset.changed_objects]
    return [*formset.new_objects, *changed, *formset.deleted_objects]


class LookUp(admin.options.BaseModelAdmin):
    """Rows that only actions write."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookUpOnly(LookUp, PortalAdmin):
    """Pages of rows that only actions write."""


class SeenRowsFilter(admin.RelatedFieldListFilter):
    """Filters of lists offer what the reader sees."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        seen = belonging(field.related_model).at(scopes_in(request, "view", field.related_model))
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=seen)


admin.FieldListFilter.register(
    lambda field: bool(field.remote_field), SeenRowsFilter, take_priority=True
)
