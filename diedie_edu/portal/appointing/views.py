"""Who may do what, for whoever keeps accounts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, confirmed, requires
from diedie_edu.accounts.actions import roles
from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.rules import can_appoint, can_end_factor, can_hand_out
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.people.rules.phones import can_see_to
from diedie_edu.portal.appointing.actions import appoint
from diedie_edu.portal.appointing.forms import AppointForm
from diedie_edu.portal.appointing.queries import with_power


@requires(Permission.KEEP_ACCOUNTS)
@confirmed
def appointing(request: SignedInRequest) -> HttpResponse:
    form = AppointForm(request.user, request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            return _appoint(request, form)
    context = {"form": form, "roles": list(with_power())}
    return render(request, "portal/register/appointing.html", context)


def _appoint(request: SignedInRequest, form: AppointForm) -> HttpResponse:
    given = form.cleaned_data
    user = appoint(
        phone=given["phone"],
        full_name=given["full_name"],
        role=given["role"],
        scope=given["scope"],
        days=roles.Days(given["first_day"], given["last_day"]),
        by=request.user,
        now=local_now(),
    )
    messages.success(request, _("%(name)s is appointed.") % {"name": user})
    return redirect(next_page(request, reverse("portal:appointed", args=[user.pk])))


@requires(Permission.KEEP_ACCOUNTS)
@confirmed
@require_safe
def appointed(request: SignedInRequest, pk: int) -> HttpResponse:
    """What one account may do, since when and by whom."""
    user = get_object_or_404(User, pk=pk)
    grants = user.role_grants.select_related("granted_by").order_by("role", "scope")
    may = can_appoint(request.user, user)
    context = {
        "account": user,
        "grants": [(row, may and can_hand_out(request.user, row.role)) for row in grants],
        "history": user.role_changes.select_related("by")[:20],
        "may_change_phone": can_see_to(request.user, user),
        "may_end_factor": user.has_second_factor and can_end_factor(request.user, user),
    }
    return render(request, "portal/register/appointed.html", context)


@requires(Permission.KEEP_ACCOUNTS)
@confirmed
@require_POST
def take_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes a role (the number of its grant) away again."""
    grant = get_object_or_404(RoleGrant.objects.select_related("user"), pk=pk)
    with refusals.as_message(request):
        roles.revoke_role(
            user=grant.user, role=grant.role, scope=grant.scope, by=request.user, now=local_now()
        )
        said = {"name": grant.user, "role": grant}
        messages.success(request, _("%(name)s no longer has the role “%(role)s”.") % said)
    return redirect("portal:appointed", grant.user_id)
