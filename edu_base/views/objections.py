"""Objections: written by anybody while the names stand in public, decided by staff."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.links import numbers_in, token
from diedie_edu.community.known import community
from edu_base.actions import objections
from edu_base.forms.objections import DecideForm, EnterForm, ObjectionForm
from edu_base.models import Objection, State
from edu_base.queries import announcing as queries
from edu_base.queries.places import standing_at
from edu_base.views.doors import keeps
from edu_base.views.places import class_or_404

PURPOSE, PER_PAGE = "objection", 20


@public
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """To one of the names of an announcement whose days run."""
    found = queries.in_public(local_day(local_now()))
    announcement = get_object_or_404(found, pk=pk)
    form = ObjectionForm(request.POST or None, names=queries.names_of(announcement))
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            row = objections.object_online(
                told=form.told(),
                sheet=form.cleaned_data["sheet"],
                address=network_of(request),
                language=get_language() or "",
                now=local_now(),
            )
            return redirect("edu_base:objection_outcome", token(PURPOSE, row.pk))
    phone = community().phone
    context = {"announcement": announcement, "form": form, "phone": phone}
    return render(request, "edu_base/object.html", context)


@public
@require_safe
def outcome(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and later the decision; nothing of what was written, for links are passed on."""
    named = numbers_in(token, PURPOSE)
    if named is None or len(named) != 1:
        raise Http404
    rows = Objection.objects.select_related("application__intake")
    row = get_object_or_404(rows, pk=named[0])
    return render(request, "edu_base/objection_outcome.html", {"objection": row})


@keeps
@require_safe
def objection_list(request: SignedInRequest) -> HttpResponse:
    """Those to be decided, or all; none about the reader's own family."""
    shows_all = request.GET.get("which") == "all"
    found = queries.objections(request.user)
    rows = found if shows_all else queries.open_objections(request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "shows_all": shows_all}
    return render(request, "edu_base/objection_list.html", context)


@keeps
def objection(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read it, and decide where the reader did not review the case."""
    row = get_object_or_404(queries.objections(request.user), pk=pk)
    has_reviewed = queries.has_reviewed(request.user, row.application)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            objections.decide(objection=row, by=request.user, now=local_now(), **form.cleaned_data)
            messages.success(request, _("Decided. Whoever is concerned hears of it."))
            return redirect("edu_base:objection", pk)
    context = {"objection": row, "form": form, "has_reviewed": has_reviewed}
    return render(request, "edu_base/objection.html", context)


@keeps
def enter(request: SignedInRequest, pk: int) -> HttpResponse:
    """One that came on paper or by telephone, to a name of this class."""
    intake = class_or_404(request, pk)
    names = standing_at(intake, State.ANNOUNCED)
    today = local_day(local_now())
    form = EnterForm(request.POST or None, names=names, initial={"received_on": today})
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            row = objections.enter(
                told=form.told(),
                way=form.cleaned_data["way"],
                received_on=form.cleaned_data["received_on"],
                sheet=form.cleaned_data["sheet"],
                language=get_language() or "",
                by=request.user,
                now=local_now(),
            )
            messages.success(request, _("Entered. It is decided before anything goes on."))
            return redirect("edu_base:objection", row.pk)
    return render(request, "edu_base/objection_enter.html", {"intake": intake, "form": form})
