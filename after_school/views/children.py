"""The guardian's pages of one child: today, absences, place, consent, the other guardian."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from after_school.actions import absences, consenting, enrolling
from after_school.actions.guardians import change_right, remove_guardian
from after_school.actions.invitations import invite_guardian
from after_school.forms.children import (
    AbsenceForm,
    GuardianForm,
    PlaceChangeForm,
    RightChangeForm,
)
from after_school.models import Absence, Enrolment, GuardianRight
from after_school.queries import bands
from after_school.queries.afternoons import child_today
from after_school.queries.children import (
    enrolment_of,
    guardians_of,
    next_days,
    open_invitation,
    past_afternoons,
)
from after_school.queries.consents import consent_state
from after_school.rules import terms
from after_school.views.doors import of_own_child, takes_seats
from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent
from diedie_edu.people.queries import consent_text_in_force, live_consents

RECENT = 10


@takes_seats
@require_safe
def child_list(request: SignedInRequest) -> HttpResponse:
    """Straight to the child where there is one."""
    children = bands.children_of(request.user, local_now())
    if len(children) == 1:
        return redirect("after_school:child", children[0].child.pk)
    return render(request, "after_school/child_list.html", {"children": children})


@of_own_child
@require_safe
def child(request: HttpRequest, right: GuardianRight) -> HttpResponse:
    """Today: arrived, in which zone, notes, handed over to whom; and what can be done."""
    now = local_now()
    found = child_today(right, now)
    seated = [row for row in found.enrolments if row.sign_up.is_seated]
    context = {
        "right": right,
        "child": right.child,
        "enrolments": found.enrolments,
        "today": now,
        "bands": bands.bands_of(found),
        "notes": [note for afternoon in found.today for note in afternoon.notes],
        "behind": found.behind,
        **found.words,
        "next_days": next_days(seated, now),
        "past": past_afternoons(right, RECENT),
        "consent": consent_state(right, now),
    }
    return render(request, "after_school/child.html", context)


def _enrolment_or_404(request: HttpRequest, right: GuardianRight) -> Enrolment:
    """In the term that the address names by ?term=, where the child is in several."""
    enrolment = enrolment_of(right.child_id, local_now(), request.GET.get("term", ""))
    if enrolment is None:
        raise Http404
    return enrolment


@of_own_child
@require_POST
def accept(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """Take the place that is offered to the child."""
    enrolment = _enrolment_or_404(request, right)
    with refusals.as_message(request):
        enrolling.accept_place(enrolment=enrolment, by=request.user, now=local_now())
        messages.success(request, _("The place is yours. We look forward to meeting your child."))
    return redirect("after_school:child", right.child_id)


@of_own_child
def absence(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """Two taps: the day's button on the child's page, and this one; or a range."""
    enrolment = _enrolment_or_404(request, right)
    day = request.GET.get("day", "")
    initial = {"first_day": day, "last_day": day} if day else {}
    form = AbsenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            absences.report_absence(
                enrolment=enrolment, by=request.user, now=local_now(), **form.cleaned_data
            )
            messages.success(request, _("Thank you for telling us. We do not wait for your child."))
            return redirect("after_school:child", right.child_id)
    context = {"form": form, "child": right.child, "enrolment": enrolment}
    return render(request, "after_school/absence.html", context)


@of_own_child
@require_POST
def absence_back(request: SignedInRequest, right: GuardianRight, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Absence.objects.select_related("enrolment"), pk=pk, enrolment__child=right.child_id
    )
    with refusals.as_message(request):
        absences.take_back_absence(absence=found, by=request.user, now=local_now())
        messages.success(request, _("Good, we expect your child."))
    return redirect("after_school:child", right.child_id)


@of_own_child
@in_one_transaction
def place(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """Weekdays, zone, and what staff should know."""
    enrolment = _enrolment_or_404(request, right)
    form = PlaceChangeForm(request.POST or None, enrolment=enrolment, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            enrolling.change_place(
                enrolment=enrolment, place=form.place(), by=request.user, now=local_now()
            )
            messages.success(request, _("Saved."))
            return redirect("after_school:child", right.child_id)
    return render(request, "after_school/place.html", {"form": form, "child": right.child})


@of_own_child
def leave(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """Voluntary: leaving takes one button, at any time."""
    enrolment = _enrolment_or_404(request, right)
    if request.method == "POST":
        with refusals.as_message(request):
            enrolling.leave_term(enrolment=enrolment, by=request.user, now=local_now())
            messages.success(
                request, _("Your child has left the term. You are welcome again any time.")
            )
        return redirect("after_school:child", right.child_id)
    context = {"child": right.child, "enrolment": enrolment}
    return render(request, "after_school/leave.html", context)


@of_own_child
def consent(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """What was agreed to, and what is in force; agreeing anew, and the way to withdraw."""
    now = local_now()
    text = consent_text_in_force(terms.PROGRAMME, now)
    if request.method == "POST" and text is not None:
        with refusals.as_message(request):
            consenting.agree(
                child=right.child,
                guardian=right.guardian,
                agreement=consents.Agreement(text),
                by=request.user,
                now=now,
            )
            messages.success(request, _("Thank you. Your consent is noted."))
        return redirect("after_school:child", right.child_id)
    context = {"child": right.child, "text": text, "state": consent_state(right, now)}
    return render(request, "after_school/consent.html", context)


@of_own_child
def consent_withdraw(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """One button; what follows is said before."""
    today = local_day(local_now())
    live = live_consents(right.child, today).select_related("text")
    own = live.filter(guardian=right.guardian).first()
    if own is None:
        raise Http404
    if request.method == "POST":
        with refusals.as_message(request):
            consenting.withdraw(
                consent=own,
                ending=Consent.Ending.WITHDRAWN_ONLINE,
                by=request.user,
                now=local_now(),
            )
            messages.success(request, _("Your consent is withdrawn."))
        return redirect("after_school:child", right.child_id)
    context = {"child": right.child, "own": own, "is_last": live.count() < 2}
    return render(request, "after_school/consent_withdraw.html", context)


@of_own_child
def guardians(request: SignedInRequest, right: GuardianRight) -> HttpResponse:
    """Both guardians; the first asks the second."""
    form = GuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            invite_guardian(
                child=right.child, by=request.user, now=local_now(), **form.cleaned_data
            )
            messages.success(request, _("Asked. We tell you what they say."))
            return redirect("after_school:guardians", right.child_id)
    return _guardians(request, right, form=form)


def _guardians(request: SignedInRequest, right: GuardianRight, **forms: Any) -> HttpResponse:
    """`forms` are those that were sent: `form` of a new guardian, `right_form` of the second."""
    rights = list(guardians_of(right.child_id))
    changed = [
        RightChangeForm(right=row, by=request.user)
        for row in rights
        if row.place == GuardianRight.Place.SECOND
    ]
    context = {
        "child": right.child,
        "rights": rights,
        "own": right,
        "form": GuardianForm(),
        "invitation": open_invitation(right.child_id, local_now()),
        "right_form": next(iter(changed), None),
    }
    return render(request, "after_school/guardians.html", context | forms)


@of_own_child
@require_POST
@in_one_transaction
def guardian_change(request: SignedInRequest, right: GuardianRight, pk: int) -> HttpResponse:
    """What the second guardian sees and decides, or that they are none here any more."""
    other = get_object_or_404(GuardianRight, pk=pk, child=right.child_id)
    form = RightChangeForm(request.POST, right=other, by=request.user)
    removes = "remove" in request.POST
    if not removes and not form.is_valid():
        return _guardians(request, right, right_form=form)
    with refusals.as_message(request):
        if removes:
            remove_guardian(right=other, by=request.user, now=local_now())
        else:
            change_right(right=other, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
    return redirect("after_school:guardians", right.child_id)
