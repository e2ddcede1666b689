"""An application is begun, by the young person, by a guardian, or by staff from paper."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, public, requires
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import sent_number
from diedie_edu.people.models import ConsentText, Resident
from diedie_edu.people.queries import children_of, consent_text_in_force, person_of
from edu_base.actions import applicants, applying, guardians
from edu_base.forms.starting import PaperStartForm, StartForm, WardStartForm
from edu_base.models import Application, Intake
from edu_base.models.schemes import PROGRAMME
from edu_base.queries import applications as queries
from edu_base.rules.ages import is_minor
from edu_base.rules.applying import can_change
from edu_base.rules.guardians import guardian_acts
from edu_base.views.doors import keeps

START = "edu_base/start.html"
applies = requires(Permission.TAKE_SEATS)


def _context(request: HttpRequest, form: Any, intakes: Any, **more: Any) -> dict[str, Any]:
    text = consent_text_in_force(PROGRAMME, local_now())
    return {"form": form, "text": text, "has_classes": bool(intakes), **more}


def _named(request: HttpRequest, intakes: Any) -> dict[str, Any]:
    """The class that the page before has chosen, else the only one."""
    if sent := sent_number(request.GET.get("intake", "")):
        return {"intake": sent}
    return {"intake": intakes[0].pk} if len(intakes) == 1 else {}


@applies
@in_one_transaction
def start(request: SignedInRequest) -> HttpResponse:
    """For oneself. Under 18 a guardian is named, who says yes before it is sent in."""
    today, own = local_day(local_now()), person_of(request.user)
    intakes = queries.open_intakes(today)
    form = StartForm(
        request.POST or None, intakes=intakes, person=own, initial=_named(request, intakes)
    )
    context = _context(request, form, intakes, person=own)
    if own and context["text"] and request.method == "POST" and form.is_valid():
        with refusals.in_form(form), transaction.atomic():
            told = form.cleaned_data.get("birth_date")
            person = applicants.told_birth_date(own, told, today)
            guardian = applicants.guardian_of(person, form.guardian(), today)
            return _begin(request, form, context["text"], person, guardian)
    return render(request, START, context)


@applies
@in_one_transaction
def start_for_ward(request: SignedInRequest) -> HttpResponse:
    """A guardian applies for somebody of 14 to 17."""
    today, own = local_day(local_now()), person_of(request.user)
    intakes = queries.open_intakes(today)
    wards = [row for row in children_of(request.user) if is_minor(row.birth_date, today)]
    form = WardStartForm(
        request.POST or None, intakes=intakes, wards=wards, initial=_named(request, intakes)
    )
    context = _context(request, form, intakes, person=own, is_for_ward=True)
    if own and context["text"] and request.method == "POST" and form.is_valid():
        with refusals.in_form(form), transaction.atomic():
            ward = form.known() or applicants.add_ward(guardian=own, today=today, **form.told())
            return _begin(request, form, context["text"], ward, own)
    return render(request, START, context)


@keeps
@in_one_transaction
def start_from_paper(request: SignedInRequest) -> HttpResponse:
    """Staff type in what somebody has signed, of any class of the year."""
    today = local_day(local_now())
    intakes = queries.intakes_of(queries.shown_year(today) or today.year)
    form = PaperStartForm(request.POST or None, intakes=intakes)
    context = _context(request, form, intakes, is_paper=True)
    if context["text"] and request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refusals.in_form(form), transaction.atomic():
            person = applicants.add_from_paper(
                today=today, **{name: told[name] for name in ("full_name", "phone", "birth_date")}
            )
            guardian = applicants.guardian_of(person, form.guardian(), today)
            paper = told["paper_reference"]
            return _begin(request, form, context["text"], person, guardian, paper)
    return render(request, START, context)


def _begin(
    request: SignedInRequest,
    form: Any,
    text: ConsentText,
    person: Resident,
    guardian: Resident | None,
    paper: str = "",
) -> HttpResponse:
    intake: Intake = form.cleaned_data["intake"]
    made = applying.start(
        intake=intake,
        person=person,
        guardian=guardian,
        agreement=applying.Agreement(text, paper),
        by=request.user,
        now=local_now(),
    )
    return redirect("edu_base:own_change", made.pk)


@public
def agree(request: HttpRequest, token: str) -> HttpResponse:
    """The guardian's yes or no, by the link of a message, without signing in."""
    now = local_now()
    found = guardians.application_of(token)
    if found is None or not guardian_acts(found, local_day(now)):
        return render(request, "edu_base/agree.html", status=404)
    if request.method == "POST":
        with refusals.as_message(request):
            if "agree" in request.POST:
                guardians.agree(application=found, by=_guardian_in(request, found), now=now)
                messages.success(request, _("Thank you. The application has been sent in."))
            else:
                guardians.decline(application=found, now=now)
                messages.success(request, _("Thank you. Nothing is sent in without your yes."))
        return redirect("edu_base:agree", token)
    context = {"application": found, "text": found.agreed_text, "is_waiting": can_change(found)}
    return render(request, "edu_base/agree.html", context)


def _guardian_in(request: HttpRequest, application: Application) -> User | None:
    """The account that says yes, where it is the guardian's: a family may share a phone."""
    guardian = application.guardian
    is_theirs = guardian is not None and guardian.account_id == request.user.pk
    return request.user if is_theirs and isinstance(request.user, User) else None
