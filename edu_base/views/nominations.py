"""Pages that open by the link of a message: the enterprise's own, and the worker's own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import public
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.common.links import numbers_in
from diedie_edu.common.sent import row_or_404
from diedie_edu.notices.kinds import numbers_to_ring
from diedie_edu.people.models import ConsentText
from diedie_edu.people.queries import consent_text_in_force
from edu_base.actions import nominations
from edu_base.dream_messages import OFFICE
from edu_base.forms.dream import ConfirmForm, NomineeForm
from edu_base.models import Allotment, Nomination
from edu_base.models.schemes import PROGRAMME
from edu_base.queries import nominations as queries
from edu_base.rules import nominations as rules


def _named(token: str, purpose: str, many: int) -> tuple[int, ...]:
    """Raises `Http404` where it was not made here."""
    numbers = numbers_in(token, purpose)
    if numbers is None or len(numbers) != many:
        raise Http404
    return numbers


# --- The enterprise --------------------------------------------------------------------


@public
def nominating(request: HttpRequest, token: str) -> HttpResponse:
    """Whom it has nominated and how that stands, and a form for the next one."""
    number, link = _named(token, "nominating", 2)
    rows = Allotment.objects.select_related("enterprise__organisation", "scheme_year")
    found, today = get_object_or_404(rows, pk=number), local_day(local_now())
    if not rules.is_link_open(found, link, today):
        context = {"allotment": found, "numbers": numbers_to_ring(OFFICE)}
        return render(request, "edu_base/nominating_ended.html", context)
    form = NomineeForm(request.POST if "full_name" in request.POST else None)
    if request.method == "POST" and _sent(request, found, form):
        return redirect("edu_base:nominating", token)
    nominated = list(queries.nominations_of(found))
    context = {
        "allotment": found,
        "nominated": nominated,
        "nominations": rules.shown(nominated),
        "closed": refusal_of(rules.check_nominates, found, today),
        "form": form,
        "numbers": numbers_to_ring(OFFICE),
    }
    return render(request, "edu_base/nominating.html", context)


def _sent(request: HttpRequest, allotment: Allotment, form: NomineeForm) -> bool:
    """Whether what was sent is done with: a new nomination, or one that ends."""
    if form.is_bound:
        return form.is_valid() and _nominated(request, allotment, form)
    found = row_or_404(request, "nomination", queries.nominations_of(allotment))
    end = nominations.note_left if "left" in request.POST else nominations.take_back
    with refusals.as_message(request):
        end(nomination=found, by=None, now=local_now())
        messages.success(request, _("Saved."))
    return True


def _nominated(request: HttpRequest, allotment: Allotment, form: NomineeForm) -> bool:
    with refusals.in_form(form):
        nominations.nominate(allotment=allotment, told=form.told(), by=None, now=local_now())
        messages.success(request, _("Nominated. The worker gets a link to say yes or no."))
        return True
    return False


# --- The worker ------------------------------------------------------------------------


@public
def nominated(request: HttpRequest, token: str) -> HttpResponse:
    """What it means, and yes or no; opening it changes nothing."""
    (number,) = _named(token, "nominated", 1)
    rows = Nomination.objects.filter(forgotten_at=None)
    rows = rows.select_related(
        "allotment__enterprise__organisation", "application__intake", "application__person"
    )
    found = get_object_or_404(rows, pk=number)
    classes = queries.classes_open(found.year, local_day(local_now()))
    text = consent_text_in_force(PROGRAMME, local_now())
    form = ConfirmForm(request.POST if "yes" in request.POST else None, classes=classes)
    if request.method == "POST" and _answered(request, found, form, text):
        return redirect("edu_base:nominated", token)
    context = {
        "nomination": found,
        "classes": classes,
        "text": text,
        "until": queries.answer_until(found.year),
        "form": form,
        "numbers": numbers_to_ring(OFFICE),
    }
    return render(request, "edu_base/nominated.html", context)


def _answered(
    request: HttpRequest, nomination: Nomination, form: ConfirmForm, text: ConsentText | None
) -> bool:
    if "no" in request.POST:
        with refusals.as_message(request):
            nominations.decline(nomination=nomination, now=local_now())
        return True
    if text and form.is_bound and form.is_valid():
        with refusals.in_form(form):
            told: dict[str, Any] = {"intake": form.cleaned_data["intake"], "text": text}
            nominations.confirm(nomination=nomination, now=local_now(), **told)
            return True
    return False
