"""One's own family: who belongs to it, and entering a grown-up with or without a phone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.parts import open_entries
from diedie_edu.common.phones import masked
from diedie_edu.people.actions import families
from diedie_edu.people.models import Resident
from diedie_edu.people.parts import ChildDoor
from diedie_edu.people.queries import children_of
from diedie_edu.portal.own import pending
from diedie_edu.portal.own.forms.family import RelativeForm
from diedie_edu.portal.sign_in import asking
from diedie_edu.portal.sign_in.forms import CodeForm


def own_resident(request: SignedInRequest) -> Resident:
    """The person behind the account; one without answers 404."""
    people = Resident.objects.select_related("household")
    return get_object_or_404(people, account=request.user)


@signed_in
@require_safe
def family(request: SignedInRequest) -> HttpResponse:
    own = own_resident(request)
    at_home = Resident.objects.filter(household=own.household_id).exclude(household=None)
    context = {
        "own": own,
        "members": at_home.exclude(pk=own.pk).order_by("sort_key", "pk"),
        "children": children_of(request.user).exclude(household=own.household_id),
        "doors": open_entries(ChildDoor, request.user),
    }
    return render(request, "portal/own/family.html", context)


@signed_in
def family_add(request: SignedInRequest) -> HttpResponse:
    """With a phone of their own, a code goes there first."""
    own = own_resident(request)
    form = RelativeForm(
        request.POST or None,
        asks_house=own.household_id is None,
        own_phones={own.phone, request.user.phone},
    )
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            return _added(request, own, form.cleaned_data)
    context = {"form": form, "doors": open_entries(ChildDoor, request.user)}
    return render(request, "portal/own/family_add.html", context)


def _added(request: SignedInRequest, own: Resident, given: dict[str, Any]) -> HttpResponse:
    person = {"full_name": given["full_name"], "house": given.get("house", "")}
    if given["phone"]:
        asking.send(request, given["phone"], OneTimeCode.Purpose.FAMILY)
        pending.remember(request, phone=given["phone"], **person, now=local_now())
        return redirect("portal:family_code")
    families.add_relative(own=own, **person, by=request.user, now=local_now())
    return _welcome(request, given["full_name"])


def _welcome(request: SignedInRequest, name: str) -> HttpResponse:
    said = _("%(name)s belongs to your family now.") % {"name": name}
    messages.success(request, said)
    return redirect("portal:family")


@signed_in
@sensitive_post_parameters()
def family_code(request: SignedInRequest) -> HttpResponse:
    """The code that they have been sent and told to whoever enters them."""
    own, now = own_resident(request), local_now()
    joining = pending.recall(request, now)
    if joining is None:
        return redirect("portal:family_add")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            purpose, code = OneTimeCode.Purpose.FAMILY, form.cleaned_data["code"]
            asking.redeem(request, joining.phone, purpose, code)
            pending.forget(request)
            families.join_family(
                own=own,
                full_name=joining.full_name,
                phone=joining.phone,
                house=joining.house,
                by=request.user,
                now=now,
            )
            return _welcome(request, joining.full_name)
    context = {"form": form, "name": joining.full_name, "phone": masked(joining.phone)}
    return render(request, "portal/own/family_code.html", context)


@signed_in
def family_leave(request: SignedInRequest) -> HttpResponse:
    """Asked first: whom one acted for stays with the others."""
    own = own_resident(request)
    if own.household_id is None:
        raise Http404
    if request.method == "POST":
        families.leave_family(own=own, by=request.user, now=local_now())
        messages.success(request, _("You are on your own now. The service desk can change that."))
        return redirect("portal:family")
    return render(request, "portal/own/family_leave.html", {"own": own})
