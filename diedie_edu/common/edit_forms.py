"""Forms that change what is stored: an old one undoes nothing.

Such a form carries what it was opened with (`opened`). When it is sent, its rows are locked and
read anew, so its view (`in_one_transaction`) saves in the same transaction. Where somebody has
changed meanwhile what this form would write otherwise, it is not valid: nothing is saved, both
values are shown, what was typed stays, what was left alone shows what stands now. Saved again, it
counts. A form of nothing stored (`rows` is empty) only adds, and compares nothing.
"""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.common import opened
from diedie_edu.common.readable import readable

OPENED = "opened"
CHANGED = gettext_lazy(
    "Somebody saved something here after you had opened this page. Yours is not saved yet, and "
    "nothing you typed is lost: please look at what differs, then save again."
)
View = Callable[..., HttpResponseBase]


def in_one_transaction(view: View) -> View:
    """What is sent to it is compared and saved under the same locks."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic() if request.method == "POST" else nullcontext():
            return view(request, *args, **kwargs)

    return kept


@dataclass(frozen=True)
class Difference:
    """A value that somebody changed meanwhile; `is_typed` where the form's own was typed, not
    merely left as it was."""

    name: str
    label: str
    now: str
    own: str
    is_typed: bool

    @property
    def words(self) -> str:
        """To stand beside the field, or above the form where the field shows what stands now."""
        text = _("Stored now: “%(now)s”. What you typed is kept here.")
        if not self.is_typed:
            text = _("“%(label)s” is “%(now)s” now; you had not changed it, so it stays that way.")
        return text % {"label": self.label, "now": self.now}


class OpenedField(forms.CharField):
    """The hashes that a form carries along; they are no answer of anybody's."""

    def __init__(self) -> None:
        without_id = forms.HiddenInput(attrs={"id": False})  # a page may hold many of them
        super().__init__(required=False, widget=without_id, label="")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ShownField(forms.BoundField):
    """Shows what was sent, or what stands now where the form says so."""

    def value(self) -> Any:
        if self.name in getattr(self.form, "shown_anew", ()):
            return self.field.prepare_value(self.initial)
        return super().value()


class EditForm(forms.Form):
    """A form of stored `rows`; `by` is whoever has it open."""

    opened = OpenedField()
    bound_field_class = ShownField
    by: Any = None
    is_row = False  # of several on one page, which says for all of them that something changed

    def __init__(
        self, data: Any = None, *args: Any, rows: Iterable[Any] = (), by: Any = None, **kwargs: Any
    ) -> None:
        self.rows = list(rows) if data is None else self.lock(rows)
        self.by = by or self.by
        self.differences: list[Difference] = []
        self.shown_anew: set[str] = set()
        super().__init__(data, *args, **self.about_rows(kwargs))
        self.fields[OPENED].initial = self._hashes

    def lock(self, rows: Iterable[Any]) -> list[Any]:
        """The rows as they are now, and stay until this transaction ends."""
        return [
            get_object_or_404(row._meta.model._base_manager.select_for_update(), pk=row.pk)
            for row in rows
        ]

    def about_rows(self, options: dict[str, Any]) -> dict[str, Any]:
        return options

    def stored(self) -> dict[str, Any]:
        """What stands now, by the name under which `typed` gives what would be written."""
        return {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if name != OPENED
        }

    def typed(self) -> dict[str, Any]:
        return self.cleaned_data

    def label_of(self, name: str) -> str:
        return str(self[name].label)

    def typed_anew(self) -> list[str]:
        """What is not as it was when the form was opened."""
        return [name for name, value in self.typed().items() if not self._opened_with(name, value)]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            self.cleaned_data.pop(OPENED, None)
            if self.rows:
                self._compare()

    def show_as_it_stands(self) -> None:
        """Of a row that the form did not have yet when it was sent."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        self.shown_anew |= self.fields.keys()

    def _compare(self) -> None:
        self.differences = list(self._differences())
        if not self.differences:
            return
        self.shown_anew = {row.name for row in self.differences if not row.is_typed} | {OPENED}
        if not self.is_row:
            self.add_error(None, ValidationError(CHANGED, code="changed"))
        for row in self.differences:
            beside = row.name if row.is_typed and row.name in self.fields else None
            if beside or not row.is_typed:
                self.add_error(beside, ValidationError(row.words, code="changed"))

    def _differences(self) -> Iterable[Difference]:
        typed = self.typed()
        for name, now in self.stored().items():
            own = typed.get(name, self[name].data if name in self.fields else now)
            if self._opened_with(name, now) or opened.plain(own) == opened.plain(now):
                continue
            yield Difference(
                name=name,
                label=self.label_of(name),
                now=readable(self.fields.get(name), now),
                own=readable(self.fields.get(name), own),
                is_typed=name not in self.fields
                or name not in typed
                or not self._opened_with(name, own),
            )

    def _opened_with(self, name: str, value: object) -> bool:
        carried = opened.read_hashes(self.data.get(self.add_prefix(OPENED), ""))
        return opened.is_hash_of(carried.get(name, ""), self._what(), name, value)

    def _hashes(self) -> str:
        return opened.hashes_of(self.stored(), self._what()) if self.rows else ""

    def _what(self) -> str:
        rows = [f"{row._meta.label}:{row.pk}" for row in self.about()]
        return " ".join([type(self).__qualname__, *rows, str(getattr(self.by, "pk", ""))])

    def about(self) -> list[Any]:
        """Whom the hashes are made for."""
        return self.rows


class EditModelForm(EditForm, forms.ModelForm):
    """A form of one row, its `instance`; `refused` is why it could not be kept when it was."""

    refused = ""

    def __init__(
        self, data: Any = None, *args: Any, instance: Model | None = None, **kwargs: Any
    ) -> None:
        is_stored = instance is not None and not instance._state.adding
        kwargs["instance"] = instance
        super().__init__(data, *args, rows=[instance] if is_stored else [], **kwargs)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.refused:
            self.add_error(None, ValidationError(self.refused, code="refused"))

    def about_rows(self, options: dict[str, Any]) -> dict[str, Any]:
        """The row that was read anew is the one that is written."""
        return options | {"instance": self.rows[0]} if self.rows else options

    def about(self) -> list[Any]:
        """Also a row that is gone."""
        return [self.instance]
