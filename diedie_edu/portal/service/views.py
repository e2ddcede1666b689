"""A volunteer's own hours, and the proof of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_member
from diedie_edu.portal.certificates.forms import PeriodForm
from diedie_edu.portal.certificates.queries import certificates_of
from diedie_edu.portal.service.actions import issue_proof
from diedie_edu.portal.service.queries import waiting_of
from diedie_edu.volunteering.models import Certificate
from diedie_edu.volunteering.queries import hours

PER_PAGE = 20


@signed_in
def my_hours(request: SignedInRequest) -> HttpResponse:
    """One's own alone: what is confirmed, what waits; a proof is asked for below it."""
    own, now = family_member(request.user, ""), local_now()
    form = PeriodForm(request.POST or None, today=local_day(now))
    if request.method == "POST" and own is not None and form.is_valid():
        with refusals.in_form(form):
            issued = issue_proof(resident=own, by=request.user, now=now, **form.cleaned_data)
            messages.success(request, _("Your proof is ready. You can print it."))
            return redirect("portal:certificate", issued.pk)
    context = {"form": form, "today": local_day(now)} | (_served(request, own) if own else {})
    return render(request, "portal/service/my_hours.html", context)


def _served(request: HttpRequest, own: Resident) -> dict[str, object]:
    confirmed = Paginator(hours.confirmed_duties(own), PER_PAGE)
    return {
        "hours": hours.hours_of(own),
        "page": confirmed.get_page(request.GET.get("page")),
        "waiting": waiting_of(own, local_now()),
        "proofs": certificates_of(own, Certificate.Kind.SERVICE),
    }
