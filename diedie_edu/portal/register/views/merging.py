"""Records entered twice: who they may be, side by side, and one of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.people.actions.changes import preview
from diedie_edu.people.actions.merging import merge_residents, note_two_people
from diedie_edu.people.forms import FindForm
from diedie_edu.people.models import Resident
from diedie_edu.people.queries.finding import residents_like
from diedie_edu.portal.register import previews
from diedie_edu.portal.register.doubles import likely_doubles
from diedie_edu.portal.register.forms.records import ReasonForm
from diedie_edu.portal.register.views.person import person_or_404

keeps_people = requires(Permission.KEEP_PEOPLE)
JUST_TO_LOOK = "–"


@keeps_people
@require_safe
def doubles(request: SignedInRequest) -> HttpResponse:
    """All who may stand in the register twice."""
    found = likely_doubles()
    return render(request, "portal/register/doubles.html", {"doubles": found})


@keeps_people
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which other record is the same person's: those who are likely, or whom the words find."""
    person = person_or_404(pk)
    form = FindForm(request.POST or None)
    found: list[Resident] = []
    if form.is_valid():
        alike = residents_like(form.cleaned_data["words"])
        found = [one for one in alike if one.pk != person.pk]
    likely = likely_doubles(person)
    context = {"person": person, "find": form, "found": found, "doubles": likely}
    return render(request, "portal/register/merge.html", context)


@keeps_people
def merge_with(request: SignedInRequest, pk: int, other: int) -> HttpResponse:
    """The two side by side, what it comes to, and the button."""
    kept, gone = person_or_404(pk), person_or_404(other)
    if kept == gone:
        messages.info(request, _("These two are one record already."))
        return redirect("portal:person", kept.pk)
    form, now = ReasonForm(request.POST or None), local_now()
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            merge_residents(kept=kept, gone=gone, by=request.user, now=now, **form.cleaned_data)
            messages.success(request, _("They are one record now. You can undo it for 30 days."))
            return redirect("portal:person", kept.pk)
    context = {"kept": kept, "gone": gone, "form": form} | _comes_to(request, kept, gone)
    return render(request, "portal/register/merge_with.html", context)


def _comes_to(request: SignedInRequest, kept: Resident, gone: Resident) -> dict[str, object]:
    facts = {"kept": kept, "gone": gone, "by": request.user, "now": local_now()}
    try:
        change = preview(merge_residents, reason=JUST_TO_LOOK, **facts)
    except Refused as refusal:
        return {"refusal": refusal}
    return {"fields": previews.fields(kept, gone, change), "lines": previews.lines(change)}


@keeps_people
@require_POST
def two_people(request: SignedInRequest, pk: int, other: int) -> HttpResponse:
    """They only look alike."""
    first, second = person_or_404(pk), person_or_404(other)
    if first != second:
        note_two_people(first=first, second=second, by=request.user, now=local_now())
        messages.success(request, _("They are kept as two people and are not proposed again."))
    return redirect("portal:person_doubles")
