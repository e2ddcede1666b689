"""One page for each person: what all apps know, what staff may do, and what was done."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.actions import events
from diedie_edu.people.models import PersonEvent, Resident
from diedie_edu.people.rules.residents import is_child
from diedie_edu.portal.register import queries

keeps_people = requires(Permission.KEEP_PEOPLE)


def person_or_404(pk: int) -> Resident:
    """Somebody of the register, also by the number of a record merged into theirs."""
    people = Resident.objects.numbered(pk).select_related("household", "account")
    return get_object_or_404(people)


@keeps_people
@require_safe
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, person_or_404(pk), local_now())


@keeps_people
@require_POST
def show_phone(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole number, on request; that somebody looked is kept."""
    resident, now = person_or_404(pk), local_now()
    if resident.phone:
        kind = PersonEvent.Kind.PHONE_SHOWN
        events.note(resident=resident, kind=kind, by=request.user, now=now)
    return _page(request, resident, now, shows_phone=True)


def _page(request: SignedInRequest, resident: Resident, now: datetime, **more: Any) -> HttpResponse:
    context = {
        "person": resident,
        "is_child": is_child(resident.birth_date, local_day(now)),
        "sections": queries.sections(request.user, resident, now),
        "buttons": queries.buttons(request.user, resident),
        "events": queries.log_of(resident),
        **more,
    }
    return render(request, "portal/register/person.html", context)
