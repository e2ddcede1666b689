"""One person's place, behind the signed link of a message: nobody need sign in.

A link is opened by programs that look ahead as well, so a GET only shows; a button acts.
"""

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from diedie_edu.accounts.access import public
from diedie_edu.activities.actions import parties
from diedie_edu.activities.actions.offers import accept_offer
from diedie_edu.activities.models import SignUp
from diedie_edu.activities.queries import occasions, presence, sign_ups
from diedie_edu.activities.queries.offers import held_of
from diedie_edu.activities.rules.offers import has_expired
from diedie_edu.activities.rules.sign_up import can_cancel, check_sign_up
from diedie_edu.activities.traits import traits_of
from diedie_edu.activities.views.seats import (
    accepted_text,
    chosen,
    given_back_text,
    signed_up_text,
)
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.common.links import numbers_in
from diedie_edu.common.names import partly_covered
from diedie_edu.common.sent import sent_number

PURPOSE = "sign_up"


@public
def place(request: HttpRequest, token: str) -> HttpResponse:
    """Where the person stands, and what they can do about it in one tap; in a programme with a
    path of its own they do it there, signed in. A link for several of a family asks of whom."""
    rows, now = _sign_ups(token), local_now()
    sign_up = _one_of(rows, request)
    if sign_up is None:
        return render(request, "activities/whose_place.html", {"rows": rows})
    traits = traits_of(sign_up.activity.programme.slug)
    if traits.own_registration or sign_up.activity.is_ongoing:
        return redirect(traits.page(request.user, sign_up.activity_id, now) or "/")
    if request.method == "POST":
        act = DOORS.get(request.POST.get("do", ""))
        if act is not None:
            with refusals.as_message(request):
                messages.success(request, act(sign_up, chosen(request), now))
        return redirect(request.get_full_path())
    return render(request, "activities/place.html", _context(sign_up, now))


def _sign_ups(token: str) -> list[SignUp]:
    """Those of the link, or which took their place; raises `Http404`."""
    named = numbers_in(token, PURPOSE) or ()
    found = [row for pk in named if (row := sign_ups.place_of(pk))]
    if not found:
        raise Http404
    return found


def _one_of(rows: Sequence[SignUp], request: HttpRequest) -> SignUp | None:
    """The only one, or the one that the address names; None where nobody has said."""
    if len(rows) == 1:
        return rows[0]
    wanted = sent_number(request.GET.get("of", ""))
    return next((row for row in rows if row.pk == wanted), None)


def _accept(sign_up: SignUp, who: set[int] | None, now: datetime) -> str:
    accept_offer(sign_up=sign_up, by=None, now=now, coming=who)
    return accepted_text()


def _give_back(sign_up: SignUp, who: set[int] | None, now: datetime) -> str:
    leaving = parties.give_back(sign_up=sign_up, leaving=who, by=None, now=now)
    named = leaving if sign_up.party_id else []
    return given_back_text([partly_covered(row.resident.full_name) for row in named])


def _again(sign_up: SignUp, _who: set[int] | None, now: datetime) -> str:
    return signed_up_text(parties.sign_up_again(sign_up=sign_up, by=None, now=now))


def _fewer(sign_up: SignUp, who: set[int] | None, now: datetime) -> str:
    comes = parties.sit_with_fewer(sign_up=sign_up, coming=who, by=None, now=now)
    names = "、".join(partly_covered(row.resident.full_name) for row in comes)
    return gettext("Seats taken for: %(people)s. The others wait on.") % {"people": names}


DOORS = {"fewer": _fewer, "accept": _accept, "give_back": _give_back, "again": _again}


def _context(sign_up: SignUp, now: datetime) -> dict[str, object]:
    activity, party = sign_up.activity, sign_ups.companions(sign_up)
    people = [sign_up.resident_id, *(row.resident_id for row in party)]
    here = presence.people_in(activity.pk, people, now)
    is_live = sign_up.status in SignUp.LIVE and not has_expired(sign_up, now)
    return {
        "activity": activity,
        "occasion": occasions.next_occasion(activity, now),
        "sign_up": sign_up,
        "party": party,
        "leaving": [row for row in party if row.resident_id not in here],
        "is_in": sign_up.resident_id in here,
        **held_of(sign_up, party, now),
        "ahead": sign_ups.people_ahead([sign_up] if sign_up.is_waiting else []).get(sign_up.pk),
        "is_live": is_live,
        "may_cancel": is_live and can_cancel(activity, activity.last_starts_at, now),
        "refusal": None if is_live else refusal_of(check_sign_up, activity, sign_up.resident, now),
    }
