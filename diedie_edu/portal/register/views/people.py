"""The one search for people. Nobody's name is in an address: what is looked for is sent by POST."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.forms import FindForm
from diedie_edu.people.models import Resident
from diedie_edu.people.queries.finding import MOST_FOUND, residents_like
from diedie_edu.people.rules.residents import is_child

keeps_people = requires(Permission.KEEP_PEOPLE)


@keeps_people
def people(request: SignedInRequest) -> HttpResponse:
    """Whom the words mean; where it is one alone, their page."""
    form = FindForm(request.POST or None)
    found: list[Resident] = []
    if form.is_valid():
        found = list(residents_like(form.cleaned_data["words"]))
        if len(found) == 1:
            return redirect("portal:person", found[0].pk)
        today = local_day(local_now())
        for one in found:
            one.is_child = is_child(one.birth_date, today)  # type: ignore[attr-defined]
    context = {"find": form, "found": found, "is_cut": len(found) == MOST_FOUND}
    return render(request, "portal/register/people.html", context)
