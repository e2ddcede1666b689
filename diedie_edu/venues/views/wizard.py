"""Plan, look at the days, save: how staff plan many days at once, in every programme."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from diedie_edu.common import refusals
from diedie_edu.common.errors import Refused
from diedie_edu.venues.rules.series import HELD, PlannedDay

SAVING = ("save", "announce")  # the buttons


@dataclass(frozen=True)
class PreviewRow:
    """A day of the preview; `is_new` where it was shown otherwise before."""

    planned: PlannedDay
    is_kept: bool
    is_new: bool

    @property
    def month(self) -> date:
        return self.planned.day.replace(day=1)


@dataclass(frozen=True)
class Wizard:
    """The form, then its days, which carry the form along until they are saved.

    `days` works them out, `save` saves those that were ticked (their keys); both raise `Refused`.
    The templates are those of the form and of the days.
    """

    form: BaseForm
    form_template: str
    days_template: str
    days: Callable[[], Sequence[PlannedDay]]
    save: Callable[[frozenset[str]], HttpResponse]

    def answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and self.form.is_valid() and "edit" not in request.POST:
            with refusals.in_form(self.form):
                saves = any(button in request.POST for button in SAVING)
                return self._save(request) if saves else self._preview(request)
        return render(request, self.form_template, {"form": self.form})

    def _save(self, request: HttpRequest) -> HttpResponse:
        """What is refused for its days is shown on the days. Raises `Refused` for the rest."""
        try:
            return self.save(frozenset(request.POST.getlist("kept")))
        except Refused as refusal:
            if refusal.field in self.form.fields:
                raise
            return self._preview(request, refusal)

    def _preview(self, request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
        """All are ticked at first, later those that were."""
        sent: Any = self.form.data
        kept, shown = sent.getlist("kept"), sent.getlist("shown")
        rows = [
            PreviewRow(
                planned=day,
                is_kept=day.key in kept if shown else True,
                is_new=bool(shown) and day.key not in shown,
            )
            for day in self.days()
        ]
        held = [row.planned for row in rows if row.planned.is_held]
        context = {
            "form": self.form,
            "rows": rows,
            "refusal": refusal,
            "held": len(held),
            "moved": sum(day.state != HELD for day in held),
            "left_out": len(rows) - len(held),
        }
        return render(request, self.days_template, context)
