"""How many adults and children the zones of a term take, by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from after_school.actions import staffing
from after_school.forms.staffing import NeedForm, PlacesForm
from after_school.models import StaffNeed, Term
from after_school.queries import roster
from after_school.views.doors import plans
from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction


@plans
@in_one_transaction
def staff_needs(request: SignedInRequest, pk: int) -> HttpResponse:
    """What each zone needs, and two forms; ?zone= and ?weekday= name what is to be changed."""
    term = get_own_or_404(request, Term.objects, pk=pk)
    if request.method == "POST":
        form = NeedForm(request.POST, term=term, by=request.user)
        if form.is_valid():
            with refusals.in_form(form):
                messages.success(request, _text(_change_needs(request, form)))
                return redirect("after_school:staff_needs", pk)
        return _page(request, term, need_form=form)
    return _page(request, term)


@plans
@require_POST
def places(request: SignedInRequest, pk: int) -> HttpResponse:
    term = get_own_or_404(request, Term.objects, pk=pk)
    form = PlacesForm(request.POST, prefix="places", term=term)
    if form.is_valid():
        with refusals.in_form(form):
            change = staffing.change_places(by=request.user, now=local_now(), **form.cleaned_data)
            messages.success(request, _text(change))
            return redirect("after_school:staff_needs", pk)
    return _page(request, term, places_form=form)


def _page(
    request: SignedInRequest,
    term: Term,
    need_form: NeedForm | None = None,
    places_form: PlacesForm | None = None,
) -> HttpResponse:
    needs = roster.needs_of(term)
    context = {
        "term": term,
        "needs": needs,
        "form": need_form or NeedForm(term=term, by=request.user, initial=_chosen(request, needs)),
        "places_form": places_form or PlacesForm(prefix="places", term=term),
    }
    return render(request, "after_school/staff_needs.html", context)


def _chosen(request: HttpRequest, needs: list[StaffNeed]) -> dict[str, object]:
    """The numbers of the zone and weekday in the address; of the first need otherwise."""
    wanted = (request.GET.get("zone", ""), request.GET.get("weekday", ""))
    found = [row for row in needs if (str(row.zone_id), str(row.weekday)) == wanted]
    for row in found or needs[:1]:
        return {
            "zone": row.zone_id,
            "weekday": row.weekday if found else 0,
            "adults": row.adults,
            "children_per_adult": row.children_per_adult,
        }
    return {}


def _change_needs(request: SignedInRequest, form: NeedForm) -> staffing.SlotChange:
    cleaned = form.cleaned_data
    return staffing.change_needs(
        zone=cleaned["zone"],
        weekdays=form.weekdays(),
        adults=cleaned["adults"],
        children_per_adult=cleaned["children_per_adult"],
        by=request.user,
        now=local_now(),
    )


def _text(change: staffing.SlotChange) -> str:
    """What became of the slots."""
    parts = [_("Saved.")]
    if change.added:
        text = ngettext(
            "%(number)d free slot is new.", "%(number)d free slots are new.", change.added
        )
        parts.append(text % {"number": change.added})
    if change.removed:
        text = ngettext(
            "%(number)d free slot is removed.",
            "%(number)d free slots are removed.",
            change.removed,
        )
        parts.append(text % {"number": change.removed})
    if change.spare:
        text = ngettext(
            "%(number)d slot that somebody has taken is more than needed now; it stays.",
            "%(number)d slots that somebody has taken are more than needed now; they stay.",
            change.spare,
        )
        parts.append(text % {"number": change.spare})
    return " ".join(parts)
