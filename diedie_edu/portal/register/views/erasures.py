"""Who asked to be erased: entered at the desk, listed by day, done or taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.actions import erasing
from diedie_edu.people.actions.matters import matters_of
from diedie_edu.people.models import ErasureRequest
from diedie_edu.people.queries import open_erasure, open_erasures, who_goes_along
from diedie_edu.people.rules import erasures as rules
from diedie_edu.portal.closing.actions import erasures as asking
from diedie_edu.portal.register.forms.erasures import ErasureForm
from diedie_edu.portal.register.views.person import keeps_people, person_or_404

PER_PAGE = DONE_SHOWN = 20


@dataclass(frozen=True)
class Row:
    """A request in the list, with what is to be seen to first."""

    request: ErasureRequest
    is_overdue: bool
    stopped: list[rules.Matter]


@keeps_people
@require_safe
def erasures(request: SignedInRequest) -> HttpResponse:
    now = local_now()
    done = ErasureRequest.objects.exclude(ended_at=None).order_by("-ended_at", "-pk")
    page = Paginator(open_erasures(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(one, now) for one in page], "done": done[:DONE_SHOWN]}
    return render(request, "portal/closing/erasures.html", context)


def _row(asked: ErasureRequest, now: datetime) -> Row:
    stopped = [matter for matter in matters_of(asked, now) if matter.stops]
    return Row(asked, rules.is_overdue(asked, local_day(now)), stopped)


@keeps_people
def erasure_do(request: SignedInRequest, pk: int) -> HttpResponse:
    """What goes and what stays; sent, it is done at once."""
    asked, now = get_object_or_404(open_erasures(), pk=pk), local_now()
    if request.method == "POST":
        with refusals.as_message(request):
            erasing.carry_out(request=asked, by=request.user, now=now)
            messages.success(request, _("Done. Nothing that names the person is left."))
            return redirect("portal:erasures")
        return redirect("portal:erasure_do", pk)
    matters = matters_of(asked, now)
    context = {
        "asked": asked,
        "matters": matters,
        "is_stopped": any(matter.stops for matter in matters),
        "goes_along": who_goes_along(asked, local_day(now)),
        "is_overdue": rules.is_overdue(asked, local_day(now)),
    }
    return render(request, "portal/closing/erasure_do.html", context)


@keeps_people
@require_POST
def erasure_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person wants to stay, and says so at the desk."""
    asked = get_object_or_404(open_erasures(), pk=pk)
    with refusals.as_message(request):
        asking.take_back(request=asked, by=request.user, now=local_now())
        messages.success(request, _("Taken back. Everything stays as it is."))
    return redirect("portal:erasures")


@keeps_people
def person_erasure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody asks at the desk."""
    person, now = person_or_404(pk), local_now()
    if found := open_erasure(person, person.account):
        return redirect("portal:erasure_do", found.pk)
    form = ErasureForm(request.POST or None, has_account=person.account is not None)
    if form.is_valid():
        with refusals.in_form(form):
            about = {"resident": person, "account": person.account, **form.cleaned_data}
            asking.ask(**about, by=request.user, now=now)
            messages.success(request, _("Written down. The person gets a message with the day."))
            return redirect("portal:erasures")
    due = rules.due_on(local_day(now), known_calendar())
    would_be = ErasureRequest(resident=person, account=person.account, scope="all", due_on=due)
    context = {"person": person, "form": form, "due_on": due, "matters": matters_of(would_be, now)}
    return render(request, "portal/closing/person_erasure.html", context)
