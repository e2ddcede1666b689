"""The second half of registering: name, password if wanted, agreement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from diedie_edu.accounts import queries
from diedie_edu.accounts.access import public
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.phones import masked
from diedie_edu.people.actions import residents
from diedie_edu.portal.sign_in import pending
from diedie_edu.portal.sign_in.entering import enter
from diedie_edu.portal.sign_in.forms import RegistrationForm
from diedie_edu.portal.sign_in.pending import Pending


@public
@sensitive_post_parameters()
def finish(request: HttpRequest) -> HttpResponse:
    proved = pending.recall(request, local_now(), is_proved=True)
    if proved is None:
        return redirect("accounts:register")
    if user := queries.active_account(proved.phone):  # the form was sent twice
        return enter(request, user, proved.next)
    form = RegistrationForm(
        proved.phone, request.POST or None, initial={"language": get_language()}
    )
    if form.is_valid():
        with refusals.in_form(form):
            return _register(request, proved, form)
    context = {"form": form, "phone": masked(proved.phone), "purpose": proved.purpose}
    return render(request, "accounts/finish_registration.html", context)


def _register(request: HttpRequest, proved: Pending, form: RegistrationForm) -> HttpResponse:
    given, now = form.cleaned_data, local_now()
    resident = residents.register_resident(
        phone=proved.phone,
        full_name=given["full_name"],
        residency=given["residency"],
        password=given["password"],
        language=given["language"],
        notice=queries.privacy_notice_in_force(now),
        now=now,
    )
    messages.success(request, _("Welcome! You are registered and signed in."))
    return enter(request, resident.account, proved.next)  # type: ignore[arg-type]
