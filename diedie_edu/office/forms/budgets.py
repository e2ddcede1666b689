"""The lines of a budget as one sheet, and money moved between them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.common import refusals
from diedie_edu.common.edit_forms import Difference, EditModelForm
from diedie_edu.common.edit_formsets import EditFormSet
from diedie_edu.lists.forms import ListField
from diedie_edu.office.models import BudgetLine, Version
from diedie_edu.office.rules import budgets as rules

UNIT = pgettext_lazy("of a quantity", "Unit")
SPARE = 3  # empty rows under the stored ones


class LineForm(EditModelForm):
    """One line. Its number is where it stands: typing another one moves it, and two people who
    move lines do not undo each other."""

    class Meta:
        model = BudgetLine
        fields = ("position", "category", "title", "quantity", "unit", "price", "funds")
        labels = {"position": _("No."), "unit": UNIT, "price": _("Price (yuan)")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        for name in ("quantity", "price"):
            self.fields[name].widget.attrs["min"] = 0
        if self.instance._state.adding:
            self.initial.update(position=None, quantity=1)
        else:
            self.initial["quantity"] = shortest(self.initial["quantity"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("position") is None:
            told["position"] = self.instance.position or rules.MOST_LINES
        if "quantity" in told and "price" in told:
            with refusals.in_form(self):
                rules.check_amount(told["quantity"], told["price"])
        return told

    def _differences(self) -> Iterator[Difference]:
        return (row for row in super()._differences() if row.name != "position")

    def is_moved(self) -> bool:
        number = self.cleaned_data["position"]
        return "position" in self.typed_anew() and number < rules.MOST_LINES

    def _post_clean(self) -> None:
        """Where it stands now stays, unless another number was typed."""
        stands_at = self.instance.position
        super()._post_clean()  # type: ignore[misc]
        if not self.instance._state.adding and not self._errors and not self.is_moved():
            self.instance.position = stands_at


def shortest(number: Decimal) -> Decimal:
    """Without zeros behind the point: 2, and not 2.00."""
    return Decimal(f"{number.normalize():f}")


def line_forms(data: Any = None, *, version: Version, by: User) -> Any:
    """The sheet of a draft's lines, with some empty rows to fill in."""
    made: type[BaseInlineFormSet] = inlineformset_factory(
        Version,
        BudgetLine,
        form=LineForm,
        formset=EditFormSet,
        extra=SPARE,
        max_num=rules.MOST_LINES,
        validate_max=True,
    )
    lines = version.budgetline_rows.order_by("position", "pk")
    return made(data, instance=version, queryset=lines, form_kwargs={"by": by}, prefix="lines")


class SheetForm(forms.Form):
    """An office's own spreadsheet."""

    file = ListField()


class ReallocationForm(forms.Form):
    """调剂: how much more (or, with a minus, less) each line of the approved version gets."""

    reason = forms.CharField(
        label=_("Why the money moves"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever reviews the new version reads it."),
    )

    def __init__(self, *args: Any, lines: Sequence[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[str(line.key)] = forms.DecimalField(
                label=_("More or less for “%(title)s”") % {"title": line.title},
                max_digits=11,
                decimal_places=2,
                required=False,
            )

    def rows(self) -> list[tuple[BudgetLine, forms.BoundField, Decimal]]:
        """Each line, its field, and what it would come to."""
        changes = self.changes()
        return [(line, self[str(line.key)], line.amount + changes[line.key]) for line in self.lines]

    def changes(self) -> dict[UUID, Decimal]:
        told = getattr(self, "cleaned_data", {})
        return {line.key: told.get(str(line.key)) or rules.NOTHING for line in self.lines}
