"""Where a child is that has not come: answered by a link without signing in, on the guardian's
page, or noted by staff from a call.

A link is opened by programs that look ahead as well, so a GET only shows; a button answers.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from after_school.actions import whereabouts
from after_school.forms.whereabouts import WhereCallForm, WhereForm
from after_school.messages import PHONES
from after_school.models import Enrolment, GuardianRight, Presence, Session, Whereabouts
from after_school.queries.afternoons import child_today
from after_school.queries.children import is_barred
from after_school.queries.whereabouts import presence_numbered
from after_school.rules.whereabouts import can_be_said
from after_school.views.doors import of_own_child
from after_school.views.handing_over import child_page
from after_school.views.on_site import by_staff, enrolment_or_404
from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.notices.kinds import numbers_to_ring
from diedie_edu.people.models import Resident


@public
def where_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opened by the link in the alarm, without signing in."""
    now = local_now()
    try:
        named = whereabouts.named_by_link(text=token, place=network_of(request), now=now)
    except Refused:
        return render(request, "429.html", status=429)
    if len(named) != 2:
        raise Http404
    presence, guardian = presence_numbered(named[0]), Resident.objects.numbered(named[1]).first()
    if presence is None or guardian is None:
        return render(request, "after_school/where_by_link.html")
    if request.method == "POST":
        _answer(request, presence.session, presence.enrolment, guardian, Whereabouts.Way.LINK)
        return redirect("after_school:where_by_link", token)
    return render(request, "after_school/where_by_link.html", _context(presence, guardian))


def _answer(
    request: HttpRequest, session: Session, enrolment: Enrolment, guardian: Resident, way: str
) -> None:
    form = WhereForm(request.POST)
    if not form.is_valid():
        return
    with refusals.as_message(request):
        whereabouts.answer(
            session=session,
            enrolment=enrolment,
            guardian=guardian,
            way=way,
            now=local_now(),
            **form.cleaned_data,
        )
        messages.success(request, _("Thank you for telling us. Staff see it at once."))


def _context(presence: Presence, guardian: Resident) -> dict[str, Any]:
    """Whoever does not answer for the child any more reads nothing of it."""
    now, rights = local_now(), GuardianRight.objects.filter(child=presence.child_id)
    right = rights.filter(guardian=guardian).first()
    shown = presence if right is not None and not is_barred(right) else None
    is_asked = can_be_said(presence.session, shown, now)
    return {
        "presence": shown,
        "child": presence.child,
        "session": presence.session,
        "right": right,
        "is_today": presence.session.day == local_day(now),
        "answers": Whereabouts.Said.choices if is_asked else [],
        "numbers": numbers_to_ring(PHONES),
    }


@of_own_child
@require_POST
def where(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """The same buttons on the child's page, for each of its afternoons of today."""
    for afternoon in child_today(right, local_now()).today:
        if afternoon.can_be_said:
            place = afternoon.session, afternoon.enrolment
            _answer(request, *place, right.guardian, Whereabouts.Way.PAGE)
    return redirect("after_school:child", right.child_id)


@by_staff
@require_POST
def where_noted(request: SignedInRequest, session: Session, child: int) -> HttpResponse:
    enrolment = enrolment_or_404(session, child)
    form = WhereCallForm(request.POST)
    if form.is_valid():
        with refusals.in_form(form):
            whereabouts.note_answer(
                session=session,
                enrolment=enrolment,
                by=request.user,
                now=local_now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Noted."))
            return redirect("after_school:session_child", session.pk, child)
    return child_page(request, session, child, where=form)
