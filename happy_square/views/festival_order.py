"""The page on which staff prepare a festival: the running order, groups, rehearsals, helpers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.volunteering.actions.duties import release_duty
from diedie_edu.volunteering.queries import duties
from diedie_edu.volunteering.views import add_helper
from happy_square.actions import festival_invitations, rehearsals
from happy_square.actions import running_order as acts
from happy_square.forms.festivals import InviteForm, ItemForm, RehearsalForm
from happy_square.models import Festival
from happy_square.queries import festivals
from happy_square.rules.running_order import minutes_over
from happy_square.views.festival_staff import PREPARE, plans


def _festival(request: SignedInRequest, pk: int) -> Any:
    return get_own_or_404(request, festivals.festivals(), pk=pk)


@plans
@require_safe
def order(request: SignedInRequest, pk: int) -> HttpResponse:
    found, now = _festival(request, pk), local_now()
    slots = festivals.order_of(found)
    context = {
        "festival": found,
        "is_ahead": now < found.starts_at and not found.is_called_off,
        "slots": slots,
        "over": minutes_over(slots, found.ends_at),
        "invitations": festivals.invitations_of(found),
        "rehearsals": festivals.rehearsals_of(found),
        "helpers": duties.helpers_at(pk),
    }
    return render(request, "happy_square/festival_order.html", context)


Form = type[InviteForm] | type[ItemForm] | type[RehearsalForm]
Save = Callable[[SignedInRequest, Festival, Any], str]


def _adding(form_class: Form, title: Promise) -> Callable[[Save], Callable[..., HttpResponse]]:
    """A page with a form that adds something; the act says what came of it."""

    def page(save: Save) -> Callable[..., HttpResponse]:
        @plans
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            found = _festival(request, pk)  # type: ignore[arg-type]
            form = form_class(request.POST or None, festival=found)
            if request.method == "POST" and form.is_valid():
                with refusals.in_form(form):
                    messages.success(request, save(request, found, form))  # type: ignore[arg-type]
                    return redirect(PREPARE, pk)
            return _form_page(request, found, form, title)

        return view  # type: ignore[return-value]

    return page


def _form_page(
    request: HttpRequest, festival: Festival, form: forms.BaseForm, title: str | Promise
) -> HttpResponse:
    context = {"festival": festival, "form": form, "title": title}
    return render(request, "happy_square/festival_add.html", context)


@_adding(ItemForm, gettext_lazy("Add an item"))
def item_add(request: SignedInRequest, festival: Festival, form: ItemForm) -> str:
    acts.add_item(festival=festival, plan=form.plan(), now=local_now())
    return _("Added at the end; move it to where it belongs.")


@_adding(InviteForm, gettext_lazy("Invite groups"))
def invite(request: SignedInRequest, festival: Festival, form: InviteForm) -> str:
    told = form.cleaned_data
    festival_invitations.invite(
        festival=festival,
        groups=list(told["groups"]),
        note=told["note"].strip(),
        by=request.user,
        now=local_now(),
    )
    return _("Invited. The leaders get a message, and answer on a page of their own.")


@_adding(RehearsalForm, gettext_lazy("Plan a rehearsal"))
def rehearsal_add(request: SignedInRequest, festival: Festival, form: RehearsalForm) -> str:
    rehearsals.plan_rehearsal(festival=festival, plan=form.plan(), now=local_now())
    return _("Planned: the room is held, and the leaders get a message.")


@plans
def helper_add(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _festival(request, pk)
    return add_helper(request, found, found.occasion, PREPARE)


@plans
@in_one_transaction
def item_change(request: SignedInRequest, pk: int, item: int) -> HttpResponse:
    found = _festival(request, pk)
    row = get_object_or_404(found.items, pk=item)
    form = ItemForm(request.POST or None, festival=found, instance=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.change_item(item=row, plan=form.plan(), now=local_now())
            messages.success(request, _("Saved; the times of the others follow."))
            return redirect(PREPARE, pk)
    return _form_page(request, found, form, _("Change the item"))


Act = Callable[[SignedInRequest, Any, int], str]


def _button(act: Act) -> Callable[..., HttpResponse]:
    """A button of the page: it says what came of it, and goes back there."""

    @plans
    @require_POST
    def view(request: HttpRequest, pk: int, row: int = 0) -> HttpResponse:
        found = _festival(request, pk)  # type: ignore[arg-type]
        with refusals.as_message(request):
            messages.success(request, act(request, found, row))  # type: ignore[arg-type]
        return redirect(PREPARE, pk)

    return view  # type: ignore[return-value]


@_button
def item_move(request: SignedInRequest, festival: Any, number: int) -> str:
    row = get_object_or_404(festival.items, pk=number)
    acts.move_item(item=row, up="up" in request.POST, now=local_now())
    return _("“%s” has moved; the times follow.") % row


@_button
def item_remove(request: SignedInRequest, festival: Any, number: int) -> str:
    row = get_object_or_404(festival.items, pk=number)
    acts.remove_item(item=row, now=local_now())
    return _("“%s” is off the running order.") % row


@_button
def withdraw(request: SignedInRequest, festival: Any, number: int) -> str:
    row = get_object_or_404(festival.invitations, pk=number)
    festival_invitations.withdraw(invitation=row, by=request.user, now=local_now())
    return _("Taken back; the leaders get a message.")


@_button
def rehearsal_off(request: SignedInRequest, festival: Any, number: int) -> str:
    row = get_object_or_404(festival.rehearsals, pk=number)
    rehearsals.call_off_rehearsal(rehearsal=row, now=local_now())
    return _("Called off; the room is free again.")


@_button
def helper_release(request: SignedInRequest, festival: Any, number: int) -> str:
    duty = get_object_or_404(duties.helpers_at(festival.pk), pk=number)
    release_duty(duty=duty, by=request.user, now=local_now())
    return _("Not on duty any more.")


@_button
def send_order(request: SignedInRequest, festival: Any, number: int) -> str:
    told = acts.send_running_order(festival=festival, now=local_now())
    return _("Sent: every group has its times.") if told else _("Everybody knows it already.")
