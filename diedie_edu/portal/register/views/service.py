"""Staff take somebody off the list of volunteers, and say which paper they saw."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.people.actions import corrections, events, volunteers
from diedie_edu.people.models import PersonCorrection, PersonEvent, Volunteer
from diedie_edu.portal.queries.my_page import duties_of
from diedie_edu.portal.register.forms.erasures import LeaveForm, PaperSeenForm
from diedie_edu.portal.register.views.person import keeps_people, person_or_404


@keeps_people
def person_leave_service(request: SignedInRequest, pk: int) -> HttpResponse:
    person, now = person_or_404(pk), local_now()
    volunteer = get_object_or_404(Volunteer, resident=person, is_active=True)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            volunteers.leave(volunteer=volunteer, by=request.user, now=now)
            told = {"reason": form.cleaned_data["reason"], "by": request.user, "now": now}
            events.note(resident=person, kind=PersonEvent.Kind.LEFT, **told)
            messages.success(request, _("Done. The duties ahead are free, and the person hears."))
            return redirect("portal:person", person.pk)
    context = {"person": person, "form": form, "duties": duties_of(person, now)}
    return render(request, "portal/closing/person_leave_service.html", context)


@keeps_people
@require_POST
def correction_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Beside the request, whose decision then counts with it."""
    row, form = get_object_or_404(PersonCorrection, pk=pk), PaperSeenForm(request.POST)
    if form.is_valid():
        corrections.note_paper(correction=row, paper=form.cleaned_data["paper"])
    return redirect(next_page(request, reverse("decisions:waiting")))
