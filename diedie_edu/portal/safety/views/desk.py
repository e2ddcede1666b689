"""Somebody's app and sheet are lost: whoever keeps accounts sees them and ends the second step."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, confirmed, requires
from diedie_edu.accounts.actions import second_factors
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.rules import check_may_end_factor
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.portal.safety.forms import SeenOwnerForm


@requires(Permission.KEEP_ACCOUNTS)
@confirmed
def end_second_step(request: SignedInRequest, pk: int) -> HttpResponse:
    with_one = User.objects.filter(second_factor__isnull=False)
    user, form = get_object_or_404(with_one, pk=pk), SeenOwnerForm(request.POST or None)
    refusal = refusal_of(check_may_end_factor, request.user, user)
    if form.is_valid():
        with refusals.in_form(form):
            reason = form.cleaned_data["reason"]
            second_factors.end_lost(user=user, by=request.user, reason=reason, now=local_now())
            messages.success(request, _("Ended, and signed out everywhere. They get a message."))
            return redirect("portal:appointed", pk)
    context = {"account": user, "form": form, "refusal": refusal}
    return render(request, "accounts/second_step_end.html", context)
