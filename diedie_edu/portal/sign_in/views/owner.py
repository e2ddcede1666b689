"""Whoever has not been here for long says their name before anything of theirs shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from diedie_edu.accounts import queries
from diedie_edu.accounts.access import public
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.phones import masked
from diedie_edu.portal.sign_in import pending
from diedie_edu.portal.sign_in.actions import answer_as_owner
from diedie_edu.portal.sign_in.entering import let_in
from diedie_edu.portal.sign_in.forms import OwnerForm


@public
def owner(request: HttpRequest) -> HttpResponse:
    now = local_now()
    asked = pending.recall(request, now)
    user = queries.active_account(asked.phone) if asked and asked.is_asked else None
    if asked is None or user is None:
        return redirect("accounts:sign_in_code")
    form = OwnerForm(request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            answer_as_owner(user=user, typed=form.cleaned_data["full_name"], now=now)
            return let_in(request, user, asked)
    return render(request, "accounts/owner.html", {"form": form, "phone": masked(asked.phone)})
