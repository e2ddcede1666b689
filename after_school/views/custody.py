"""Who answers for a child changes, on a paper that staff have seen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from after_school.actions.custody import change_custody
from after_school.forms.custody import CustodyForm
from after_school.rules.terms import PROGRAMME
from after_school.views.doors import of_childs_record
from diedie_edu.accounts.access import SignedInRequest, confirmed
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.people.actions.consents import lock_child_row
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import consent_text_in_force


@of_childs_record("custody")
@confirmed
@in_one_transaction
def custody_change(request: SignedInRequest, child: Resident) -> HttpResponse:
    now = local_now()
    text = consent_text_in_force(PROGRAMME, now)
    if request.method == "POST":
        lock_child_row(child.pk)
    form = CustodyForm(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            change_custody(child=child, custody=form.custody(text), by=request.user, now=now)
            messages.success(request, _("Saved. Who remains gets a message or a call."))
            return redirect("after_school:record", child.pk)
    context = {"child": child, "form": form, "text": text}
    return render(request, "after_school/custody.html", context)
