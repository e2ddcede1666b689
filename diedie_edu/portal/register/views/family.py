"""Bringing somebody into a family: what it means is shown before it is done."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.typed import typed_key
from diedie_edu.people.actions.families import move_in
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import is_child
from diedie_edu.portal.register import queries
from diedie_edu.portal.register.forms.family import MoveInForm
from diedie_edu.portal.register.views.person import person_or_404


@requires(Permission.KEEP_PEOPLE)
def person_family(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who lives there and whom the person leaves stands on the page before it counts (`sure`)."""
    person, form = person_or_404(pk), MoveInForm(request.POST or None)
    if is_child(person.birth_date, local_day(local_now())):
        raise Http404
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "sure" in request.POST:
        with refusals.in_form(form):
            move_in(person=person, **form.cleaned_data, by=request.user, now=local_now())
            messages.success(request, _("The families are as you said."))
            return redirect("portal:person", person.pk)
    context = {"person": person, "form": form, "is_preview": is_valid and form.is_valid()}
    if context["is_preview"]:
        there = Resident.objects.filter(household__label_key=typed_key(form.cleaned_data["house"]))
        context |= {"there": there, "left": queries.others_at_home(person)}
    return render(request, "portal/register/person_family.html", context)
