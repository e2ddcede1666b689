"""Two volunteers exchange their duties: one offers, the other agrees by a link."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from after_school.queries.roster import duties_to_swap
from after_school.views.duties import own_duty_or_404, serves
from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.links import numbers_in
from diedie_edu.common.sent import row_or_404
from diedie_edu.volunteering.actions.swaps import answer_swap, offer_swap
from diedie_edu.volunteering.queries.roster import swap_numbered


@serves
def swap_offer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whose duty one would rather have, and a message to them."""
    duty = own_duty_or_404(request, pk)
    others = duties_to_swap(duty, local_now())
    if request.method == "POST":
        wanted = row_or_404(request, "wanted", others)
        with refusals.as_message(request):
            offer_swap(own=duty, wanted=wanted, now=local_now())
            messages.success(request, _("Asked. You keep your duty until the other one agrees."))
        return redirect("after_school:duties")
    return render(request, "after_school/swap_offer.html", {"duty": duty, "others": others})


@public
def swap_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Opened by the link in the message, without signing in; a GET changes nothing."""
    numbers = numbers_in(token, "swap")
    if numbers is None or len(numbers) != 1:
        raise Http404
    swap = swap_numbered(numbers[0])
    if swap is not None and request.method == "POST":
        with refusals.as_message(request):
            answer_swap(swap=swap, takes_it="yes" in request.POST, now=local_now())
        return redirect("after_school:swap_answer", token)
    return render(request, "after_school/swap_answer.html", {"swap": swap})
