"""An afternoon on the tablet: who is here, letting in, zones, closing.

Every tap is a form of its own that leads back to the page, which reads everything anew.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from after_school.actions import presence as presence_actions
from after_school.actions.sessions import (
    close_session,
    explain_gap,
    open_session,
    reopen_session,
)
from after_school.forms.afternoon import ClockForm, ClosingForm, ZoneForm
from after_school.forms.children import ReasonForm
from after_school.models import Session
from after_school.queries import alarms, roster
from after_school.queries.glance import just_gone, lines_like, marks_at, zones_at
from after_school.queries.guardian_messages import unseen_at
from after_school.queries.sessions import (
    Stand,
    register_of,
)
from after_school.queries.sheet import sheet_of
from after_school.queries.shown import Register, by_child, by_stand
from after_school.queries.today import next_sessions, sessions_of_today
from after_school.rules.sessions import is_unopened, opens_at
from after_school.rules.terms import PROGRAMME
from after_school.views.doors import looks_after, may_open_children
from after_school.views.on_site import (
    by_staff,
    enrolment_or_404,
    is_staff,
    on_site,
    presence_or_404,
)
from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.characters import looked_for
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.sent import sent_number
from diedie_edu.people.actions import access_log


@looks_after
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Straight to today's session where there is one; a choice of several, also of those that are
    called off: a child may come all the same."""
    now = local_now()
    sessions = sessions_of_today(now)
    if len(sessions) == 1 and (sessions[0].stands or sessions[0].is_open):  # type: ignore[attr-defined]
        return redirect("after_school:session", sessions[0].pk)
    context = {"sessions": sessions, "next": next_sessions(now)}
    return render(request, "after_school/no_session.html", context)


@on_site
@require_safe
def session(request: SignedInRequest, session: Session) -> HttpResponse:
    """`?q=` narrows it to who is meant by a name; `?gone=` is the child who has just left."""
    now = local_now()
    lines = register_of(session, now)
    stands = [row.stand for row in lines]
    wanted = looked_for(request.GET.get("q", ""))
    meant = lines_like(wanted, lines) if wanted else lines
    missing = [row.child for row in lines if row.stand == Stand.MISSING]
    gone = sent_number(request.GET.get("gone", ""))
    unseen = unseen_at(session)
    zones = zones_at(session, lines)
    register = Register(
        session,
        names={zone.pk: str(zone) for zone, _inside in zones},
        marks=marks_at(session, lines),
        messages=by_child(unseen),
        not_reached=alarms.guardians_not_reached(missing, session, now),
        is_staff=is_staff(request),
    )
    context = {
        "session": session,
        "groups": by_stand(meant, register),
        "q": wanted,
        "gone": gone and just_gone(session, gone, request.user, now),
        "zones": zones,
        "counts": {stand.value: stands.count(stand) for stand in Stand},
        "unseen": unseen,
        "is_staff": register.is_staff,
        "may_open_list": may_open_children(request),
        "may_plan": request.user.may(Permission.PLAN_ACTIVITIES, PROGRAMME),
        "can_open": session.state == Session.State.PLANNED and opens_at(session) <= now,
        "is_today": local_day(now) == session.day,
        "opens_at": opens_at(session),
        "is_unopened": session.stands and is_unopened(session, now),  # type: ignore[attr-defined]
        "last_event": None if session.is_open else alarms.last_event(session),
        "short": roster.short_at(session, now),
        "is_over": session.ends_at <= now,
        "now": now,
    }
    return render(request, "after_school/session.html", context)


@on_site
@require_POST
def session_open(request: SignedInRequest, session: Session) -> HttpResponse:
    with refusals.as_message(request):
        open_session(session=session, by=request.user, now=local_now())
        messages.success(request, _("The afternoon is open. Let the children in as they come."))
    return redirect("after_school:session", session.pk)


@on_site
@require_POST
def let_in(request: SignedInRequest, session: Session, child: int) -> HttpResponse:
    """Back to where the child stood in the list, for the next one to be tapped."""
    enrolment = enrolment_or_404(session, child)
    form = ZoneForm(request.POST, session=session)
    zone = form.cleaned_data["zone"] if form.is_valid() else None
    with refusals.as_message(request):
        presence_actions.let_in(
            session=session,
            enrolment=enrolment,
            zone=zone or enrolment.zone,
            by=request.user,
            now=local_now(),
            at=ClockForm(request.POST).moment_on(session),
        )
    return redirect(reverse("after_school:session", args=[session.pk]) + "#to-come")


@on_site
@require_POST
def zone_change(request: SignedInRequest, session: Session, child: int) -> HttpResponse:
    presence = presence_or_404(session, child)
    form = ZoneForm(request.POST, session=session)
    if form.is_valid() and (zone := form.cleaned_data["zone"]):
        with refusals.as_message(request):
            presence_actions.change_zone(
                presence=presence, zone=zone, by=request.user, now=local_now()
            )
            words = {"name": presence.child, "zone": zone}
            messages.success(request, _("%(name)s: %(zone)s.") % words)
    return redirect("after_school:session", session.pk)


@by_staff
def session_close(request: SignedInRequest, session: Session) -> HttpResponse:
    """There is no button that hands everybody over: each child is, one by one."""
    now = local_now()
    lines = register_of(session, now)
    awaited = [row for row in lines if row.stand in (Stand.MISSING, Stand.TO_COME)]
    is_early = now < session.ends_at
    form = ClosingForm(request.POST or None, is_needed=bool(awaited) and is_early)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            close_session(session=session, by=request.user, now=now, **form.cleaned_data)
            messages.success(
                request, _("Closed. Every child has been handed over. Thank you for today.")
            )
            return redirect("after_school:session", session.pk)
    context = {
        "session": session,
        "form": form,
        "inside": [row for row in lines if row.stand == Stand.INSIDE],
        "awaited": awaited,
        "is_early": is_early,
        "gone": sum(row.stand == Stand.GONE for row in lines),
    }
    return render(request, "after_school/session_close.html", context)


@by_staff
def session_reopen(request: SignedInRequest, session: Session) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.as_message(request):
            reopen_session(
                session=session,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=local_now(),
            )
            messages.success(
                request, _("Open again. Put it right, and close the afternoon once more.")
            )
        return redirect("after_school:session", session.pk)
    return render(request, "after_school/session_reopen.html", {"form": form, "session": session})


@by_staff
def session_explain(request: SignedInRequest, session: Session) -> HttpResponse:
    """Why nobody opened it."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.as_message(request):
            explain_gap(session=session, by=request.user, now=local_now(), **form.cleaned_data)
            messages.success(request, _("Thank you. It stays in the log of the day."))
        return redirect("after_school:session", session.pk)
    return render(request, "after_school/session_explain.html", {"form": form, "session": session})


@by_staff
@require_safe
def session_sheet(request: SignedInRequest, session: Session) -> HttpResponse:
    """On paper for a power cut, with phones and allergies, so that the look is written down."""
    now = local_now()
    lines = sheet_of(session, now)
    children = [row.child for row in lines]
    access_log.log_access(children=children, by=request.user, page="paper register", now=now)
    context = {"session": session, "lines": lines, "now": now, "blank_lines": range(5)}
    return render(request, "after_school/session_sheet.html", context)
