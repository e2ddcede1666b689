"""Contact lists: given out on the desk, worked on by whoever has one."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.sent import row_or_404, sent_number
from diedie_edu.people.rules.ages import AgeBand, age_band_of
from edu_base.actions import mobilising as acts
from edu_base.forms.mobilising import GiveForm
from edu_base.models import ContactList, Visit
from edu_base.queries import mobilising as queries
from edu_base.rules.mobilising import TAPS
from edu_base.views.doors import keeps

PER_PAGE, TAKEN_BACK_WITHIN = 20, timedelta(hours=12)
ICONS = {
    Visit.Outcome.INTERESTED: "hand-thumb-up",
    Visit.Outcome.NOT_INTERESTED: "hand-thumb-down",
    Visit.Outcome.NOT_MET: "home",
    Visit.Outcome.ELSEWHERE: "academic-cap",
    Visit.Outcome.DO_NOT_ASK: "no-symbol",
}
BUTTONS = [(tap.value, tap.label, ICONS[tap]) for tap in TAPS]


# --- On the desk -----------------------------------------------------------------------


@keeps
def overview(request: SignedInRequest) -> HttpResponse:
    """Every building with its numbers; those that are ticked are given to somebody at once."""
    today = local_day(local_now())
    year = queries.year_to_mobilise(today)
    rows = queries.buildings(year, today) if year else []
    form = GiveForm(request.POST or None, buildings=rows)
    if request.method == "POST" and year and form.is_valid():
        with refusals.in_form(form):
            _give(request, year, form)
            return redirect("edu_base:mobilising")
    context = {
        "year": year,
        "buildings": rows,
        "people": sum(row.people for row in rows),
        "met": sum(row.met for row in rows),
        "form": form,
        "said_no": queries.who_said_no() if year else (),
    }
    return render(request, "edu_base/mobilising.html", context)


def _give(request: SignedInRequest, year: Any, form: GiveForm) -> None:
    who: dict[str, Any] = {"year": year, "buildings": form.names()}
    if form.takes_back:
        acts.take_lists_back(**who)
        messages.success(request, _("Nobody has these lists now. What was noted stays."))
    else:
        to = form.cleaned_data["given_to"]
        acts.give_lists(to=to, by=request.user, now=local_now(), **who)
        messages.success(request, _("Given to %s, who gets a message.") % to.display_name)


@keeps
@require_POST
def ask_again(request: SignedInRequest) -> HttpResponse:
    """Somebody who had said no wishes to hear from us again."""
    visit = row_or_404(request, "visit", queries.who_said_no())
    with refusals.as_message(request):
        acts.take_back(visit=visit, by=request.user, now=local_now())
        messages.success(request, _("Stands on the contact lists again."))
    return redirect("edu_base:mobilising")


# --- At the doors ----------------------------------------------------------------------


@signed_in
@require_safe
def contact_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name, age group and address, and a button for each way that a visit can end."""
    now, given = local_now(), _given(request, pk)
    today = local_day(now)
    page = Paginator(queries.lines(given, today), PER_PAGE).get_page(request.GET.get("page"))
    for person in page.object_list:
        person.age_group = AgeBand(age_band_of(person.birth_date, today)).label
    context = {
        "given": given,
        "page": page,
        "buttons": BUTTONS,
        "taps": queries.own_taps(given, request.user, now - TAKEN_BACK_WITHIN),
    }
    return render(request, "edu_base/contact_list.html", context)


def _given(request: SignedInRequest, pk: int) -> ContactList:
    """A list of the year that is mobilised for, for whom it was given to and for staff. Raises
    `Http404` for everybody else as for missing ones."""
    year = queries.year_to_mobilise(local_day(local_now()))
    if year is None:
        raise Http404
    given = get_object_or_404(queries.lists_of(year), pk=pk)
    is_theirs = given.given_to_id == request.user.pk and queries.may_be_given(request.user)
    if not (is_theirs or queries.keeps(request.user)):
        raise Http404
    return given


@signed_in
@require_POST
def note_visit(request: SignedInRequest, pk: int) -> HttpResponse:
    given, now = _given(request, pk), local_now()
    rows = queries.lines(given, local_day(now))
    outcome = request.POST.get("outcome", "")
    if outcome not in TAPS:
        raise Http404
    person = rows.filter(pk=_number(request, "person")).first()
    if person is None:
        messages.info(request, _("This person is not on the list any more."))
        return redirect("edu_base:contact_list", pk)
    with refusals.as_message(request):
        acts.note_visit(
            year=given.scheme_year,
            person=person,
            outcome=outcome,
            seen=_number(request, "seen"),
            by=request.user,
            now=now,
        )
        words = {"person": person.full_name, "outcome": Visit.Outcome(outcome).label}
        messages.success(request, _("%(person)s: %(outcome)s. Noted.") % words)
    return redirect("edu_base:contact_list", pk)


def _number(request: SignedInRequest, name: str) -> int:
    return sent_number(request.POST.get(name, ""))


@signed_in
@require_POST
def visit_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """A slip of the finger."""
    given, now = _given(request, pk), local_now()
    taps = queries.own_taps(given, request.user, now - TAKEN_BACK_WITHIN)
    visit = row_or_404(request, "visit", taps)
    with refusals.as_message(request):
        acts.take_back(visit=visit, by=request.user, now=now)
        messages.success(request, _("Taken back: it does not count."))
    return redirect("edu_base:contact_list", pk)
