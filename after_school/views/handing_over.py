"""One child's afternoon: with whom it goes home, notes, corrections; and who is still here.

Every opening by staff or a volunteer is written into the log of looks.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from after_school.actions import handing_over
from after_school.actions.corrections import take_back_arrival, take_back_leaving, undo_leaving
from after_school.actions.notes import write_note
from after_school.actions.presence import note_call
from after_school.forms.afternoon import (
    CallForm,
    ClockForm,
    HandOverForm,
    NoteForm,
    SeenForm,
    UndoForm,
)
from after_school.forms.whereabouts import WhereCallForm
from after_school.models import Collector, Presence, Session
from after_school.queries import sessions
from after_school.queries.children import guardians_of
from after_school.queries.collecting import who_collects
from after_school.queries.glance import siblings_at
from after_school.queries.guardian_messages import messages_of
from after_school.queries.still_here import left_behind
from after_school.rules.whereabouts import can_be_said
from after_school.views.on_site import (
    by_staff,
    enrolment_or_404,
    is_staff,
    on_site,
    presence_or_404,
)
from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.people.actions import access_log


@on_site
@require_safe
def session_child(request: SignedInRequest, session: Session, child: int) -> HttpResponse:
    return child_page(request, session, child)


def child_page(
    request: SignedInRequest,
    session: Session,
    child: int,
    refusal: Refused | None = None,
    note: NoteForm | None = None,
    where: WhereCallForm | None = None,
) -> HttpResponse:
    """The page, with a refused hand-over as a warning on top of it."""
    now = local_now()
    enrolment = enrolment_or_404(session, child, sealed=True)
    access_log.log_access(children=[child], by=request.user, page="afternoon", now=now)
    presence = sessions.presence_at(session, child)
    context: dict[str, Any] = {
        "session": session,
        "enrolment": enrolment,
        "child": enrolment.child,
        "presence": presence,
        "zones": session.term.zones.all(),
        "notes": presence.notes.select_related("written_by") if presence else [],
        "events": presence.events.select_related("by", "zone") if presence else [],
        "note_form": note or NoteForm(),
        "refusal": refusal,
        "written": messages_of(presence),
        "is_staff": is_staff(request),
        "today": now,
    }
    if is_staff(request):
        context["who"] = who_collects(enrolment.child, session.day, now)
        context["siblings"] = siblings_at(session, child)
        context["rights"] = guardians_of(child)
        context["form"] = HandOverForm(child=child)
        context["on_paper"] = "paper" in request.GET
        if can_be_said(session, presence, now):
            context["where_form"] = where or WhereCallForm()
    return render(request, "after_school/session_child.html", context)


@by_staff
@require_POST
def hand_over(request: SignedInRequest, session: Session, child: int) -> HttpResponse:
    """Back to the list, where it can be undone for five seconds; a refusal stands as a warning on
    the child's page."""
    form = HandOverForm(request.POST, child=child)
    try:
        at = ClockForm(request.POST).moment_on(session)
        gone = _way(form)(session=session, child=child, by=request.user, now=local_now(), at=at)
    except Presence.DoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:
        return child_page(request, session, child, refusal)
    return redirect(reverse("after_school:session", args=[session.pk]) + f"?gone={gone.child_id}")


def _way(form: HandOverForm) -> Callable[..., Presence]:
    """The action for what was sent. Raises `Refused` where nothing usable was."""
    if not form.is_valid():
        raise Refused("form", next(iter(form.errors.values()))[0])  # type: ignore[arg-type]
    sent = form.cleaned_data
    if sent["collector"]:
        return partial(handing_over.hand_over, collector=sent["collector"], how=sent["how"])
    if sent["walk_home"]:
        return partial(handing_over.let_walk_home, permission=sent["walk_home"])
    return partial(handing_over.hand_over_by_code, code=sent["code"])


@by_staff
@require_POST
def refusal_note(request: SignedInRequest, session: Session, child: int, pk: int) -> HttpResponse:
    """A barred person came; the guardians are told at once."""
    presence = presence_or_404(session, child)
    collector = get_own_or_404(request, Collector.objects, pk=pk, child=child)
    with refusals.as_message(request):
        handing_over.note_refusal(
            presence=presence, collector=collector, by=request.user, now=local_now()
        )
        messages.success(request, _("Noted. The guardians get a message or a call."))
    return redirect("after_school:session_child", session.pk, child)


@on_site
@require_POST
def note_write(request: SignedInRequest, session: Session, child: int) -> HttpResponse:
    presence = presence_or_404(session, child)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return child_page(request, session, child, note=form)
    with refusals.as_message(request):
        write_note(presence=presence, by=request.user, now=local_now(), **form.cleaned_data)
        messages.success(request, _("Saved. The guardians can read it."))
    return redirect("after_school:session_child", session.pk, child)


@by_staff
@require_POST
def undo(request: SignedInRequest, session: Session, child: int) -> HttpResponse:
    """The button that stands for five seconds; behind them, the page that asks for a reason."""
    presence = presence_or_404(session, child)
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        undo_leaving(presence=presence, by=request.user, now=local_now(), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("after_school:correct", session.pk, child)
    messages.success(request, _("Undone: %s is inside.") % presence.child)
    return redirect("after_school:session", session.pk)


@by_staff
def correct(request: SignedInRequest, session: Session, child: int) -> HttpResponse:
    """Take back the last step, arrival or leaving, with a reason; nothing is deleted."""
    presence = presence_or_404(session, child)
    seen = presence.left_at or presence.arrived_at
    if seen is None:
        raise Http404
    form = SeenForm(request.POST or None, initial={"seen": seen.isoformat()})
    if request.method == "POST" and form.is_valid():
        back = take_back_leaving if presence.left_at else take_back_arrival
        with refusals.as_message(request):
            back(presence=presence, by=request.user, now=local_now(), **form.cleaned_data)
            messages.success(request, _("Put right, and written into the log."))
        return redirect("after_school:session_child", session.pk, child)
    access_log.log_access(children=[child], by=request.user, page="correction", now=local_now())
    context = {"form": form, "session": session, "presence": presence}
    return render(request, "after_school/correct.html", context)


@by_staff
@require_safe
def still_here(request: SignedInRequest, session: Session) -> HttpResponse:
    """“3 children are still here”: whom to call, in order, and who was called."""
    inside = left_behind(session)
    children = [row.child for row in inside]
    access_log.log_access(children=children, by=request.user, page="still here", now=local_now())
    context = {"session": session, "inside": inside, "now": local_now()}
    return render(request, "after_school/still_here.html", context)


@by_staff
@require_POST
def call_note(request: SignedInRequest, session: Session, child: int) -> HttpResponse:
    presence = presence_or_404(session, child)
    form = CallForm(request.POST)
    if form.is_valid():
        note_call(
            presence=presence,
            **form.cleaned_data["call"],
            by=request.user,
            now=local_now(),
        )
        messages.success(request, _("Noted."))
    return redirect("after_school:still_here", session.pk)
