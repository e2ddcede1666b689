"""The headcount, on the spot or from the sheet of paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.errors import refusal_of
from diedie_edu.common.sent import row_or_404
from diedie_edu.door.rules.opening import check_register_open
from happy_square.actions import counting as acts
from happy_square.actions import entries
from happy_square.forms.counting import CountForm
from happy_square.forms.members import NewcomerForm
from happy_square.queries import counting
from happy_square.views.running import HOME, meet_up_run_by

BLANK_LINES = 12


@signed_in
@in_one_transaction
def count(request: SignedInRequest, pk: int, occasion: int) -> HttpResponse:
    """A tap for each who came, a number for the others, one button."""
    meet_up, now = meet_up_run_by(request, pk, occasion), local_now()
    form = CountForm(request.POST or None, meet_up=meet_up, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            came = [person.pk for person in form.cleaned_data["came"]]
            about = {"guests": form.cleaned_data["guests"], "by": request.user, "now": now}
            number = acts.count(meet_up=meet_up, came=came, **about)
            messages.success(request, _("Counted: %(number)s in all.") % {"number": number})
            return redirect(HOME, pk)
    context = {
        "meet_up": meet_up,
        "group": meet_up.group,
        "form": form,
        "closed": refusal_of(check_register_open, meet_up.occasion, now),
        "newcomers": counting.newcomers_at(meet_up),
        "newcomer": NewcomerForm(),
    }
    return render(request, "happy_square/count.html", context)


@signed_in
@require_safe
def sheet(request: SignedInRequest, pk: int, occasion: int) -> HttpResponse:
    """The same on paper, with blank lines."""
    meet_up = meet_up_run_by(request, pk, occasion)
    context = {
        "meet_up": meet_up,
        "group": meet_up.group,
        "people": counting.people_at(meet_up),
        "blank_lines": range(BLANK_LINES),
    }
    return render(request, "happy_square/count_sheet.html", context)


@signed_in
@require_POST
def newcomer(request: SignedInRequest, pk: int, occasion: int) -> HttpResponse:
    """Somebody who came for the first time, by name and phone; or taken back."""
    meet_up, now = meet_up_run_by(request, pk, occasion), local_now()
    form = NewcomerForm(request.POST)
    with refusals.as_message(request):
        check_register_open(meet_up.occasion, now)
        if "entry" in request.POST:
            row = row_or_404(request, "entry", counting.newcomers_at(meet_up))
            entries.take_back(entry=row, by=request.user, now=now)
        elif form.is_valid():
            about = form.cleaned_data | {"since": local_day(now), "occasion": meet_up.occasion}
            entries.write_down(group=meet_up.group, by=request.user, now=now, **about)
            messages.success(request, _("Welcome! The name is written down."))
        else:
            messages.error(request, _("Please give the full name and the phone number."))
    return redirect("happy_square:count", pk, occasion)
