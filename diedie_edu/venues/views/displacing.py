"""Taking a room for a programme that comes first in it; and the times kept for who gave way."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, public, requires
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.links import numbers_in
from diedie_edu.common.sent import sent_number, sent_numbers
from diedie_edu.venues import holders
from diedie_edu.venues.actions import displacing as actions
from diedie_edu.venues.forms.displacing import ClaimForm, ReasonForm
from diedie_edu.venues.models import Displacement
from diedie_edu.venues.queries import displacing as queries
from diedie_edu.venues.rules.displacing import check_claim

PURPOSE = "displacement"  # of the signed link


@requires(Permission.PLAN_ACTIVITIES)
def claim(request: SignedInRequest) -> HttpResponse:
    """Room and time; then what would give way, the reason, and one button that does it."""
    form = ClaimForm(request.POST or None, user=request.user, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        with refusals.in_form(form):
            check_claim(form.wanted(), local_now())
            return _preview(request, form)
    return render(request, "venues/claim.html", {"form": form})


def _preview(request: SignedInRequest, form: ClaimForm) -> HttpResponse:
    why = ReasonForm(request.POST if "take" in request.POST else None)
    if why.is_valid():
        with refusals.in_form(why):
            made = actions.displace(
                wanted=form.wanted(),
                reason=why.cleaned_data["reason"],
                shown=frozenset(sent_numbers(request.POST.getlist("shown"))),
                by=request.user,
                now=local_now(),
            )
            text = _("The room is yours. Given way: %(number)d; everybody concerned hears of it.")
            messages.success(request, text % {"number": len(made)})
            return redirect("portal:desk")
    rows = queries.in_the_way(form.wanted(), local_now())
    context = {
        "form": form,
        "why": why,
        "wanted": form.wanted(),
        "rows": rows,
        "is_possible": not any(row.refusal for row in rows),
    }
    return render(request, "venues/claim_preview.html", context)


@public
def held(request: HttpRequest, token: str) -> HttpResponse:
    """The times that are kept for somebody who gave way, behind the link of a message: a GET
    shows, a button acts, repeating is harmless."""
    displacement, account = _named(token)
    if request.method == "POST":
        with refusals.as_message(request):
            messages.success(request, _act(request, displacement, account))
        return redirect("venues:held", token)
    context = {
        "row": displacement,
        "booking": displacement.booking,
        "times": queries.kept_for(displacement, local_now()),
    }
    return render(request, "venues/held.html", context)


def _act(request: HttpRequest, displacement: Displacement, account: User) -> str:
    now, hold = local_now(), sent_number(request.POST.get("take", ""))
    if not hold:
        actions.let_go(displacement=displacement, now=now)
        return _("All kept times are free for others.")
    actions.take(displacement=displacement, hold=hold, by=account, now=now)
    return _("Done. Everybody concerned hears of the new time.")


def _named(token: str) -> tuple[Displacement, User]:
    """What the link names, and for whom it was made; raises `Http404` where that account does not
    answer for it any more."""
    numbers = numbers_in(token, PURPOSE)
    if numbers is None or len(numbers) != 2:
        raise Http404
    rows = Displacement.objects.select_related("booking__venue", "gained", "programme")
    found = get_object_or_404(rows, pk=numbers[0])
    if numbers[1] not in holders.answer_for([found.booking_id]).get(found.booking_id, ()):
        raise Http404
    return found, get_object_or_404(User, pk=numbers[1], is_active=True)
