"""The members of a group, for whoever runs it, and what staff see to."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, View, requires, signed_in
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import row_or_404
from happy_square.actions import entries
from happy_square.actions import members as acts
from happy_square.forms.members import MemberForm, SinceForm
from happy_square.models import Group, MemberEntry, Membership
from happy_square.models.groups import PROGRAMME
from happy_square.queries import members as queries
from happy_square.views.running import group_run_by

PAGE = "happy_square:members"
keeps_members = requires(Permission.PLAN_ACTIVITIES, PROGRAMME)


@signed_in
def members(request: SignedInRequest, pk: int) -> HttpResponse:
    """Requests to answer, members, and a new one by name and phone."""
    group, now = group_run_by(request, pk), local_now()
    form = MemberForm(request.POST or None, today=local_day(now))
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            entries.write_down(group=group, **form.cleaned_data, by=request.user, now=now)
            messages.success(request, _written_text(form.cleaned_data["full_name"]))
            return redirect(PAGE, pk)
    context = {
        "group": group,
        "form": form,
        "members": queries.members_of(pk),
        "entries": queries.entries_of(pk),
        "requests": queries.open_requests(pk),
        "waiting": queries.waiting_in(pk),
        "may_write": request.user.may(Permission.KEEP_REGISTER, PROGRAMME),
    }
    return render(request, "happy_square/members.html", context)


def _written_text(name: str) -> str:
    """The same for everybody, so that it tells nothing of the register."""
    text = _("%(name)s is written down, and gets a message or a call to say yes or no.")
    return text % {"name": name}


Act = Callable[[SignedInRequest, Group], str]


def _button(act: Act) -> View:
    @signed_in
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        group = group_run_by(request, pk)  # type: ignore[arg-type]
        with refusals.as_message(request):
            messages.success(request, act(request, group))  # type: ignore[arg-type]
        return redirect(PAGE, pk)

    return view


@_button
def answer(request: SignedInRequest, group: Group) -> str:
    """Yes or no to somebody who asks to join."""
    row = row_or_404(request, "request", queries.open_requests(group.pk))
    is_yes = request.POST.get("answer") == "yes"
    acts.answer(request=row, is_yes=is_yes, by=request.user, now=local_now())
    return _("Taken in. The new member hears.") if is_yes else _("Declined. The person hears.")


@_button
def remove(request: SignedInRequest, group: Group) -> str:
    """Somebody belongs to it no longer."""
    row = row_or_404(request, "member", queries.members_of(group.pk))
    acts.leave(group=group, resident=row.resident, by=request.user, now=local_now())
    return _("Taken off the list. The person hears.")


@_button
def drop(request: SignedInRequest, group: Group) -> str:
    """What was written down by mistake."""
    row = row_or_404(request, "entry", queries.entries_of(group.pk))
    entries.take_back(entry=row, by=request.user, now=local_now())
    return _("Taken back.")


@signed_in
@in_one_transaction
def since(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """From which day a member has belonged to the group."""
    group = group_run_by(request, pk)
    row: Membership = get_object_or_404(queries.members_of(pk), pk=member)
    form = SinceForm(request.POST or None, membership=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            day = form.cleaned_data["since"]
            acts.change_since(membership=row, since=day, by=request.user, now=local_now())
            return redirect(PAGE, pk)
    context = {"group": group, "membership": row, "form": form}
    return render(request, "happy_square/member_since.html", context)


# --- Whom the register does not know for certain ---------------------------------------


@keeps_members
@require_safe
def entries_to_complete(request: SignedInRequest) -> HttpResponse:
    """Staff make sure by telephone who it is, and enter them or not."""
    return render(request, "happy_square/entries.html", {"entries": queries.entries_for_staff()})


def _by_staff(act: Callable[[SignedInRequest, MemberEntry], str]) -> View:
    @keeps_members
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        rows: QuerySet[MemberEntry] = queries.entries_for_staff()
        entry = row_or_404(request, "entry", rows)
        with refusals.as_message(request):
            messages.success(request, act(request, entry))  # type: ignore[arg-type]
        return redirect("happy_square:entries")

    return view


@_by_staff
def complete_entry(request: SignedInRequest, entry: MemberEntry) -> str:
    entries.complete(entry=entry, by=request.user, now=local_now())
    return _("Entered as a member. The person hears and may say no.")


@_by_staff
def drop_entry(request: SignedInRequest, entry: MemberEntry) -> str:
    entries.drop(entry=entry, by=request.user, now=local_now())
    return _("Not entered. The leader hears.")
