"""Entering somebody new at the desk: one page, alone or with the family, signed up at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity
from diedie_edu.activities.queries.register import open_for_sign_up
from diedie_edu.activities.traits import programmes_kept_by
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.people.actions.families import enter_people
from diedie_edu.people.models import Resident
from diedie_edu.portal.register import queries
from diedie_edu.portal.register.forms.entering import HouseForm, PeopleForms

keeps_people = requires(Permission.KEEP_PEOPLE)


@keeps_people
def people_new(request: SignedInRequest) -> HttpResponse:
    """A search that found nobody sends what was looked for (`guess`) and shows the empty form."""
    activities = open_for_sign_up(programmes_kept_by(request.user), local_now())
    is_sent = request.method == "POST" and "guess" not in request.POST
    data = request.POST if is_sent else None
    guess = {"activity": request.POST.get("activity", "")}
    house = HouseForm(data, activities=activities, initial=guess)
    people = PeopleForms(data, initial=_guessed(request.POST.get("guess", "")), prefix="p")
    if is_sent and _are_valid(house, people):
        with refusals.in_form(house):
            return _entered(request, house.cleaned_data, people)
    context = {"house": house, "people": people}
    return render(request, "portal/register/people_new.html", context)


def _guessed(words: str) -> list[dict[str, object]]:
    return [{"phone": words} if words.isdecimal() else {"full_name": words}]


def _filled(people: Any) -> list[Any]:
    return [form for form in people if form.cleaned_data.get("full_name")]


def _are_valid(house: HouseForm, people: Any) -> bool:
    """Both are looked at, so that all that is wrong is said at once."""
    are_valid = [house.is_valid(), people.is_valid()]
    if not all(are_valid):
        return False
    if len(_filled(people)) > 1 and not house.cleaned_data["house"]:
        house.add_error("house", _("A family has a house number."))
        return False
    entries = [form.entry for form in _filled(people)]
    there = queries.strangers_at(house.cleaned_data["house"], entries)
    if there and not house.cleaned_data["together"]:
        house.ask_whether_together(there)
    return house.is_valid()


def _entered(request: SignedInRequest, given: dict[str, Any], people: Any) -> HttpResponse:
    entered = enter_people(
        entries=[form.entry for form in _filled(people)],
        house=given["house"],
        residency=given["residency"],
        phone=given["home_phone"],
        by=request.user,
        now=local_now(),
    )
    said = ngettext(
        "%(number)s person is in the register.",
        "%(number)s people are in the register.",
        len(entered),
    )
    messages.success(request, said % {"number": len(entered)})
    if given["activity"]:
        _sign_up(request, given["activity"], entered)
    return redirect("portal:person", entered[0].pk)


def _sign_up(request: SignedInRequest, activity: Activity, people: Sequence[Resident]) -> None:
    """Who is refused stays in the register, and the page says why."""
    for person in people:
        with refusals.as_message(request):
            taken = seats.sign_up(
                activity=activity, resident=person, by=request.user, now=local_now()
            )
            words = {"name": person.full_name, "title": activity.title}
            said = _("%(name)s has a seat: %(title)s.")
            if taken.is_waiting:
                said = _("All seats are taken: %(name)s waits in the queue of %(title)s.")
            messages.success(request, said % words)
