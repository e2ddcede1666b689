"""Checking a certificate, for everybody; revoking one, for staff."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.portal.certificates.actions import look_up, revoke_certificate
from diedie_edu.portal.certificates.forms import NumberForm, RevokeForm, clean_number
from diedie_edu.volunteering.models import Certificate

PER_PAGE = 30


@public
def check(request: HttpRequest) -> HttpResponse:
    """Type the number of a paper; the answer has an address of its own."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("portal:certificate_check", form.cleaned_data["number"])
    return render(request, "portal/certificates/check.html", {"form": form})


@public
@require_safe
def checked(request: HttpRequest, number: str) -> HttpResponse:
    """What the QR code of a paper opens. Numbers that are none all answer alike, and whoever
    tries many gets no answer for a while."""
    try:
        found = look_up(number=clean_number(number), place=network_of(request), now=local_now())
    except Refused:
        return render(request, "429.html", status=429)
    context = {
        "certificate": found,
        "is_public": found is not None and found.is_public_on(local_day(local_now())),
        "form": NumberForm(),
    }
    status = 200 if found else 404
    return render(request, "portal/certificates/checked.html", context, status=status)


keeps_people = requires(Permission.KEEP_PEOPLE)


@keeps_people
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    rows = Certificate.objects.select_related("resident", "revoked_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "today": local_day(local_now())}
    return render(request, "portal/certificates/list.html", context)


@keeps_people
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks for the reason; the paper's check page says from then on that it is not valid."""
    found = get_object_or_404(Certificate, pk=pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        revoke_certificate(certificate=found, reason=reason, by=request.user, now=local_now())
        messages.success(request, _("The certificate is revoked."))
        return redirect("portal:certificates")
    return render(request, "portal/certificates/revoke.html", {"form": form, "certificate": found})
