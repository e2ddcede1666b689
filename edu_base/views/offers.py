"""A place offered to somebody of the reserve list, answered by the link of the message."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import public
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.links import numbers_in
from diedie_edu.community.known import community
from diedie_edu.people.models import Resident
from edu_base.actions import offers
from edu_base.models import Application, State, Step
from edu_base.models.states import HOLDS
from edu_base.rules.applying import acting_of

ANSWERS = {"yes": True, "no": False}


@public
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no; whoever has the message may answer, once."""
    named = numbers_in(token, "offer")
    if named is None or len(named) != 3:
        raise Http404
    number, step, whose = named
    rows = Application.objects.select_related("intake", "person")
    application = get_object_or_404(rows, pk=number)
    own = Resident.objects.numbered(whose).first()
    if acting_of(application, own, local_day(local_now())) is None:
        raise Http404
    if request.method == "POST":
        _answer(request, application, step)
        return redirect("edu_base:offer", token)
    now = local_now()
    is_this = application.state == State.OFFERED and application.last_step == step
    ends_at = application.offer_ends_at
    context = {
        "application": application,
        "is_open": is_this and ends_at is not None and now < ends_at,
        "has_place": application.state in HOLDS and not is_this,
        "phone": community().phone,
    }
    return render(request, "edu_base/offer.html", context)


def _answer(request: HttpRequest, application: Application, step: int) -> None:
    takes_it = ANSWERS.get(request.POST.get("answer", ""))
    if takes_it is None:
        raise Http404
    with refusals.as_message(request):
        offers.answer(
            application=application,
            step=step,
            takes_it=takes_it,
            by=None,
            acting=Step.Acting.LINK,
            now=local_now(),
        )
        messages.success(request, _("Thank you for your answer."))
