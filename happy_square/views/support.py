"""What a group was given."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.office.models import Category
from diedie_edu.office.queries.spending import line_for
from happy_square.actions import support
from happy_square.forms.guidance import SupportForm
from happy_square.models import Group, Support
from happy_square.models.groups import PROGRAMME
from happy_square.views.doors import guides


@guides
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    group = get_own_or_404(request, Group.objects.all(), pk=pk)
    now = local_now()
    day = local_day(now)
    begins = {"given_on": day, "item": line_for(PROGRAMME, Category.GRANTS, day)}
    form = SupportForm(request.POST or None, initial=begins)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            support.give(group=group, by=request.user, now=now, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("happy_square:group_guidance", pk)
    return render(request, "happy_square/support_form.html", {"form": form, "group": group})


@guides
@in_one_transaction
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_own_or_404(request, Support.objects.select_related("group"), pk=pk)
    form = SupportForm(request.POST or None, instance=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            now = local_now()
            support.change(support=row, by=request.user, now=now, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("happy_square:group_guidance", row.group_id)
    context = {"form": form, "group": row.group, "support": row}
    return render(request, "happy_square/support_form.html", context)


@guides
@require_POST
def take_out(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_own_or_404(request, Support.objects.all(), pk=pk)
    with refusals.as_message(request):
        support.take_out(support=row)
        messages.success(request, _("Taken out."))
    return redirect("happy_square:group_guidance", row.group_id)
