"""A no of a rule or of the database alone, on the pages of the admin site."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import BadRequest, FieldDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, Model, Q, QuerySet, UniqueConstraint
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.common.last_resort import take_back_words

Refusal = IntegrityError | Refused


class Refusing(admin.ModelAdmin):
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is not saved stands there as it was typed, and above it why."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, Refused) as refusal:
            take_back_words(request)
            request.refused = _words(self.model, refusal)  # type: ignore[attr-defined]
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.refused = getattr(request, "refused", "")  # type: ignore[attr-defined]
        return form

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().delete_view(request, *args, **kwargs)
        except (IntegrityError, Refused) as refusal:
            take_back_words(request)
            messages.error(request, _words(self.model, refusal))
        return redirect(request.path)

    def response_action(
        self, request: HttpRequest, queryset: QuerySet, *more: Any
    ) -> HttpResponse | None:
        """Raises `BadRequest` for what is no row's number."""
        if not all(map(self._may_be_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest
        return super().response_action(request, queryset, *more)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Of what an address fills in, that which its field can hold."""
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self._can_hold(name, value)}

    def _may_be_key(self, text: str) -> bool:
        return _is_value(self.opts.pk, text)

    def _can_hold(self, name: str, value: Any) -> bool:
        try:
            field: Any = self.opts.get_field(name)
        except FieldDoesNotExist:
            return True
        if field.many_to_many:
            return all(_is_value(field.target_field, one) for one in value)
        return _is_value(field, value)


class LookedUp(AutocompleteSelect):
    """A row that is looked up; Django reads whatever was typed as the number of one."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        key = self.field.target_field
        return super().optgroups(name, [one for one in value if _is_value(key, one)], attr)


def _is_value(field: Any, text: str) -> bool:
    try:
        field.to_python(text)
    except (ValidationError, ValueError):
        return False
    return True


def _words(model: type[Model], refusal: Refusal) -> str:
    """Why, and the columns to look at."""
    if isinstance(refusal, Refused):
        return str(refusal)
    name = constraint_of(refusal)
    of_name = (row for row in model._meta.constraints if row.name == name)
    columns = {column for row in of_name for column in _columns(row)}
    labels = [str(row.verbose_name) for row in model._meta.fields if row.name in columns]
    text = _("Not saved: this does not fit what is kept.")
    if not labels:
        return text
    return f"{text} {_('Please look at: %s.') % '、'.join(labels)}"


def _columns(rule: Any) -> Iterator[str]:
    if isinstance(rule, UniqueConstraint):
        yield from rule.fields
    if isinstance(rule, CheckConstraint):
        yield from _named(rule.condition)  # type: ignore[arg-type]


def _named(condition: Q) -> Iterator[str]:
    for part in condition.children:
        if isinstance(part, Q):
            yield from _named(part)
        elif isinstance(part, tuple):
            yield part[0].partition("__")[0]
            if isinstance(part[1], F):
                yield part[1].name  # type: ignore[attr-defined]
