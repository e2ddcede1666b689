"""Who is put behind in queues, and excusing what should not count."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, scopes
from diedie_edu.activities.actions.no_shows import excuse_absence
from diedie_edu.activities.queries.no_shows import people_put_behind
from diedie_edu.common.days import local_now
from diedie_edu.common.sent import row_or_404
from diedie_edu.door.forms.door import ExcuseForm
from diedie_edu.door.views.door import keeps_register, occasion_to_keep
from diedie_edu.people.models import Resident


@keeps_register
@require_safe
def no_shows(request: SignedInRequest) -> HttpResponse:
    context = {
        "people": people_put_behind(scopes(request), local_now()),
        "days": settings.NO_SHOW_DAYS,
        "limit": settings.NO_SHOW_LIMIT,
    }
    return render(request, "activities/door/no_shows.html", context)


@keeps_register
@require_POST
def excuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """One empty seat of one person, at the occasion `pk`."""
    occasion = occasion_to_keep(request, pk)
    resident = row_or_404(request, "resident", Resident)
    form = ExcuseForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        excuse_absence(
            occasion=occasion, resident=resident, reason=reason, by=request.user, now=local_now()
        )
        messages.success(request, _("Excused: it does not count against %s.") % resident.full_name)
    else:
        messages.error(request, _("Please write why it is excused."))
    return redirect("door:no_shows")
