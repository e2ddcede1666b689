"""Permissions to be shown: kept by staff from signed papers, withdrawn by anybody concerned.

Nobody's name is in an address: what is looked for is sent by POST.
"""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.forms import FindForm
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.people.queries.finding import residents_like
from diedie_edu.people.rules.residents import is_child
from diedie_edu.publicity.actions import consents as acts
from diedie_edu.publicity.forms.pictures import ConsentForm
from diedie_edu.publicity.models import PictureConsent
from diedie_edu.publicity.queries.panels import own_consents
from diedie_edu.publicity.queries.pictures import live_consents
from diedie_edu.publicity.views.doors import publishes

PER_PAGE = 30


@publishes
def consents(request: SignedInRequest) -> HttpResponse:
    """Who agreed; and, after a search, grown-ups with the children for whom they may sign."""
    today = local_day(local_now())
    form = FindForm(request.POST or None)
    found: list[Resident] = []
    if form.is_valid():
        found = [row for row in residents_like(form.cleaned_data["words"]) if _is_grown(row, today)]
    live = live_consents(today).select_related("person", "guardian")
    page = Paginator(live.order_by("person__sort_key", "pk"), PER_PAGE)
    rows = page.get_page(request.GET.get("page"))
    agreed = [(row, not _is_grown(row.person, today)) for row in rows]
    context = {"find": form, "found": _with_wards(found), "page": rows, "agreed": agreed}
    return render(request, "publicity/consents.html", context)


def _is_grown(person: Resident, today: date) -> bool:
    return not is_child(person.birth_date, today)


def _with_wards(people: list[Resident]) -> list[tuple[Resident, list[Guardianship]]]:
    bonds = Guardianship.objects.filter(guardian__in=people, child__erased_at=None)
    rows = list(bonds.select_related("child"))
    return [(one, [bond for bond in rows if bond.guardian_id == one.pk]) for one in people]


@publishes
def give(request: SignedInRequest, pk: int, bond: int = 0) -> HttpResponse:
    """What this person signed, for themselves or (`bond`) as the guardian of a child."""
    signer, now = get_object_or_404(Resident, pk=pk), local_now()
    ward = get_object_or_404(Guardianship, pk=bond, guardian=signer) if bond else None
    if not _is_grown(signer, local_day(now)):
        raise Http404
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.give(
                person=ward.child if ward else signer,
                guardian=signer if ward else None,
                by=request.user,
                now=now,
                **form.cleaned_data,
            )
            messages.success(request, _("The permission is recorded."))
            return redirect("publicity:consents")
    context = {"form": form, "signer": signer, "ward": ward}
    return render(request, "publicity/consent_give.html", context)


@publishes
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody said no, at the desk or on paper."""
    consent = get_object_or_404(PictureConsent.objects.select_related("person"), pk=pk)
    if request.method == "POST":
        with refusals.as_message(request):
            acts.withdraw(consent=consent, by=request.user, now=local_now())
            messages.success(
                request, _("Withdrawn. Below is where pictures with this person had gone out.")
            )
        return redirect("publicity:gone_out")
    return render(request, "publicity/consent_withdraw.html", {"consent": consent})


@signed_in
@require_POST
def say_no(request: SignedInRequest, pk: int) -> HttpResponse:
    """By the person, or a guardian, on "my page"."""
    consent = get_object_or_404(own_consents(request.user.pk), pk=pk)
    with refusals.as_message(request):
        acts.withdraw(consent=consent, by=request.user, now=local_now())
        messages.success(request, _("Withdrawn. The pictures are no longer shown."))
    return redirect("portal:my_page")
