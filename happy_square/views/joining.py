"""Joining a group, trying it and leaving it, for oneself or one of the family."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, View, public, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions.offers import accept_offer
from diedie_edu.activities.models import SignUp
from diedie_edu.activities.queries.sign_ups import live_sign_up
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.links import numbers_in
from diedie_edu.common.sent import row_or_404
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_member
from happy_square.actions import entries, trials
from happy_square.actions import members as acts
from happy_square.forms.members import WishesForm
from happy_square.models import Group, Membership
from happy_square.queries import groups, meet_ups
from happy_square.queries import members as queries

PURPOSE = "membership"
Act = Callable[[SignedInRequest, Group, Resident], str]


def _door(act: Act) -> View:
    """A GET comes from signing in on the way: on to the page with the button."""

    @requires(Permission.TAKE_SEATS)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        group = get_object_or_404(groups.announced_groups().select_related("activity_ptr"), pk=pk)
        if request.method == "POST":
            person = family_member(request.user, request.POST.get("resident", ""))  # type: ignore[arg-type]
            if person is None:
                raise Http404
            with refusals.as_message(request):
                messages.success(request, act(request, group, person))  # type: ignore[arg-type]
        return redirect("happy_square:group", pk)

    return view


@_door
def join(request: SignedInRequest, group: Group, person: Resident) -> str:
    """Join, or ask to where the leader says yes or no."""
    who: dict[str, Any] = {
        "group": group,
        "resident": person,
        "by": request.user,
        "now": local_now(),
    }
    wants = bool(request.POST.get("reminders"))
    if group.joining == Group.Joining.APPROVAL:
        acts.ask(**who, wants_reminders=wants)
        return _("Your request has gone to the leader. You hear as soon as there is an answer.")
    if acts.join(**who, wants_reminders=wants).is_seated:
        return _("Welcome! You belong to the group now.")
    return _("The group is full. You are on the waiting list and hear when it is your turn.")


@_door
def leave(request: SignedInRequest, group: Group, person: Resident) -> str:
    """Leave, or take a request back."""
    asked = queries.open_requests(group.pk).filter(resident=person).first()
    if asked:
        acts.take_back(request=asked, by=request.user, now=local_now())
        return _("Your request is taken back.")
    acts.leave(group=group, resident=person, by=request.user, now=local_now())
    return _("You have left the group. You are welcome back at any time.")


@_door
def accept(request: SignedInRequest, group: Group, person: Resident) -> str:
    """Yes to a place that was offered."""
    accept_offer(sign_up=live_sign_up(group.pk, person.pk), by=request.user, now=local_now())
    return _("Welcome! You belong to the group now.")


@_door
def try_once(request: SignedInRequest, group: Group, person: Resident) -> str:
    """Come to one date without joining, or not after all."""
    meet_up = row_or_404(request, "occasion", meet_ups.of_group(group.pk))
    if request.POST.get("do") == "stay_away":
        trials.stay_away(meet_up=meet_up, resident=person, now=local_now())
        return _("Noted. Perhaps another time!")
    trials.come(
        meet_up=meet_up, resident=person, wants_reminders=True, by=request.user, now=local_now()
    )
    return _("See you there! You need not join.")


@requires(Permission.TAKE_SEATS)
@in_one_transaction
def wishes(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Whether somebody of the family is reminded, and whether the leader may see the phone."""
    rows = Membership.objects.filter(group=pk, sign_up__status__in=SignUp.LIVE)
    row = get_object_or_404(rows.select_related("sign_up", "group", "resident"), pk=member)
    if family_member(request.user, str(row.resident_id)) is None:
        raise Http404
    form = WishesForm(request.POST or None, membership=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        acts.set_wishes(sign_up=row.sign_up, **form.cleaned_data, by=request.user, now=local_now())
        messages.success(request, _("Saved."))
        return redirect("happy_square:group", pk)
    context = {"group": row.group, "membership": row, "form": form}
    return render(request, "happy_square/wishes.html", context)


# --- By the link of a message, without signing in --------------------------------------


@public
def membership(request: HttpRequest, token: str) -> HttpResponse:
    """One person's place in a group: yes, or no without a reason. Looking changes nothing."""
    named = numbers_in(token, PURPOSE)
    found = queries.place_behind(named[0]) if named and len(named) == 1 else None
    if found is None:
        raise Http404
    if request.method == "POST":
        answer = ANSWERS.get(request.POST.get("do", ""))
        if answer is not None:
            with refusals.as_message(request):
                messages.success(request, answer(found))
        return redirect("happy_square:membership", token)
    context = {"sign_up": found, "group": found.activity, "membership": found.membership}
    return render(request, "happy_square/membership.html", context)


def _yes(found: SignUp) -> str:
    if found.is_offered:
        accept_offer(sign_up=found, by=None, now=local_now())
    entries.agree(sign_up=found, now=local_now())
    return _("Thank you! You belong to the group.")


def _no(found: SignUp) -> str:
    entries.say_no(sign_up=found, now=local_now())
    return _("You are not on the list any more. Nobody asks why.")


ANSWERS = {"yes": _yes, "no": _no}
