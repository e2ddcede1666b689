"""One's own data: what one may ask of us, and a copy as a file."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.people.queries import open_erasure, person_of
from diedie_edu.portal.closing.actions.copies import ask_for_copy
from diedie_edu.portal.closing.queries import may_be_corrected_by


@signed_in
@require_safe
def data(request: SignedInRequest) -> HttpResponse:
    own = person_of(request.user)
    people = sorted(may_be_corrected_by(request.user), key=lambda one: one != own)
    context = {"own": own, "people": people, "asked": open_erasure(own, request.user)}
    return render(request, "portal/closing/data.html", context)


@signed_in
@require_POST
def data_copy(request: SignedInRequest) -> HttpResponse:
    """A worker writes it; for a day it is among one's own files."""
    with refusals.as_message(request):
        job = ask_for_copy(by=request.user, language=get_language() or "")
        return redirect("jobs:job", job.pk)
    return redirect("portal:data")
