"""The roster as staff and leads see it: the week, assigning, signing in, hours, clearances."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from after_school.actions.hours import sign_in_on_duty
from after_school.models import Session
from after_school.queries.clearances import volunteers_by_clearance
from after_school.queries.roster import duties_between, duties_to_swap, roster_between
from after_school.queries.today import day_at_hand
from after_school.rules.terms import PROGRAMME
from after_school.views.doors import looks_after, plans
from after_school.views.on_site import by_staff
from diedie_edu.accounts.access import SignedInRequest, get_own_or_404, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now, week_of
from diedie_edu.common.links import token
from diedie_edu.common.sent import row_or_404, sent_day
from diedie_edu.people.models import Volunteer
from diedie_edu.programmes.queries import rules_in_force
from diedie_edu.volunteering.actions.hours import sign_out
from diedie_edu.volunteering.actions.roster import assign_slot, free_slot
from diedie_edu.volunteering.actions.swaps import swap_slots
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.roster import who_could_take

PER_PAGE = 50
WARNED = 30  # days before a clearance runs out
YEAR = timedelta(days=365)

keeps_clearances = requires(Permission.KEEP_CLEARANCES, PROGRAMME)


@looks_after
@require_safe
def roster(request: SignedInRequest) -> HttpResponse:
    """One week, day by day; ?week= names a day of it. At a weekend it opens on the week ahead."""
    now = local_now()
    today = local_day(now)
    monday, *_days, sunday = week_of(_day(request.GET.get("week", ""), day_at_hand(today)))
    rows = roster_between(monday, sunday, now)
    context = {
        "rows": rows,
        "has_several_terms": len({row.zone_day.term_id for row in rows}) > 1,
        "monday": monday,
        "sunday": sunday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "today": today,
        "now": now,
        "may_plan": request.user.may(Permission.PLAN_ACTIVITIES, PROGRAMME),
    }
    return render(request, "after_school/roster.html", context)


def _day(text: str, otherwise: date) -> date:
    return sent_day(text) or otherwise


@plans
def slot(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who takes it: the cleared and free by pinyin, one button each; or it becomes free."""
    rows = Duty.objects.select_related(
        "volunteer__resident", "occasion__venue", "occasion__zone_day__zone"
    )
    duty = get_own_or_404(request, rows, pk=pk, occasion__zone_day__isnull=False)
    if request.method == "POST":
        with refusals.as_message(request):
            _change(request, duty)
        back = reverse("after_school:roster")
        return redirect(f"{back}?week={local_day(duty.starts_at):%Y-%m-%d}")
    others = duties_to_swap(duty, local_now())
    context = {"duty": duty, "candidates": who_could_take(duty.occasion), "others": others}
    return render(request, "after_school/slot.html", context)


def _change(request: SignedInRequest, duty: Duty) -> None:
    given: dict[str, Any] = {"duty": duty, "by": request.user, "now": local_now()}
    if "free" in request.POST:
        free_slot(**given)
        messages.success(request, _("The slot is free, and those who could take it are asked."))
        return
    if "swap" in request.POST:
        other = row_or_404(request, "swap", duties_to_swap(duty, local_now()))
        swap_slots(first=duty, second=other, by=request.user, now=local_now())
        messages.success(request, _("Swapped. Both get a message."))
        return
    assign_slot(volunteer=row_or_404(request, "volunteer", Volunteer), **given)
    messages.success(request, _("Assigned."))


@by_staff
def duty_signing(request: SignedInRequest, session: Session) -> HttpResponse:
    """Who is on duty today, a tap to sign each in and out, and the QR code for their phones."""
    duties = duties_between(session.day, session.day).filter(
        occasion__zone_day__session=session, volunteer__isnull=False
    )
    if request.method == "POST":
        duty = row_or_404(request, "duty", duties)
        done = sign_in_on_duty if "in" in request.POST else sign_out
        with refusals.as_message(request):
            done(duty=duty, by=request.user, now=local_now())
            messages.success(request, _("Noted."))
        return redirect("after_school:duty_signing", session.pk)
    path = reverse("after_school:on_duty", args=[token("on_duty", session.pk)])
    context = {"session": session, "duties": duties, "address": f"{settings.PORTAL_URL}{path}"}
    return render(request, "after_school/duty_signing.html", context)


@keeps_clearances
@require_safe
def clearances(request: HttpRequest) -> HttpResponse:
    """Until when each volunteer is cleared, the first to run out on top."""
    today = local_day(local_now())
    rows = Paginator(volunteers_by_clearance(today), PER_PAGE)
    context = {
        "page": rows.get_page(request.GET.get("page")),
        "today": today,
        "rules": rules_in_force(PROGRAMME, local_now()),
        "soon": today + timedelta(days=WARNED),
    }
    return render(request, "after_school/clearances.html", context)
