"""Somebody has moved away or died, is back, or has left a household; and undoing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.people.actions import changes
from diedie_edu.people.actions.departing import note_departure, note_return
from diedie_edu.people.actions.parting import part_household
from diedie_edu.people.models import RecordChange
from diedie_edu.portal.register import previews
from diedie_edu.portal.register.forms.records import DepartureForm, PartingForm, ReasonForm
from diedie_edu.portal.register.views.person import person_or_404

keeps_people = requires(Permission.KEEP_PEOPLE)


@keeps_people
def gone(request: SignedInRequest, pk: int) -> HttpResponse:
    """Moved away or died: first what ends, then the button."""
    person = person_or_404(pk)
    form = DepartureForm(request.POST or None)
    context: dict[str, Any] = {"person": person, "form": form}
    if request.method == "POST" and form.is_valid():
        facts = {"resident": person, "by": request.user, "now": local_now(), **form.cleaned_data}
        with refusals.in_form(form):
            if "preview" not in request.POST:
                note_departure(**facts)
                messages.success(request, _("It is noted. You can undo it for 30 days."))
                return redirect("portal:person", person.pk)
            change = changes.preview(note_departure, **facts)
            context |= {"ending": previews.ending(change), "is_previewed": True}
    return render(request, "portal/register/gone.html", context)


@keeps_people
def back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Here again, after a time."""
    person = person_or_404(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            facts = {"by": request.user, "now": local_now(), **form.cleaned_data}
            note_return(resident=person, **facts)
            messages.success(request, _("Welcome back: they can sign up again from now on."))
            return redirect("portal:person", person.pk)
    undo = person.record_changes.filter(kind=person.departure).exclude(notes="").first()
    context = {"person": person, "form": form, "undo": undo}
    return render(request, "portal/register/back.html", context)


@keeps_people
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    """Some of a household live somewhere else from now on."""
    person = person_or_404(pk)
    household = person.household
    if household is None:
        raise Http404
    form = PartingForm(request.POST or None, household=household)
    context: dict[str, Any] = {"person": person, "household": household, "form": form}
    if request.method == "POST" and form.is_valid():
        facts = {
            "household": household,
            "members": list(form.cleaned_data["members"]),
            "new": form.new_household(),
            "reason": form.cleaned_data["reason"],
            "by": request.user,
            "now": local_now(),
        }
        with refusals.in_form(form):
            if "preview" not in request.POST:
                part_household(**facts)
                messages.success(request, _("They have a household of their own now."))
                return redirect("portal:person", person.pk)
            changes.preview(part_household, **facts)
            staying = household.members.exclude(pk__in=[one.pk for one in facts["members"]])
            context |= {"is_previewed": True, "leaving": facts["members"], "staying": staying}
    return render(request, "portal/register/split.html", context)


@keeps_people
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """What comes back, what has changed since, and the button."""
    change = get_object_or_404(RecordChange.objects.select_related("resident", "other"), pk=pk)
    person = person_or_404(change.resident_id)
    form, facts = ReasonForm(request.POST or None), {"by": request.user, "now": local_now()}
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            left = changes.undo_change(change=change, **facts, **form.cleaned_data)
            messages.success(request, _done_text(len(left)))
            return redirect("portal:person", person.pk)
    context = {"person": person, "change": change, "form": form} | _comes_to(change, facts)
    return render(request, "portal/register/undo.html", context)


def _comes_to(change: RecordChange, facts: dict[str, Any]) -> dict[str, object]:
    try:
        left = changes.preview(changes.undo_change, change=change, reason="–", **facts)
    except Refused as refusal:
        return {"refusal": refusal}
    since = changes.entered_since(change) if change.other_id else []
    return {"left": [_words(row) for row in left], "since": since}


def _words(left: Any) -> str:
    words = str(left.table._meta.verbose_name)
    return f"{words}: {left.row}" if left.row else _("%s (gone since)") % words


def _done_text(left: int) -> str:
    if not left:
        return _("Undone: everything is as it was.")
    text = ngettext(
        "Undone. %(number)d entry that changed since stays as it is.",
        "Undone. %(number)d entries that changed since stay as they are.",
        left,
    )
    return text % {"number": left}
