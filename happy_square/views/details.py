"""What a group says of itself; its filing; its pictures; its poster."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, public, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import sent_number
from happy_square.actions import groups as acts
from happy_square.actions import pictures as picture_acts
from happy_square.forms.details import (
    DetailsForm,
    FilingForm,
    PermissionForm,
    PictureForm,
    StaffDetailsForm,
)
from happy_square.models import GroupPicture
from happy_square.queries.directory import usual_times
from happy_square.queries.groups import announced_groups
from happy_square.queries.leaders import live_leaderships
from happy_square.queries.pictures import pictures_of
from happy_square.rules.filing import missing
from happy_square.views.doors import is_staff
from happy_square.views.running import group_run_by, meet_up_run_by


@signed_in
@in_one_transaction
def details(request: SignedInRequest, pk: int) -> HttpResponse:
    group = group_run_by(request, pk)
    form_class = StaffDetailsForm if is_staff(request) else DetailsForm
    form = form_class(request.POST or None, instance=group, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.change(group=form.instance, by=request.user, now=local_now())
            messages.success(request, _("Saved."))
            return redirect("happy_square:group", pk)
    return render(request, "happy_square/details.html", {"group": group, "form": form})


@signed_in
@in_one_transaction
def filing(request: SignedInRequest, pk: int) -> HttpResponse:
    """How the filing stands, and what it lacks; staff write it down."""
    group = group_run_by(request, pk)
    may_write = is_staff(request)
    sent = request.POST if may_write and request.method == "POST" else None
    form = FilingForm(sent, instance=group, by=request.user)
    if sent is not None and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("happy_square:filing", pk)
    context = {
        "group": group,
        "form": form if may_write else None,
        "missing": list(missing(group, local_day(local_now()))),
    }
    return render(request, "happy_square/filing.html", context)


@signed_in
def pictures(request: SignedInRequest, pk: int) -> HttpResponse:
    group = group_run_by(request, pk)
    date = sent_number(request.GET.get("date", ""))
    meet_up = meet_up_run_by(request, pk, date) if date else None
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refusals.in_form(form):
            made = picture_acts.add(
                group=group,
                data=told["file"].read(),
                caption=told["caption"],
                shown=told["shown"],
                agreed_note=told["agreed_note"],
                meet_up=meet_up,
                by=request.user,
                now=local_now(),
            )
            text = _("Published.") if told["shown"] else _("Kept. It is shown once they agree.")
            messages.success(request, text)
            return redirect("happy_square:pictures", made.group_id)
    context = {
        "group": group,
        "meet_up": meet_up,
        "form": form,
        "permission": PermissionForm(auto_id=False),
        "pictures": pictures_of(pk),
    }
    return render(request, "happy_square/pictures.html", context)


@signed_in
@require_POST
def picture_permit(request: SignedInRequest, pk: int, picture: int) -> HttpResponse:
    found = _picture_or_404(request, pk, picture)
    form = PermissionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say who can be seen in it."))
        return redirect("happy_square:pictures", pk)
    with refusals.as_message(request):
        picture_acts.permit(picture=found, by=request.user, now=local_now(), **form.cleaned_data)
        messages.success(request, _("Published."))
    return redirect("happy_square:pictures", pk)


@signed_in
@require_POST
def picture_remove(request: SignedInRequest, pk: int, picture: int) -> HttpResponse:
    picture_acts.remove(picture=_picture_or_404(request, pk, picture), by=request.user)
    messages.success(request, _("Removed."))
    return redirect("happy_square:pictures", pk)


def _picture_or_404(request: SignedInRequest, pk: int, picture: int) -> GroupPicture:
    return get_object_or_404(pictures_of(group_run_by(request, pk).pk), pk=picture)


@public
@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to hang up: when, where, and a code that leads to the page."""
    group = get_object_or_404(announced_groups(), pk=pk)
    context = {
        "group": group,
        "times": usual_times(group),
        "leaders": live_leaderships(pk),
        "address": settings.PORTAL_URL + reverse("happy_square:group", args=[pk]),
    }
    return render(request, "happy_square/poster.html", context)
