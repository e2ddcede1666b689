"""Asking for rooms; and one's requests, with each of their dates."""

from contextlib import suppress
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.venues import holders
from diedie_edu.venues.actions import requests as actions
from diedie_edu.venues.forms.requests import RequestChangeForm, RoomRequestForm, ShiftForm
from diedie_edu.venues.models import RoomRequest
from diedie_edu.venues.queries import requests as queries
from diedie_edu.venues.rules.series import check_as_shown
from diedie_edu.venues.views.wizard import Wizard

PER_PAGE = 20


@signed_in
@require_safe
def request_list(request: SignedInRequest) -> HttpResponse:
    """The reader's, and those of the programmes in which they plan; what has ended apart."""
    is_past = "ended" in request.GET
    kept = queries.kept_by(request.user)
    rows = queries.standing(kept, local_now(), is_past=is_past)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_ask = bool(queries.askers(request.user))
    if not may_ask and not kept.exists():
        raise Http404
    context = {"page": page, "is_past": is_past, "may_ask": may_ask}
    return render(request, "venues/request_list.html", context)


@signed_in
def request_create(request: SignedInRequest) -> HttpResponse:
    """The form, its dates with what stands in their way, saving what is ticked."""
    now = local_now()
    form = RoomRequestForm(_sent(request), user=request.user, now=now, initial=request.GET.dict())
    if not form.askers:
        raise Http404

    def save(kept: frozenset[str]) -> HttpResponse:
        days = check_as_shown(queries.days_of(form.plan(), now), kept)
        wanted = [room for day in days for room in day.rooms]
        made = actions.reserve(wish=form.wish(), wanted=wanted, by=request.user, now=now)
        messages.success(request, _asked_text(made))
        return redirect("venues:request", made.pk)

    return Wizard(
        form=form,
        form_template="venues/request_form.html",
        days_template="venues/request_preview.html",
        days=lambda: queries.days_of(form.plan(), now),
        save=save,
    ).answer(request)


def _sent(request: SignedInRequest) -> QueryDict | None:
    """What was typed; where one of the free times was picked, with that in its place."""
    if request.method != "POST":
        return None
    sent = request.POST.copy()
    starts, _slash, ends = sent.get("pick", "").partition("/")
    with suppress(ValueError, OverflowError):  # nothing was picked, or no moments
        first, last = (local(datetime.fromisoformat(text)) for text in (starts, ends))
        sent["day"] = f"{first:%Y-%m-%d}"
        sent["starts"], sent["ends"] = f"{first:%H:%M}", f"{last:%H:%M}"
        sent.setlist("shown", [])
    return sent


def _asked_text(made: RoomRequest) -> str:
    if made.is_waiting:
        return _("Sent. The room is kept for you until you have an answer.")
    return _("The room is yours.")


def _kept_or_404(request: SignedInRequest, pk: int) -> RoomRequest:
    return get_object_or_404(queries.kept_by(request.user), pk=pk)


@signed_in
@require_safe
def request_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """How it stands, by when an answer comes, and each of its dates."""
    return _page(request, _kept_or_404(request, pk), ShiftForm())


def _page(request: SignedInRequest, found: RoomRequest, form: ShiftForm) -> HttpResponse:
    now, dates = local_now(), queries.dates_of(found)
    decision = queries.answers_to([found.pk]).get(found.pk)
    stands = holders.standing_in([row.pk for row in dates])
    is_own = found.asked_by_id == request.user.pk
    context = {
        "row": found,
        "dates": dates,
        "ahead": {row.pk for row in dates if row.starts_at > now and row.pk not in stands},
        "decision": decision,
        "reason": queries.reason_of(decision),
        "free": queries.free_instead(found, dates, now),
        "form": form,
        "may_change": found.is_open and (is_own or not found.is_waiting),
    }
    return render(request, "venues/request.html", context)


@signed_in
@in_one_transaction
def request_change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _kept_or_404(request, pk)
    form = RequestChangeForm(request.POST or None, instance=found, by=request.user)
    if form.is_valid():
        with refusals.in_form(form):
            words = {name: form.cleaned_data[name] for name in ("purpose", "people", "note")}
            actions.change(request=found, words=words, by=request.user, now=local_now())
            messages.success(request, _("Saved."))
            return redirect("venues:request", pk)
    return render(request, "venues/request_change.html", {"form": form, "row": found})


@signed_in
@require_POST
def request_shift(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _kept_or_404(request, pk)
    form = ShiftForm(request.POST)
    if form.is_valid():
        with refusals.in_form(form):
            moved = actions.shift(
                request=found, days=form.shift(), by=request.user, now=local_now()
            )
            text = ngettext("%(number)d date has moved.", "%(number)d dates have moved.", moved)
            messages.success(request, text % {"number": moved})
            return redirect("venues:request", pk)
    return _page(request, found, form)


@signed_in
@require_POST
def date_skip(request: SignedInRequest, pk: int, booking: int) -> HttpResponse:
    found = _kept_or_404(request, pk)
    date = get_object_or_404(found.bookings, pk=booking)
    with refusals.as_message(request):
        actions.skip(request=found, booking=date, by=request.user, now=local_now())
        messages.success(request, _("Left out. The room is free for others on that day."))
    return redirect("venues:request", pk)


@signed_in
@require_POST
def date_put_back(request: SignedInRequest, pk: int, booking: int) -> HttpResponse:
    found = _kept_or_404(request, pk)
    date = get_object_or_404(found.bookings, pk=booking)
    with refusals.as_message(request):
        actions.put_back(request=found, booking=date, by=request.user, now=local_now())
        messages.success(request, _("Put back. The room is kept for you on that day."))
    return redirect("venues:request", pk)


@signed_in
def request_give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _kept_or_404(request, pk)
    if request.method == "POST":
        with refusals.as_message(request):
            actions.give_back(request=found, by=request.user, now=local_now())
            messages.success(request, _("Taken back. The room is free for others."))
        return redirect("venues:request", pk)
    return render(request, "venues/request_give_back.html", {"row": found})
