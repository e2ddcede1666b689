"""Whether posts are reviewed first, said by branch leads."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, scopes
from diedie_edu.common.belonging import counts_at
from diedie_edu.common.manifests import programme_choices
from diedie_edu.publicity.actions import posts as acts
from diedie_edu.publicity.models import PublicitySetting
from diedie_edu.publicity.views.doors import reviews


@reviews
def reviewed(request: SignedInRequest) -> HttpResponse:
    """A button for each programme; the empty one is for posts of all together."""
    rows = _rows(request)
    if request.method == "POST":
        slug = request.POST.get("programme")
        if slug not in rows:
            raise Http404
        acts.set_review(programme=slug, is_reviewed="on" in request.POST)
        messages.success(request, _("Saved."))
        return redirect("publicity:reviewed")
    found = PublicitySetting.objects.filter(is_reviewed=True).values_list("programme", flat=True)
    on = set(found)
    context = {"rows": [(slug, label, slug in on) for slug, label in rows.items()]}
    return render(request, "publicity/reviewed.html", context)


def _rows(request: SignedInRequest) -> dict[str, str | Promise]:
    may = scopes(request)
    every: list[tuple[str, str | Promise]] = [("", _("all programmes together"))]
    every += programme_choices()
    return {slug: label for slug, label in every if counts_at(slug, may)}
