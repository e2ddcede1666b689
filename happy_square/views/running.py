"""The page from which a group is run: by its leader on a phone, or by staff on their behalf."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, View, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from happy_square.actions import meet_ups as acts
from happy_square.forms.meet_ups import FreeTimeForm, WordsForm
from happy_square.models import Group, MeetUp
from happy_square.queries import groups, meet_ups, members
from happy_square.queries.dates import kept_out
from happy_square.rules.dates import WEEK

HOME = "happy_square:run"


def group_run_by(request: SignedInRequest, pk: int) -> Group:
    """One that the reader may run; any other answers 404."""
    found = groups.run_by(request.user).select_related("kind", "activity_ptr")
    return get_object_or_404(found, pk=pk)


def meet_up_run_by(request: SignedInRequest, pk: int, occasion: int) -> MeetUp:
    """A date of such a group."""
    group = group_run_by(request, pk)
    return get_object_or_404(meet_ups.of_group(group.pk), pk=occasion)


def told_text(people: int) -> str:
    return ngettext(
        "%(people)s person gets a message.", "%(people)s people get a message.", people
    ) % {"people": people}


@signed_in
@require_safe
def run(request: SignedInRequest, pk: int) -> HttpResponse:
    """The days ahead with what to do about each; then members, times and what has no room."""
    group = group_run_by(request, pk)
    return render(request, "happy_square/run.html", _context(group, local_now()))


def _context(group: Group, now: datetime) -> dict[str, Any]:
    dates = meet_ups.with_numbers(meet_ups.runs_ahead(group, now), now)
    week = [row for row in dates if row.begins_before(now + WEEK)]
    return {
        "group": group,
        "over": [row for row in dates if row.is_over],
        "week": week,
        "later": [row for row in dates if not row.is_over and row not in week],
        "to_confirm": any(row.waits_for_a_word for row in week),
        "stands": any(not row.is_off for row in week),
        "words": WordsForm(),
        "kept_out": kept_out(group, now),
        "requests": members.open_requests(group.pk),
    }


Act = Callable[[SignedInRequest, Group], str]


def _button(act: Act) -> View:
    """A POST of the page: it says what came of it, and goes back there."""

    @signed_in
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        group = group_run_by(request, pk)  # type: ignore[arg-type]
        with refusals.as_message(request):
            messages.success(request, act(request, group))  # type: ignore[arg-type]
        return redirect(HOME, pk)

    return view


@_button
def announce(request: SignedInRequest, group: Group) -> str:
    """All as usual in the days ahead, in one tap."""
    form = WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    told = acts.announce(group=group, words=words, by=request.user, now=local_now())
    return _("Confirmed. %(told)s") % {"told": told_text(told)}


@_button
def repeat(request: SignedInRequest, group: Group) -> str:
    """As last week, in one tap."""
    told = acts.repeat_last_week(group=group, by=request.user, now=local_now())
    return _("Planned as last week. %(told)s") % {"told": told_text(told)}


@_button
def take_free(request: SignedInRequest, group: Group) -> str:
    """A free time in the place of a date that has no room."""
    form = FreeTimeForm(request.POST)
    if not form.is_valid():
        raise Http404
    acts.take_free(group=group, **form.cleaned_data, by=request.user, now=local_now())
    return _("Taken: the date is planned.")
