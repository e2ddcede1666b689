"""The liaison log: its list, one contact, and what follows from it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404, scopes
from diedie_edu.common import refusals
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.next_page import next_page
from diedie_edu.office.actions import contacts as acts
from diedie_edu.office.forms.contacts import (
    ContactFilter,
    ContactForm,
    FollowUpForm,
    new_contact,
)
from diedie_edu.office.models import Contact, FollowUp
from diedie_edu.office.queries import contacts as queries
from diedie_edu.office.views.doors import keeps, reads
from diedie_edu.programmes.models import Programme

PER_PAGE = 30


@reads
@require_safe
def contact_list(request: SignedInRequest) -> HttpResponse:
    today = local_day(local_now())
    form = ContactFilter(request.GET, programmes=within(Programme.objects, scopes(request)))
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.contacts(request.user, wanted, today)
    context = {
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "is_filtered": any(wanted.values()),
        "kept": queries.kept_by(request.user),
        "today": today,
    }
    return render(request, "office/contact_list.html", context)


@reads
@require_safe
def contact(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them; names and phones are for those alone who keep the log."""
    found = get_own_or_404(request, _contacts(), pk=pk)
    may_keep = queries.may_keep(request.user, found)
    context = {
        "contact": found,
        "lines": queries.follow_ups(local_day(local_now())).filter(contact=found),
        "may_keep": may_keep,
        "keeps": [found.programme.slug] if may_keep else [],
    }
    return render(request, "office/contact.html", context)


@keeps
def contact_new(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = get_own_or_404(request, Programme.objects, slug=slug)
    form = ContactForm(request.POST or None, instance=new_contact(programme, request.user))
    return _kept(request, form)


@keeps
@in_one_transaction
def contact_change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, _contacts(), pk=pk)
    return _kept(request, ContactForm(request.POST or None, instance=found, by=request.user))


def _kept(request: SignedInRequest, form: ContactForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.keep_contact(contact=form.instance, by=request.user, now=local_now())
            messages.success(request, _("Saved."))
            return redirect("office:contact", form.instance.pk)
    return render(request, "office/contact_form.html", {"form": form, "contact": form.instance})


@keeps
def follow_up_new(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, _contacts(), pk=pk)
    form = FollowUpForm(request.POST or None, instance=FollowUp(contact=found, owner=request.user))
    return _follow_up_kept(request, form)


@keeps
@in_one_transaction
def follow_up_change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, _follow_ups(), pk=pk)
    form = FollowUpForm(request.POST or None, instance=found, by=request.user)
    return _follow_up_kept(request, form)


def _follow_up_kept(request: SignedInRequest, form: FollowUpForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.keep_follow_up(follow_up=form.instance, now=local_now())
            messages.success(request, _("Saved."))
            return redirect("office:contact", form.instance.contact_id)
    context = {"form": form, "follow_up": form.instance}
    return render(request, "office/follow_up_form.html", context)


@keeps
@require_POST
def follow_up_tick(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, _follow_ups(), pk=pk)
    acts.tick(follow_up=found, done="done" in request.POST, by=request.user, now=local_now())
    return redirect(next_page(request, reverse("office:contact", args=[found.contact_id])))


@keeps
@require_POST
def follow_up_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, _follow_ups(), pk=pk)
    acts.remove_follow_up(follow_up=found, now=local_now())
    messages.success(request, _("Removed."))
    return redirect("office:contact", found.contact_id)


def _contacts() -> QuerySet[Contact]:
    return Contact.objects.select_related("programme", "organisation", "held_by")


def _follow_ups() -> QuerySet[FollowUp]:
    return FollowUp.objects.select_related("contact__programme")
