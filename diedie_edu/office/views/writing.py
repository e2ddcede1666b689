"""Writing a draft: its lines, why there is a new version, finished files, ticks of milestones."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.office.actions import writing as acts
from diedie_edu.office.actions.drafts import lock_document
from diedie_edu.office.forms.writing import FORMS, TITLES, FileForm, HeadForm, form_of
from diedie_edu.office.models import Content, Milestone, Version
from diedie_edu.office.queries.contents import BY_NAME
from diedie_edu.office.views.doors import keeps
from diedie_edu.office.views.versions import VERSION, versions


def _row_or_404(request: SignedInRequest, name: str, pk: int) -> Any:
    """A line by the name of its table; of a sent form, with its document locked first, as every
    writer of its lines does."""
    if name not in BY_NAME:
        raise Http404
    rows = BY_NAME[name]._default_manager.select_related("version__document")
    found: Any = get_own_or_404(request, rows, pk=pk)
    if request.method == "POST":
        lock_document(found.version.document_id)
    return found


def _form_page(request: SignedInRequest, form: Any, row: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.keep_row(row=form.instance, by=request.user, now=local_now())
            messages.success(request, _("Saved."))
            return redirect(VERSION, row.version_id)
    name = row._meta.model_name
    context = {"form": form, "row": row, "name": name, "title": TITLES[name]}
    return render(request, "office/row_form.html", context)


@keeps
@in_one_transaction
def row_add(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    version = get_own_or_404(request, versions(), pk=pk)
    if name not in FORMS:
        raise Http404
    row: Content = BY_NAME[name](version=version)
    return _form_page(request, FORMS[name](request.POST or None, instance=row), row)


@keeps
@in_one_transaction
def row_change(request: SignedInRequest, name: str, pk: int) -> HttpResponse:
    found = _row_or_404(request, name if name in FORMS else "", pk)
    form = form_of(found)(request.POST or None, instance=found, by=request.user)
    return _form_page(request, form, found)


@keeps
@require_POST
@in_one_transaction
def row_move(request: SignedInRequest, name: str, pk: int) -> HttpResponse:
    found = _row_or_404(request, name, pk)
    with refusals.as_message(request):
        up = "up" in request.POST
        acts.move_row(row=found, up=up, by=request.user, now=local_now())
    return redirect(VERSION, found.version_id)


@keeps
@require_POST
@in_one_transaction
def row_remove(request: SignedInRequest, name: str, pk: int) -> HttpResponse:
    found = _row_or_404(request, name, pk)
    with refusals.as_message(request):
        acts.remove_row(row=found, by=request.user, now=local_now())
        messages.success(request, _("Removed."))
    return redirect(VERSION, found.version_id)


@keeps
@in_one_transaction
def head(request: SignedInRequest, pk: int) -> HttpResponse:
    """Why there is a new version."""
    found = get_own_or_404(request, versions(), pk=pk)
    if request.method == "POST":
        lock_document(found.document_id)
    form = HeadForm(request.POST or None, instance=found, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.keep_head(version=form.instance, by=request.user, now=local_now())
            messages.success(request, _("Saved."))
            return redirect(VERSION, pk)
    return render(request, "office/version_head.html", {"form": form, "version": found})


@keeps
def attach(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_own_or_404(request, versions(), pk=pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            _attach(request, found, form)
            messages.success(request, _("Kept with the draft."))
            return redirect(VERSION, pk)
    return render(request, "office/version_attach.html", {"form": form, "version": found})


def _attach(request: SignedInRequest, version: Version, form: FileForm) -> None:
    file, title = form.cleaned_data["file"], form.cleaned_data["title"]
    who: dict[str, Any] = {"by": request.user, "now": local_now()}
    acts.attach(version=version, data=file.read(), file_name=file.name, title=title, **who)


@keeps
@require_POST
def milestone_tick(request: SignedInRequest, pk: int) -> HttpResponse:
    """Done without an event, or not after all; of an approved plan too."""
    rows = Milestone.objects.select_related("version__document")
    found = get_own_or_404(request, rows, pk=pk)
    document, done = found.version.document, "done" in request.POST
    acts.tick(document=document, milestone=found, done=done, by=request.user, now=local_now())
    return redirect(VERSION, found.version_id)
