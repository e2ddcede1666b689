"""The page with the community's facts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.next_page import next_page
from diedie_edu.community.forms import CommunityForm
from diedie_edu.community.models import ONLY, Community


@requires(Permission.KEEP_COMMUNITY)
@in_one_transaction
def facts(request: SignedInRequest) -> HttpResponse:
    row = Community.objects.filter(pk=ONLY).first() or Community()
    form = CommunityForm(request.POST or None, request.FILES or None, instance=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form, "new_logo"):
            form.keep(by=request.user, now=local_now())
            messages.success(request, _("Kept. Every page and message says it from now on."))
            return redirect(next_page(request, reverse("community:facts")))
    return render(request, "community/facts.html", {"form": form, "row": row})
