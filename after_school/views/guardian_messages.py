"""Short messages from a guardian to the staff of today, and whether it hears of arrivals."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from after_school.actions.arrivals import hear_arrivals
from after_school.actions.guardian_messages import see_message, write_message
from after_school.forms.guardian_messages import MessageForm
from after_school.models import GuardianMessage, GuardianRight, Session
from after_school.queries.afternoons import child_today
from after_school.views.doors import of_own_child
from after_school.views.on_site import by_staff
from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now


@of_own_child
@require_POST
def message_write(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    form, now = MessageForm(request.POST), local_now()
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("after_school:child", right.child_id)
    for afternoon in child_today(right, now).today:
        if afternoon.can_be_written:
            with refusals.as_message(request):
                write_message(
                    session=afternoon.session,
                    enrolment=afternoon.enrolment,
                    right=right,
                    now=now,
                    **form.cleaned_data,
                )
                messages.success(request, _("Sent. Here you see when staff have seen it."))
    return redirect("after_school:child", right.child_id)


@of_own_child
@require_POST
def arrival_switch(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    hear_arrivals(right=right, wants=bool(request.POST.get("wants")))
    messages.success(request, _("Saved."))
    return redirect("after_school:child", right.child_id)


@by_staff
@require_POST
def message_seen(request: SignedInRequest, session: Session, pk: int) -> HttpResponse:
    """Back to the register, or to the child's page from there."""
    rows = GuardianMessage.objects.select_related("presence")
    found = get_object_or_404(rows, pk=pk, presence__session=session.pk)
    see_message(message=found, by=request.user, now=local_now())
    if "child" in request.POST:
        return redirect("after_school:session_child", session.pk, found.presence.child_id)
    return redirect("after_school:session", session.pk)
