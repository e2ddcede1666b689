"""Being asked to be the second guardian: the link in the message leads here, after signing in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from after_school.actions.invitations import (
    accept_invitation,
    decline_invitation,
    take_back_invitation,
)
from after_school.models import GuardianInvitation, GuardianRight
from after_school.rules.invitations import is_open
from after_school.views.doors import of_own_child, takes_seats
from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.links import numbers_in
from diedie_edu.notices.queries.names import register_name


@takes_seats
def guardian_invitation(request: SignedInRequest, token: str) -> HttpResponse:
    """What it means, and two buttons; opening it changes nothing."""
    found = _own_or_404(request, token)
    if request.method == "POST":
        answer = accept_invitation if "yes" in request.POST else decline_invitation
        with refusals.as_message(request):
            answer(invitation=found, by=request.user, now=local_now())
            if "yes" in request.POST:
                messages.success(request, _("Thank you. You see the child's page from now on."))
                return redirect("after_school:child", found.child_id)
        return redirect("after_school:guardian_invitation", token)
    context = {
        "invitation": found,
        "by": register_name(found.invited_by),
        "is_open": is_open(found, local_now()),
    }
    return render(request, "after_school/guardian_invitation.html", context)


def _own_or_404(request: SignedInRequest, token: str) -> GuardianInvitation:
    """A forged link is a missing page, and so is one to somebody else."""
    numbers = numbers_in(token, "guardian_invitation")
    if numbers is None or len(numbers) != 1:
        raise Http404
    rows = GuardianInvitation.objects.select_related("child", "invited_by")
    return get_object_or_404(rows, pk=numbers[0], invited__account=request.user)


@of_own_child
@require_POST
def guardian_uninvite(request: SignedInRequest, right: GuardianRight, pk: int) -> HttpResponse:
    """The first guardian takes the question back."""
    found = get_object_or_404(GuardianInvitation, pk=pk, child=right.child_id)
    with refusals.as_message(request):
        take_back_invitation(invitation=found, by=request.user, now=local_now())
        messages.success(request, _("Taken back."))
    return redirect("after_school:guardians", right.child_id)
