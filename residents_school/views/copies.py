"""Copies: a season comes again, lecture by lecture, seen before it is saved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common.days import local_now
from diedie_edu.venues.views.wizard import Wizard
from residents_school.actions.copies import copy_season
from residents_school.forms.copies import SeasonCopyForm
from residents_school.queries.copies import copied_days
from residents_school.views.staff import plans


@plans
def season_copy(request: SignedInRequest) -> HttpResponse:
    form, now = SeasonCopyForm(request.POST or None), local_now()

    def period() -> dict[str, object]:
        days = {name: form.cleaned_data[name] for name in ("first", "last")}
        return days | {"weeks": form.weeks, "now": now}

    def save(kept: frozenset[str]) -> HttpResponse:
        done = copy_season(**period(), kept=kept, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _copied_text(done))
        return redirect("residents_school:staff_lecture_list")

    return Wizard(
        form=form,
        form_template="residents_school/season_copy.html",
        days_template="residents_school/season_copy_days.html",
        days=lambda: copied_days(**period()),  # type: ignore[arg-type]
        save=save,
    ).answer(request)


def _copied_text(number: int) -> str:
    return ngettext(
        "%(number)d lecture stands as a draft. Look at it, then announce it.",
        "%(number)d lectures stand as drafts. Look at them, then announce them.",
        number,
    ) % {"number": number}
