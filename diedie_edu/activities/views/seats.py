"""Taking a place and giving it back: doors for every programme."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions import cancel_sign_up, sign_up
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.next_page import next_page
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_member


@requires(Permission.TAKE_SEATS)
def activity_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A GET comes from signing in on the way: on to the page with the button."""
    if request.method != "POST":
        return redirect("portal:activity", pk)
    activity = get_object_or_404(Activity.objects.exclude(state=Activity.State.DRAFT), pk=pk)
    member = _family_member(request)
    try:
        entered = sign_up(activity=activity, resident=member, by=request.user, now=local_now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _signed_up_text(entered))
    return redirect(next_page(request, reverse("portal:activity", args=[pk])))


def _signed_up_text(entered: SignUp) -> str:
    if entered.is_seated:
        return _("The seat is yours. We remind you in time.")
    return _("All seats are taken. You are on the waiting list, and we tell you when one is yours.")


@requires(Permission.TAKE_SEATS)
def activity_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("portal:activity", pk)
    activity = get_object_or_404(Activity.objects.exclude(state=Activity.State.DRAFT), pk=pk)
    member = _family_member(request)
    try:
        cancel_sign_up(activity=activity, resident=member, by=request.user, now=local_now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you for telling us. The place goes to somebody else."))
    return redirect(next_page(request, reverse("portal:activity", args=[pk])))


def _family_member(request: HttpRequest) -> Resident:
    """The family member named in the form, oneself where none is; others answer 404."""
    member = family_member(request.user, request.POST.get("resident", ""))
    if member is None:
        raise Http404
    return member
