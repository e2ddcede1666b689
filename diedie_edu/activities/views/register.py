"""Who is signed up, for the staff who keep the register; and signing somebody up for them.

Nobody's name is in an address: what is looked for is sent by POST.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity
from diedie_edu.activities.queries import occasions, register
from diedie_edu.activities.rules.sign_up import can_cancel
from diedie_edu.activities.traits import open_to_all, programmes_kept_by, traits_of
from diedie_edu.common import refusals
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_now
from diedie_edu.common.sent import row_or_404
from diedie_edu.people.forms import FindForm
from diedie_edu.people.models import Resident
from diedie_edu.people.queries.finding import residents_like

keeps_register = requires(Permission.KEEP_REGISTER)


def kept_activity(request: SignedInRequest, pk: int) -> Activity:
    """Of a programme whose register the reader keeps; any other answers 404."""
    kept = programmes_kept_by(request.user)
    return get_object_or_404(
        within(open_to_all(Activity.objects.select_related("programme")), kept), pk=pk
    )


def worked_activity(request: SignedInRequest, pk: int) -> Activity:
    """The same, and groups whose members the reader keeps: to call, note and write to."""
    rows = within(Activity.objects.select_related("programme"), programmes_kept_by(request.user))
    return get_object_or_404(rows, pk=pk)


def list_of(activity: Activity) -> str:
    """The list of its people, or its page where it has another."""
    name = "portal:activity" if activity.is_ongoing else "activities:people"
    return reverse(name, args=[activity.pk])


@keeps_register
@require_safe
def people(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, kept_activity(request, pk), FindForm())


def _page(request: HttpRequest, activity: Activity, form: FindForm, **more: object) -> HttpResponse:
    now = local_now()
    context = {
        "activity": activity,
        "occasion": occasions.next_occasion(activity, now),
        "find": form,
        "register": register.register_of(activity, now),
        "dates": len(traits_of(activity.programme.slug).series(activity.pk, now)),
        "may_cancel": can_cancel(activity, activity.last_starts_at, now),
        **more,
    }
    return render(request, "activities/people.html", context)


@keeps_register
@require_POST
def find_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whom the words mean, and whether they may sign up."""
    activity, form = kept_activity(request, pk), FindForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, form)
    found = residents_like(form.cleaned_data["words"])
    standings = register.standings_towards(activity, found, local_now())
    return _page(request, activity, form, found=standings)


@keeps_register
@require_POST
def sign_somebody_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who did it is kept; the person is told as if they had done it themselves."""
    activity = kept_activity(request, pk)
    person = row_or_404(request, "resident", Resident)
    with refusals.as_message(request):
        entered = seats.sign_up(
            activity=activity, resident=person, by=request.user, now=local_now()
        )
        messages.success(request, _entered_text(entered.is_waiting))
    return redirect("activities:people", pk)


def _entered_text(is_waiting: bool) -> str:
    if is_waiting:
        return _(
            "All seats are taken: the person waits in the queue, and gets a message or a call."
        )
    return _("Signed up. The person gets a message or a call.")
