"""A person's messages; for staff, those that did not get through and whom to call."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, public, requires, scopes, signed_in
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common import refusals
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.errors import Refused
from diedie_edu.common.next_page import next_page
from diedie_edu.common.sent import sent_numbers
from diedie_edu.notices import actions
from diedie_edu.notices.actions import seen
from diedie_edu.notices.forms import PhoneChoicesForm, TroubleFilter
from diedie_edu.notices.models import Notice
from diedie_edu.notices.queries import calls, state
from diedie_edu.notices.queries.inbox import messages_of, opened
from diedie_edu.notices.queries.links import event_behind, named_behind
from diedie_edu.notices.queries.trouble import trouble_row, troubled
from diedie_edu.people.actions.access_log import log_access

PER_PAGE = 20


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    found = state.health(timezone.now())
    return JsonResponse(found.as_dict(), status=found.http_status)


@public
@require_safe
def short_link(request: HttpRequest, key: str) -> HttpResponse:
    """Leads from a text message or e-mail to the page it is about. Programs that look ahead open
    it too: it changes nothing. For whoever is signed in, the message in the portal is read."""
    now = timezone.now()
    try:
        path = actions.follow_link(key=key, place=network_of(request), now=now)
    except Refused:
        return render(request, "429.html", status=429)
    if not path:
        return render(request, "notices/link_gone.html", status=404)
    if isinstance(request.user, User):
        same = messages_of(request.user).filter(event=event_behind(key))
        seen.mark_all_read(notices=same, now=now)
    if whom := named_behind(key):
        messages.info(request, _("This message is for %(name)s.") % {"name": whom})
    return redirect(path)


@signed_in
@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    page = Paginator(messages_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [opened(notice) for notice in page.object_list]  # type: ignore[misc]
    return render(request, "notices/inbox.html", {"page": page})


@signed_in
@require_POST
def all_read(request: SignedInRequest) -> HttpResponse:
    seen.mark_all_read(notices=messages_of(request.user), now=timezone.now())
    return redirect("notices:inbox")


@requires(Permission.OPEN_DESK)
@in_one_transaction
def phone_choices(request: SignedInRequest) -> HttpResponse:
    """Which messages come to a staff person's phone, and by e-mail; all of them arrive in the
    portal."""
    form = PhoneChoicesForm(request.user, request.POST or None)
    if form.is_valid():
        seen.choose_for_phone(user=request.user, chosen=form.chosen)
        seen.choose_for_mailbox(user=request.user, chosen=form.chosen_by_mail)
        messages.success(request, _("Saved. In the portal you find all messages, as before."))
        return redirect("notices:phone_choices")
    return render(request, "notices/phone_choices.html", {"form": form})


@signed_in
@require_safe
def message(request: SignedInRequest, pk: int) -> HttpResponse:
    """Opening a message is reading it."""
    notice = get_object_or_404(messages_of(request.user), pk=pk)
    seen.mark_read(notice=notice, now=timezone.now())
    context = {"notice": opened(notice)}
    return render(request, "notices/message.html", context)


@requires(Permission.SEE_DELIVERY)
@require_safe
def trouble(request: HttpRequest) -> HttpResponse:
    form = TroubleFilter(request.GET)
    form.is_valid()
    wanted = {name: form.cleaned_data.get(name, "") for name in ("status", "channel", "q")}
    rows = troubled(status=wanted["status"], channel=wanted["channel"], name=wanted["q"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [trouble_row(notice, timezone.now()) for notice in page.object_list]  # type: ignore[misc]
    context = {"page": page, "form": form, "is_filtered": any(wanted.values())}
    return render(request, "notices/trouble.html", context)


@requires(Permission.SEE_DELIVERY)
@require_POST
def send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, pk=pk)
    with refusals.as_message(request):
        actions.send_again(notice=notice, by=request.user, now=timezone.now())
        messages.success(request, _("The message is on its way again."))
    return redirect(next_page(request, reverse("notices:trouble")))


@requires(Permission.SEE_DELIVERY)
@require_POST
def dealt_with(request: SignedInRequest) -> HttpResponse:
    """One message, or all of a page."""
    named = sent_numbers(request.POST.getlist("notice"))
    seen.deal_with(notices=named, by=request.user, now=timezone.now())
    messages.success(request, _("Ticked off. You find it again under “More choices”."))
    return redirect(next_page(request, reverse("notices:trouble")))


@requires(Permission.SEE_DELIVERY)
@require_POST
def not_dealt_with(request: SignedInRequest, pk: int) -> HttpResponse:
    seen.take_back_dealt_with(notice=get_object_or_404(Notice, pk=pk))
    return redirect(next_page(request, reverse("notices:trouble")))


@requires(Permission.CALL_PEOPLE)
@require_safe
def call_list(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    lines = calls.lines(scopes(request), now)
    children = calls.children_told_of(line.notice for line in lines)
    log_access(children=children, by=request.user, page="call list", now=now)
    today = [line for line in lines if line.is_alarm or calls.is_for_today(line.by, now)]
    later = [line for line in lines if line not in today]
    return render(request, "notices/call_list.html", {"today": today, "later": later})


@requires(Permission.CALL_PEOPLE)
@require_safe
def calls_about(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody to be called about one thing; a child's name is a look at its record."""
    now, notice = timezone.now(), _called_about(request, pk)
    found = calls.calls_about(notice, scopes(request), now)
    children = calls.children_told_of([notice]) | calls.children_called(found, now)
    log_access(children=children, by=request.user, page="call list", now=now)
    context = {
        "notice": notice,
        "said": calls.said(notice),
        "alarms": calls.alarms_about(notice, scopes(request), now),
        "to_call": [call for call in found if call.reached is None],
        "reached": [call for call in found if call.reached],
    }
    return render(request, "notices/calls_about.html", context)


@requires(Permission.CALL_PEOPLE)
@require_POST
def reached(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = _called_about(request, pk)
    seen.note_reached(notice=notice, by=request.user, now=timezone.now())
    return redirect("notices:calls_about", pk)


@requires(Permission.CALL_PEOPLE)
@require_POST
def not_reached(request: SignedInRequest, pk: int) -> HttpResponse:
    seen.take_back_reached(notice=_called_about(request, pk))
    return redirect("notices:calls_about", pk)


def _called_about(request: SignedInRequest, pk: int) -> Notice:
    """Raises `Http404` for what was said in other programmes as for what is missing."""
    return get_object_or_404(calls.visible(scopes(request)), pk=pk)
