"""A form's value in words, as somebody reads it who did not type it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils import formats
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _


def readable(field: forms.Field | None, value: Any) -> str:
    """The words that stand for a value of `field`: labels of choices, days and times as written
    here. What is no value of it (typed wrongly) is shown as it was typed."""
    if isinstance(value, (QuerySet, list, tuple, set)):
        several = [readable(field, one) for one in value]
        return _(", ").join(several) or _("nothing")
    if value is None or value == "":
        return _("nothing")
    if isinstance(field, forms.ModelChoiceField):
        return _row_label(field, value)
    if isinstance(field, forms.ChoiceField):
        return _choice_label(field.choices, value)  # type: ignore[arg-type]
    return _written(value)


def _row_label(field: forms.ModelChoiceField, value: Any) -> str:
    key = field.to_field_name or "pk"
    if not isinstance(value, Model):
        rows = field.queryset.model._base_manager  # type: ignore[union-attr]
        try:
            value = rows.filter(**{key: value}).first()
        except (TypeError, ValueError):
            return str(value)
    return field.label_from_instance(value) if value else _("nothing")


def _choice_label(choices: Iterable[Any], value: Any) -> str:
    """Choices may stand in groups."""
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            inner = _choice_label(label, value)
            if inner != str(value):
                return inner
        elif str(key) == str(value):
            return str(label)
    return str(value)


def _written(value: Any) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            here = localtime(value) if is_aware(value) else value
            return f"{formats.date_format(here, 'DATE_FORMAT')} {here:%H:%M}"
        case date():
            return formats.date_format(value, "DATE_FORMAT")
        case time():
            return f"{value:%H:%M}"
    return str(value)
