"""Changing a day, in every programme: a holiday, a make-up workday, a typhoon, and back."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions.changed_days import ChangedDay, change_day, preview_day
from diedie_edu.activities.changed_days import all_additions
from diedie_edu.activities.forms.changes import KINDS, USUAL, DayChangeForm, DayToChangeForm
from diedie_edu.activities.queries.changed_days import calendar_with, keys_of, planned_on
from diedie_edu.common import refusals
from diedie_edu.common.calendar import SpecialDayKind
from diedie_edu.common.days import day_text, local_day, local_now
from diedie_edu.common.sent import sent_day
from diedie_edu.venues.models import SpecialDay


@requires(Permission.KEEP_CALENDAR)
@require_safe
def day_to_change(request: HttpRequest) -> HttpResponse:
    """`?kind=` alone proposes what becomes of the day."""
    sent = request.GET if "day" in request.GET else None
    initial = {"kind": request.GET.get("kind", SpecialDayKind.CLOSED)}
    form = DayToChangeForm(sent, initial=initial, today=local_day(local_now()))
    if form.is_valid():
        day, kind = form.cleaned_data["day"].isoformat(), form.cleaned_data["kind"]
        return redirect("activities:change_day", day, kind)
    return render(request, "activities/day_to_change.html", {"form": form})


@requires(Permission.KEEP_CALENDAR)
def day_change(request: SignedInRequest, day: str, kind: str) -> HttpResponse:
    """Each thing that is planned with what could become of it; then what that comes to, and one
    button that does it all and tells everybody."""
    form = _form(request, _day(day), kind)
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        acts: dict[str, Any] = {"plan": form.plan(), "by": request.user, "now": local_now()}
        with refusals.in_form(form):
            if "preview" not in request.POST:
                messages.success(request, _done_text(change_day(**acts)))
                return redirect("portal:desk")
            context = _context(form) | {"done": preview_day(**acts)}
            return render(request, "activities/change_day_preview.html", context)
    return render(request, "activities/change_day.html", _context(form))


def _form(request: SignedInRequest, day: date, kind: str) -> DayChangeForm:
    if kind not in dict(KINDS):
        raise Http404
    now, entered = local_now(), "" if kind == USUAL else kind
    known = calendar_with(day, entered)
    was = SpecialDay.objects.filter(day=day).first()
    return DayChangeForm(
        request.POST or None,
        day=day,
        kind=kind,
        planned=planned_on(day, entered, now),
        besides=[more for _rules, more in all_additions(day, known, now)],
        initial={"reason": was.reason if was else ""},
    )


def _context(form: DayChangeForm) -> dict[str, object]:
    was = SpecialDay.objects.filter(day=form.day).first()
    return {
        "form": form,
        "heading": day_text(form.day),
        "lead": _("It becomes: %(kind)s.") % {"kind": dict(KINDS)[form.kind]},
        "lines": list(form.lines()),
        "keys": sorted(keys_of(form.planned, form.day)),
        "back": {"text": _("Another day"), "url": reverse("activities:day_to_change")},
        "nothing": _("Nothing is planned on that day, so nobody hears of it."),
        "was": was.get_kind_display() if was else "",
    }


def _day(text: str) -> date:
    """Raises `Http404` where no day is named."""
    day = sent_day(text)
    if day is None:
        raise Http404
    return day


def _done_text(done: ChangedDay) -> str:
    words = {
        "called_off": done.called_off,
        "moved": done.moved,
        "held": done.held + done.added,
        "told": done.told,
    }
    text = _(
        "The day is entered. Called off: %(called_off)s, moved: %(moved)s, held besides: %(held)s. "
        "A message or a call goes to: %(told)s."
    )
    return text % words
