"""Asking to have a name or a date of birth put right: one's own, or one's child's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.people.models import Resident
from diedie_edu.portal.closing.actions import corrections
from diedie_edu.portal.closing.queries import may_be_corrected_by, open_correction
from diedie_edu.portal.own.forms.data import CorrectionForm


@signed_in
@in_one_transaction
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(may_be_corrected_by(request.user), pk=pk)
    asked = open_correction(person, request.user)
    shown = asked or person
    told = {"full_name": shown.full_name, "birth_date": shown.birth_date}
    form = CorrectionForm(request.POST or None, rows=[person], by=request.user, initial=told)
    if form.is_valid():
        own = get_object_or_404(Resident.objects, account=request.user)
        with refusals.in_form(form):
            found = corrections.ask(
                resident=person,
                asked_by=own,
                full_name=form.cleaned_data["full_name"],
                birth_date=form.cleaned_data["birth_date"],
                by=request.user,
                now=local_now(),
            )
            messages.success(
                request, _("Thank you. Please show the paper at the service desk; then it counts.")
            )
            return redirect("decisions:own", found.pk)
    context = {"form": form, "person": person, "asked": asked}
    return render(request, "portal/closing/correct.html", context)
