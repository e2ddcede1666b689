"""Rows on the page of one object: those that others added or took out meanwhile.

Each row is an `EditForm` and compares itself. Here the rows that were sent meet those that stand:
what was taken out goes, unless something was typed into it (then it stays as a new row); what was
added comes in. Either way nothing is saved before the page has been looked at again.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.edit_forms import CHANGED, OPENED, EditForm

ROWS = _("Rows were added or taken out meanwhile; the list shows what stands now.")


class EditFormSet(BaseInlineFormSet):
    form: Any
    model: Any
    data: Any
    _non_form_errors: Any

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.arrived: list[str] = []
        self.gone: list[int] = []
        super().__init__(data, *args, **kwargs)
        has_fields = self.form.base_fields.keys() - {OPENED, self.fk.name}
        if self.is_bound and has_fields and self.management_form.is_valid():
            self._meet_rows()

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        if self.arrived or self.gone:
            self._non_form_errors.append(ValidationError(ROWS, code="changed"))
        if any(getattr(form, "differences", ()) for form in self.initial_forms):
            self._non_form_errors.append(ValidationError(CHANGED, code="changed"))

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if isinstance(form, EditForm):
            form.is_row = True
            if str(form.instance.pk) in self.arrived:  # type: ignore[attr-defined]
                form.show_as_it_stands()
        return form

    def _meet_rows(self) -> None:
        """Find who is gone and who has arrived, and have the rows sent as they stand now."""
        number, total = self.initial_form_count(), self.total_form_count()
        sent = {self.data.get(f"{self.add_prefix(i)}-{self._pk}", ""): i for i in range(number)}
        there = [str(row.pk) for row in self.get_queryset()]
        self.arrived = [pk for pk in there if pk not in sent]
        self.gone = [i for pk, i in sent.items() if pk not in there]
        if not self.arrived and not self.gone:
            return
        kept = [self._sent(i) for pk, i in sent.items() if pk in there]
        old = kept + [{self._pk: [pk]} for pk in self.arrived]
        new = [self._sent(i) for i in [*self.gone, *range(number, total)] if self._says(i)]
        self._send(old, [row | {self._pk: [""]} for row in new])

    @property
    def _pk(self) -> str:
        return self.model._meta.pk.name

    def _sent(self, i: int) -> dict[str, list[str]]:
        start = f"{self.add_prefix(i)}-"
        keys = [key for key in self.data if key.startswith(start)]
        return {key.removeprefix(start): self.data.getlist(key) for key in keys}

    def _says(self, i: int) -> bool:
        """A new row, or one that is gone into which something was typed."""
        if i not in self.gone:
            return True
        pk = self.data.get(f"{self.add_prefix(i)}-{self._pk}")
        gone = self.model(pk=pk)
        form = self.form(self.data, prefix=self.add_prefix(i), instance=gone, **self.form_kwargs)
        return not form.is_valid() or bool(form.typed_anew())

    def _send(self, old: list[dict], new: list[dict]) -> None:
        data = self.data.copy()
        for key in [key for key in data if key.startswith(f"{self.prefix}-")]:
            if key.removeprefix(f"{self.prefix}-").partition("-")[0].isdecimal():
                del data[key]
        for i, row in enumerate([*old, *new]):
            for name, values in row.items():
                data.setlist(f"{self.prefix}-{i}-{name}", values)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(old) + len(new))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(old))
        self.data = data
        del self.management_form  # counted anew
