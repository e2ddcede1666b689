"""Taking a place, confirming it and giving it back: doors for every programme."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions import offers, parties, seats
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.queries import occasions, sign_ups
from diedie_edu.activities.traits import open_to_all
from diedie_edu.common import refusals
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.next_page import next_page
from diedie_edu.common.sent import sent_numbers
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_member, family_of

Door = Callable[[HttpRequest, Activity], str]
View = Callable[[HttpRequest, int], HttpResponse]


SHOWN = Composed[Activity](lambda pk: Activity.objects.filter(occasions.announced(), pk=pk), pk=int)
OPEN_TO_ALL = Composed[Activity](
    lambda pk: open_to_all(Activity.objects.filter(occasions.announced(), pk=pk)), pk=int
)


def _door(activities: Composed[Activity]) -> Callable[[Door], View]:
    """What all of them share: the act says what came of it for one of the `activities`; others
    answer 404. A GET comes from signing in on the way: on to the page with the button."""

    def door(act: Door) -> View:
        @requires(Permission.TAKE_SEATS)
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            if request.method != "POST":
                return redirect("portal:activity", pk)
            activity = activities.first(pk=pk)
            if activity is None:
                raise Http404
            with refusals.as_message(request):
                messages.success(request, act(request, activity))
            return redirect(next_page(request, reverse("portal:activity", args=[pk])))

        return view  # type: ignore[return-value]

    return door


@_door(OPEN_TO_ALL)  # type: ignore[arg-type]
def activity_sign_up(request: SignedInRequest, activity: Activity) -> str:
    """For oneself, for one of the family, or for several: together, or each on their own."""
    if "several" in request.POST:
        return signed_up_text(_sign_up_several(request, activity))
    member = family_member_named(request)
    entered = seats.sign_up(activity=activity, resident=member, by=request.user, now=local_now())
    return signed_up_text([entered])


def _sign_up_several(request: SignedInRequest, activity: Activity) -> list[SignUp]:
    people = family_members(request)
    enter = (
        parties.sign_up_together if request.POST.get("how") == "together" else parties.sign_up_each
    )
    return enter(activity=activity, residents=people, by=request.user, now=local_now())


def signed_up_text(entered: Sequence[SignUp]) -> str:
    """What came of it, in a sentence or two."""
    seated = sum(row.is_seated for row in entered)
    if len(entered) == 1:
        return _("The seat is yours. We remind you in time.") if seated else _waiting_text()
    if not seated:
        return _waiting_text()
    if seated == len(entered):
        return _("The %(number)s seats are yours. We remind you in time.") % {"number": seated}
    return _("Seats taken: %(seated)s. On the waiting list: %(waiting)s. We tell you.") % {
        "seated": seated,
        "waiting": len(entered) - seated,
    }


def _waiting_text() -> str:
    return _(
        "All seats are taken. You are on the waiting list, and we tell you when it is your turn."
    )


@_door(OPEN_TO_ALL)  # type: ignore[arg-type]
def activity_accept(request: SignedInRequest, activity: Activity) -> str:
    """Confirm an offered place; of a party, for those who are ticked."""
    own = sign_ups.live_sign_up(activity.pk, family_member_named(request).pk)
    who = chosen(request)
    offers.accept_offer(sign_up=own, by=request.user, now=local_now(), coming=who)
    return accepted_text()


def chosen(request: HttpRequest) -> set[int] | None:
    """Those of a party (residents' ids) who are ticked; None where the form gives no choice."""
    if "choose" not in request.POST:
        return None
    return set(sent_numbers(request.POST.getlist("who")))


def accepted_text() -> str:
    return _("Confirmed: the place is yours. We remind you in time.")


@_door(OPEN_TO_ALL)  # type: ignore[arg-type]
def activity_cancel(request: SignedInRequest, activity: Activity) -> str:
    """Give back a seat, decline an offer, leave the queue."""
    member = family_member_named(request)
    seats.cancel_sign_up(activity=activity, resident=member, by=request.user, now=local_now())
    return given_back_text()


def given_back_text(people: Sequence[str] = ()) -> str:
    """Whose places they were (names), where several came together."""
    if people:
        who = "、".join(people)
        return _("Thank you for telling us. Places given back: %(people)s.") % {"people": who}
    return _("Thank you for telling us. Somebody else can have the place.")


def family_member_named(request: SignedInRequest) -> Resident:
    """The family member named in the form, oneself where none is; others answer 404."""
    member = family_member(request.user, request.POST.get("resident", ""))
    if member is None:
        raise Http404
    return member


def family_members(request: SignedInRequest) -> list[Resident]:
    """Those ticked in the form; others answer 404. Raises `Refused` where nobody is."""
    ticked = set(request.POST.getlist("resident"))
    if not ticked:
        raise Refused("nobody", _("Tick who comes, please."))
    people = [row for row in family_of(request.user) if str(row.pk) in ticked]
    if len(people) < len(ticked):
        raise Http404
    return people
