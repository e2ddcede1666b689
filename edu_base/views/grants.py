"""Grants: the funds, the roll of one, and the sheet on which students sign."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from edu_base.actions import grants as acts
from edu_base.forms.grants import AwardForm, FundForm, ProxyForm, RecordForm, TakeBackForm
from edu_base.models import Award, Fact, GrantFund
from edu_base.queries import grants
from edu_base.views.doors import keeps

PER_PAGE = 20
FUND, AWARD = "edu_base:fund", "edu_base:award"


@keeps
@require_safe
def fund_list(request: SignedInRequest) -> HttpResponse:
    page = Paginator(GrantFund.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": grants.lines_of(list(page))}
    return render(request, "edu_base/fund_list.html", context)


@keeps
def fund_create(request: SignedInRequest) -> HttpResponse:
    now = local_now()
    day = local_day(now)
    form = FundForm(request.POST or None, initial={"approved_on": day})
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            made = acts.set_up(by=request.user, now=now, **form.told())
            messages.success(request, _("Saved. Now award it to students."))
            return redirect(FUND, made.pk)
    return render(request, "edu_base/fund_form.html", {"form": form})


@keeps
@in_one_transaction
def fund_change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(GrantFund, pk=pk)
    form = FundForm(request.POST or None, instance=found, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form, "total"):
            acts.set_up(fund=form.instance, by=request.user, now=local_now(), **form.told())
            messages.success(request, _("Saved."))
            return redirect(FUND, pk)
    return render(request, "edu_base/fund_form.html", {"form": form, "fund": found})


@keeps
@require_safe
def fund(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(GrantFund.objects.select_related("ceremony"), pk=pk)
    [line] = grants.lines_of([found])
    context = {
        "fund": found,
        "totals": [(fact.label, line.of(fact)) for fact in Fact],
        "roll": list(grants.roll_of(found)),
        "form": RecordForm(fund=found, initial={"on": local_day(local_now())}),
    }
    return render(request, "edu_base/fund.html", context)


@keeps
def award_add(request: SignedInRequest, pk: int) -> HttpResponse:
    found, now = get_object_or_404(GrantFund, pk=pk), local_now()
    begins = {"amount": found.amount, "on": local_day(now)}
    form = AwardForm(request.POST or None, fund=found, initial=begins)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            made = acts.award(fund=found, by=request.user, now=now, **form.cleaned_data)
            messages.success(request, _awarded_words(len(made)))
            return redirect(FUND, pk)
    return render(request, "edu_base/award_add.html", {"form": form, "fund": found})


def _awarded_words(number: int) -> str:
    words = ngettext(
        "Awarded to %(number)s student, who gets a message.",
        "Awarded to %(number)s students, who get a message.",
        number,
    )
    return words % {"number": number}


@keeps
@require_POST
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """A fact of all that are ticked, or of none of them."""
    form = RecordForm(request.POST, fund=get_object_or_404(GrantFund, pk=pk))
    if not form.is_valid():
        messages.error(request, _("Please tick students, and give the day."))
        return redirect(FUND, pk)
    awards, fact = form.cleaned_data["awards"], Fact(form.cleaned_data["fact"])
    with refusals.as_message(request):
        acts.record(awards=awards, fact=fact, told=form.told(), by=request.user, now=local_now())
        words = ngettext("Entered for %(number)s.", "Entered for %(number)s.", len(awards))
        messages.success(request, words % {"number": len(awards)})
    return redirect(FUND, pk)


@keeps
@require_safe
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """签领表: amounts in figures and words, and room for the signatures."""
    found = get_object_or_404(GrantFund.objects.select_related("ceremony"), pk=pk)
    [line] = grants.lines_of([found])
    context = {"fund": found, "total": line.awarded.amount, "roll": grants.roll_of(found)}
    return render(request, "edu_base/grant_sheet.html", context)


@keeps
def award(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that was entered of one grant; somebody signs for the student."""
    found = get_object_or_404(_awards(), pk=pk)
    now = local_now()
    form = ProxyForm(request.POST or None, initial={"on": local_day(now)})
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            told = form.told()
            acts.record(awards=[found], fact=Fact.SIGNED, told=told, by=request.user, now=now)
            messages.success(request, _("Entered; the student gets a message."))
            return redirect(AWARD, pk)
    facts = list(found.facts.select_related("by").order_by("-pk"))
    standing = [entry for entry in facts if entry.stands]
    last = max(standing, key=lambda entry: list(Fact).index(Fact(entry.fact)), default=None)
    context = {
        "award": found,
        "facts": facts,
        "last": last,
        "form": form if last and last.fact == Fact.ANNOUNCED else None,
        "back_form": TakeBackForm(initial={"fact": last.fact}) if last else None,
    }
    return render(request, "edu_base/award.html", context)


@keeps
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found, form = get_object_or_404(_awards(), pk=pk), TakeBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please give the reason; it stays with the entry."))
        return redirect(AWARD, pk)
    fact, reason = Fact(form.cleaned_data["fact"]), form.cleaned_data["reason"]
    with refusals.as_message(request):
        acts.take_back(award=found, fact=fact, reason=reason, by=request.user, now=local_now())
        messages.success(request, _("Taken back; both entries stay in the history."))
    return redirect(AWARD, pk)


def _awards() -> QuerySet[Award]:
    return Award.objects.select_related("application__person", "application__intake", "fund")
