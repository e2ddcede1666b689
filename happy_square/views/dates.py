"""One date of a group: confirmed, moved, called off, held after all, written about."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, View, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from happy_square.actions import meet_ups as acts
from happy_square.forms.meet_ups import REASONS, CallOffForm, DateForm, MoveForm, NoteForm
from happy_square.models import MeetUp
from happy_square.views.running import HOME, group_run_by, meet_up_run_by, told_text

Act = Callable[[SignedInRequest, MeetUp], str]


def _button(act: Act) -> View:
    @signed_in
    @require_POST
    def view(request: HttpRequest, pk: int, occasion: int) -> HttpResponse:
        meet_up = meet_up_run_by(request, pk, occasion)  # type: ignore[arg-type]
        with refusals.as_message(request):
            messages.success(request, act(request, meet_up))  # type: ignore[arg-type]
        return redirect(HOME, pk)

    return view


@_button
def confirm(request: SignedInRequest, meet_up: MeetUp) -> str:
    acts.confirm(meet_up=meet_up, by=request.user, now=local_now())
    return _("Confirmed: it takes place as usual.")


@_button
def hold_again(request: SignedInRequest, meet_up: MeetUp) -> str:
    told = acts.hold_again(meet_up=meet_up, by=request.user, now=local_now())
    return _("It takes place after all. %(told)s") % {"told": told_text(told)}


@signed_in
def call_off(request: SignedInRequest, pk: int, occasion: int) -> HttpResponse:
    """The second tap is the reason."""
    meet_up = meet_up_run_by(request, pk, occasion)
    form = CallOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            reason = form.cleaned_data["reason"]
            told = acts.call_off(meet_up=meet_up, reason=reason, by=request.user, now=local_now())
            text = _("Called off: %(reason)s. %(told)s")
            messages.success(request, text % {"reason": reason, "told": told_text(told)})
            return redirect(HOME, pk)
    context = {"meet_up": meet_up, "group": meet_up.group, "form": form, "reasons": REASONS}
    return render(request, "happy_square/call_off.html", context)


@signed_in
@in_one_transaction
def move(request: SignedInRequest, pk: int, occasion: int) -> HttpResponse:
    meet_up = meet_up_run_by(request, pk, occasion)
    form = MoveForm(request.POST or None, meet_up=meet_up, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.move(meet_up=meet_up, by=request.user, now=local_now(), **form.times())
            messages.success(request, _("Changed. Everybody gets a message."))
            return redirect(HOME, pk)
    context = {"meet_up": meet_up, "group": meet_up.group, "form": form}
    return render(request, "happy_square/move_date.html", context)


@signed_in
def add_date(request: SignedInRequest, pk: int) -> HttpResponse:
    group = group_run_by(request, pk)
    form = DateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            music = form.cleaned_data["with_music"]
            more = {"with_music": music, "by": request.user, "now": local_now()}
            acts.add_date(group=group, **form.times(), **more)
            messages.success(request, _("The date is planned."))
            return redirect(HOME, pk)
    return render(request, "happy_square/add_date.html", {"group": group, "form": form})


@signed_in
@in_one_transaction
def note(request: SignedInRequest, pk: int, occasion: int) -> HttpResponse:
    """What was done on the day."""
    meet_up = meet_up_run_by(request, pk, occasion)
    form = NoteForm(request.POST or None, meet_up=meet_up, by=request.user)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["note"]
        acts.write_note(meet_up=meet_up, note=words, by=request.user, now=local_now())
        messages.success(request, _("Written down. Thank you!"))
        return redirect(HOME, pk)
    context = {"meet_up": meet_up, "group": meet_up.group, "form": form}
    return render(request, "happy_square/note.html", context)
