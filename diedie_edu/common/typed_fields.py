"""A title or number by which people say which row they mean; in the database an ordinary text."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import refusals
from diedie_edu.common.typed import check_says_something, typed_key


class TypedField(models.CharField):
    """Cleaned, it is no word for “nothing”, and no other row is known by it in another spelling.

    Rows are compared where the model says that they differ in it: by a `unique` or a constraint.
    """

    def deconstruct(self) -> tuple:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        text = super().clean(value, model_instance)
        with refusals.as_error():
            check_says_something(text)
        if model_instance is not None and typed_key(text) in self._others(model_instance):
            raise ValidationError(_ANOTHER_SPELLING, code="unique")
        return text

    def _others(self, row: models.Model) -> set[str]:
        """Keys of the rows from which this one has to differ."""
        together = self._known_with(row)
        if together is None:
            return set()
        rows = type(row)._default_manager.exclude(pk=row.pk)
        keys = [field.attname for field in row._meta.concrete_fields if field.name in together]
        same = rows.filter(**{key: getattr(row, key) for key in keys})
        return {typed_key(text) for text in same.values_list(self.name, flat=True)}

    def _known_with(self, row: models.Model) -> list[str] | None:
        """The other fields that tell rows apart together with it; None where it tells nothing."""
        unique = [one for one in row._meta.constraints if isinstance(one, models.UniqueConstraint)]
        for one in unique:
            if self.attname in one.fields:
                return [name for name in one.fields if name != self.attname]
        return [] if self.unique or hasattr(row, f"{self.attname}_key") else None


_ANOTHER_SPELLING = _("There is one of this name already, perhaps spelt a little differently.")
