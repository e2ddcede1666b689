"""Whether posts are reviewed first, said by branch leads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, scopes
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.manifests import programme_choices
from diedie_edu.publicity.actions import posts as acts
from diedie_edu.publicity.models import PublicitySetting
from diedie_edu.publicity.views.doors import reviews


@reviews
def reviewed(request: SignedInRequest) -> HttpResponse:
    """A tick for each programme; the empty one is for posts of all together."""
    may = scopes(request)
    rows = [("", _("all programmes together")), *programme_choices()]
    rows = [row for row in rows if EVERYWHERE in may or row[0] in may]
    if request.method == "POST":
        for slug, _label in rows:
            acts.set_review(programme=slug, is_reviewed=f"review-{slug}" in request.POST)
        messages.success(request, _("Saved."))
        return redirect("publicity:reviewed")
    on = PublicitySetting.objects.filter(is_reviewed=True).values_list("programme", flat=True)
    found = set(on)
    context = {"rows": [(slug, label, slug in found) for slug, label in rows]}
    return render(request, "publicity/reviewed.html", context)
