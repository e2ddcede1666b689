"""Changing a term, its breaks, and deleting a draft: each is shown before it is done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from after_school.actions import breaks, changing_terms
from after_school.forms.terms import BreakForm, TermChangeForm
from after_school.models import SchoolBreak, Term
from after_school.views.doors import plans
from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction


@plans
@in_one_transaction
def term_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form, then what it comes to, which carries the form along until it is saved."""
    term = get_own_or_404(request, Term.objects, pk=pk)
    form = TermChangeForm(request.POST or None, term=term, by=request.user)
    context: dict[str, Any] = {"form": form, "term": term}
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        acts: dict[str, Any] = {"term": term, "by": request.user, "now": local_now()}
        acts |= {"change": form.change(), "reason": form.cleaned_data["reason"]}
        with refusals.in_form(form):
            if "preview" not in request.GET:
                done = changing_terms.change_term(**acts)
                messages.success(request, _changed_text(done))
                return redirect("after_school:term", pk)
            context["done"] = changing_terms.preview_change(**acts)
            return render(request, "after_school/term_change_preview.html", context)
    return render(request, "after_school/term_change.html", context)


def _changed_text(done: changing_terms.ChangedTerm) -> str:
    text = _(
        "Saved. Days moved: %(moved)s, added: %(added)s, called off: %(called_off)s. A message or "
        "a call goes to: %(told)s."
    )
    return text % vars(done)


@plans
def term_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    term = get_own_or_404(request, Term.objects, pk=pk)
    if request.method == "POST":
        with refusals.as_message(request):
            changing_terms.delete_draft(term=term, by=request.user, now=local_now())
            messages.success(request, _("Deleted: the draft, its days and its rooms."))
            return redirect("after_school:term_list")
        return redirect("after_school:term", pk)
    context = {"term": term, "days": term.sessions.count()}
    return render(request, "after_school/term_delete.html", context)


@plans
@require_POST
def break_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the break comes to, with the form carried along; then it is entered."""
    term = get_own_or_404(request, Term.objects, pk=pk)
    form = BreakForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter the first day, the last day and a name of the break."))
        return redirect("after_school:term", pk)
    acts: dict[str, Any] = {"term": term, "by": request.user, "now": local_now()}
    acts |= form.cleaned_data
    with refusals.as_message(request):
        if "preview" in request.POST:
            context = {"form": form, "term": term, "done": breaks.preview_adding(**acts)}
            return render(request, "after_school/break_add.html", context)
        off = breaks.add_break(**acts).days
        text = ngettext(
            "Entered. %(number)d day is called off; everybody gets a message or a call.",
            "Entered. %(number)d days are called off; everybody gets a message or a call.",
            off,
        )
        messages.success(request, text % {"number": off})
    return redirect("after_school:term", pk)


@plans
def break_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """A break that is none after all."""
    rows = SchoolBreak.objects.select_related("term")
    found = get_own_or_404(request, rows, pk=pk)
    acts: dict[str, Any] = {"school_break": found, "by": request.user, "now": local_now()}
    with refusals.as_message(request):
        if request.method != "POST":
            context = {"break": found, "done": breaks.preview_taking_back(**acts)}
            return render(request, "after_school/break_back.html", context)
        breaks.take_back_break(**acts)
        messages.success(request, _("Taken back. Everybody gets a message or a call."))
    return redirect("after_school:term", found.term_id)
