"""A phone is changed after seeing the person: at the service desk, or by who keeps accounts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, confirmed, requires
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import refusal_of
from diedie_edu.people.actions import phones
from diedie_edu.people.actions.access_log import log_access
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.phones import check_can_see_to
from diedie_edu.people.rules.residents import is_child
from diedie_edu.portal.phones import actions
from diedie_edu.portal.phones.forms import SeenPhoneForm


@requires(Permission.KEEP_PEOPLE)
def of_person(request: SignedInRequest, pk: int) -> HttpResponse:
    resident = get_object_or_404(Resident.objects.select_related("account", "household"), pk=pk)
    if is_child(resident.birth_date, local_day(local_now())):
        log_access(children=[pk], by=request.user, page="phone", now=local_now())
    return _page(request, resident)


@requires(Permission.KEEP_ACCOUNTS)
@confirmed
def of_account(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(User, pk=pk))


def _page(request: SignedInRequest, person: Resident | User) -> HttpResponse:
    """Filled in, looked over, done."""
    owner, form = phones.owner_of(person), SeenPhoneForm(person, request.POST or None)
    refusal = refusal_of(check_can_see_to, request.user, owner.account)
    is_filled = not refusal and form.is_valid()
    if is_filled and "do" in request.POST:
        with refusals.in_form(form):
            return _do(request, person, form)
    context = {
        "owner": owner,
        "form": form,
        "refusal": refusal,
        "is_preview": is_filled and form.is_valid() and "edit" not in request.POST,
        "open": phones.open_change(owner),
        "changes": phones.changes_of(owner)[:5],
    }
    return render(request, "portal/register/phone.html", context)


def _do(request: SignedInRequest, person: Resident | User, form: SeenPhoneForm) -> HttpResponse:
    actions.change_seen(
        person=person,
        new_phone=form.cleaned_data["phone"],
        takes_along=form.takes_them_along,
        reason=form.cleaned_data["reason"],
        by=request.user,
        now=local_now(),
    )
    messages.success(request, _("The new number holds. Both numbers get a message."))
    return redirect(request.path)
