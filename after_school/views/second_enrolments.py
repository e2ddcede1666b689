"""A second enrolment, beside its page in `decisions`."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from after_school.actions.second_enrolments import say_which_child
from after_school.models import SecondEnrolment
from after_school.views.doors import looks_after
from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common.next_page import next_page


@looks_after
@require_POST
def which_child(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is the child that is known, or another of the same name and birth date."""
    row = get_own_or_404(request, SecondEnrolment.objects, pk=pk)
    say_which_child(row=row, is_another="another" in request.POST)
    return redirect(next_page(request, reverse("decisions:waiting")))
