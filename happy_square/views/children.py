"""A child joins a group by its guardian's yes, on the page or on paper; and leaves by its no."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.people.actions.consents import Agreement, add_grown_up
from diedie_edu.people.models import Consent, ConsentText, Resident
from diedie_edu.people.queries import children_of, consent_text_in_force, is_grown, person_of
from happy_square.actions import children as acts
from happy_square.forms.children import ChildForm, PaperChildForm
from happy_square.models import Group
from happy_square.models.groups import PROGRAMME
from happy_square.queries import children as queries
from happy_square.queries.groups import listed
from happy_square.views.doors import guides

PAGE = "happy_square/children.html"


def _group_or_404(pk: int) -> Group:
    return get_object_or_404(listed().select_related("activity_ptr"), pk=pk, takes_children=True)


@requires(Permission.TAKE_SEATS)
@in_one_transaction
def children(request: SignedInRequest, pk: int) -> HttpResponse:
    """The text for this purpose, the guardian's children, and who has joined."""
    group, now = _group_or_404(pk), local_now()
    text, today = consent_text_in_force(PROGRAMME, now), local_day(now)
    guardian = person_of(request.user)
    own = list(children_of(request.user).exclude(is_grown(today)))
    form = ChildForm(request.POST or None, children=own, today=today)
    if text and guardian and request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            return _join(request, group, form, guardian, Agreement(text))
    context = _context(group, form, text) | {
        "has_name": guardian is not None,
        "consents": queries.consents_of(own, today).filter(guardian=guardian),
        "children": own,
    }
    return render(request, PAGE, context)


@guides
@in_one_transaction
def children_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Typed in by staff from the paper that a guardian has signed."""
    group, now = _group_or_404(pk), local_now()
    text = consent_text_in_force(PROGRAMME, now)
    form = PaperChildForm(request.POST or None, children=[], today=local_day(now))
    if text and request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refusals.in_form(form):
            guardian = add_grown_up(full_name=told["guardian_name"], phone=told["phone"])
            agreement = Agreement(text, Consent.Way.PAPER, told["paper_reference"])
            return _join(request, group, form, guardian, agreement)
    return render(request, PAGE, _context(group, form, text) | {"is_paper": True, "has_name": True})


def _context(group: Group, form: ChildForm, text: ConsentText | None) -> dict[str, Any]:
    return {
        "group": group,
        "form": form,
        "text": text,
        "are_checked": queries.are_checked(group.pk, local_day(local_now())),
    }


def _join(
    request: SignedInRequest, group: Group, form: ChildForm, guardian: Resident, agreed: Agreement
) -> HttpResponse:
    child = acts.join(
        group=group,
        child=form.chosen(),
        guardian=guardian,
        agreement=agreed,
        by=request.user,
        now=local_now(),
    )
    text = _("Thank you. %s belongs to the group.")
    if group.joining == Group.Joining.APPROVAL:
        text = _("Thank you. The leader is asked whether %s can join.")
    messages.success(request, text % child.full_name)
    return redirect("happy_square:group", group.pk)


@requires(Permission.TAKE_SEATS)
@require_POST
def children_withdraw(request: SignedInRequest, pk: int, consent: int) -> HttpResponse:
    """Whoever gave it takes it back; of others' there is nothing here."""
    given = Consent.objects.filter(guardian__account=request.user, text__programme=PROGRAMME)
    found = given.filter(pk=consent, ended_at=None).select_related("child").first()
    if found is None:
        raise Http404
    with refusals.as_message(request):
        acts.withdraw(consent=found, by=request.user, now=local_now())
        messages.success(request, _("Taken back. Your child has left the groups of Happy Square."))
    return redirect("happy_square:group", pk)
