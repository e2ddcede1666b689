"""A visitor leaves a number while nobody can apply."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diedie_edu.accounts.access import public
from diedie_edu.accounts.throttling import network_of
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from edu_base.actions.mobilising import leave_phone
from edu_base.forms.mobilising import PhoneLeftForm
from edu_base.models import Scheme
from edu_base.queries import mobilising as queries


@public
def leave(request: HttpRequest) -> HttpResponse:
    now = local_now()
    today = local_day(now)
    named = request.GET.get("scheme", "")
    initial = {"scheme": named if named in Scheme.values else Scheme.HOUSEHOLDS}
    form = PhoneLeftForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            leave_phone(
                **{name: form.cleaned_data[name] for name in ("scheme", "phone")},
                address=network_of(request),
                language=get_language() or "",
                now=now,
            )
            messages.success(request, _("Thank you! You get one text message when it opens."))
            return redirect("edu_base:leave_phone")
    windows = [
        (scheme.label, queries.open_until(scheme, today), queries.opens_next(scheme, today))
        for scheme in Scheme
    ]
    return render(request, "edu_base/leave_phone.html", {"form": form, "windows": windows})
