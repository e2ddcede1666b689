"""One sign-up for all dates of a series: for the family, and at the desk for somebody."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions.several import sign_up_for_all
from diedie_edu.activities.models import Activity
from diedie_edu.activities.queries import occasions
from diedie_edu.activities.traits import open_to_all, traits_of
from diedie_edu.activities.views.register import keeps_register, kept_activity
from diedie_edu.activities.views.seats import family_members
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.common.sent import row_or_404
from diedie_edu.people.models import Resident

ALL = "all"  # or nothing; else the dates with free seats


@requires(Permission.TAKE_SEATS)
def sign_up_series(request: SignedInRequest, pk: int) -> HttpResponse:
    """A GET comes from signing in on the way: on to the page with the button."""
    if request.method != "POST":
        return redirect("portal:activity", pk)
    shown = open_to_all(Activity.objects.filter(occasions.announced()))
    activity = get_object_or_404(shown.select_related("programme"), pk=pk)
    with refusals.as_message(request):
        _sign_up(request, activity, family_members(request), request.user)
    return redirect(next_page(request, reverse("portal:activity", args=[pk])))


@keeps_register
@require_POST
def sign_somebody_up_for_series(request: SignedInRequest, pk: int) -> HttpResponse:
    """At the desk: the dates with free seats, for one person."""
    activity = kept_activity(request, pk)
    person = row_or_404(request, "resident", Resident)
    with refusals.as_message(request):
        _sign_up(request, activity, [person], request.user)
    return redirect("activities:people", pk)


def _sign_up(
    request: HttpRequest, activity: Activity, people: Sequence[Resident], by: User
) -> None:
    """Says what came of it, with the dates that were full."""
    now = local_now()
    ids = traits_of(activity.programme.slug).series(activity.pk, now)
    dates = list(open_to_all(Activity.objects.filter(pk__in=ids)))
    is_all = request.POST.get("how") == ALL
    entered = sign_up_for_all(activities=dates, residents=people, is_all=is_all, by=by, now=now)
    taken = {row.activity_id for row in entered}
    words = {"taken": len(taken), "dates": len(dates)}
    if len(taken) == len(dates):
        messages.success(request, _("Seats on all %(dates)s dates. We remind you of each.") % words)
    elif taken:
        messages.success(request, _some_text(words))
    else:
        messages.info(request, _("No new seat: you have one on each date, or all are taken."))


def _some_text(words: dict[str, int]) -> str:
    return (
        _(
            "New seats on %(taken)s of %(dates)s dates. On the others you have one already, or all "
            "are taken: open such a date to join its queue."
        )
        % words
    )
