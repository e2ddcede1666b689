"""The community's own privacy notice, for whoever keeps accounts."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts import queries
from diedie_edu.accounts.access import SignedInRequest, confirmed, requires
from diedie_edu.accounts.actions import privacy
from diedie_edu.accounts.models import PrivacyNotice
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.next_page import next_page
from diedie_edu.portal.privacy.forms import NoticeForm
from diedie_edu.portal.privacy.queries import before, beginning, differences

PER_PAGE = 50
keeps_accounts = requires(Permission.KEEP_ACCOUNTS)


@keeps_accounts
@require_safe
def privacy_notices(request: SignedInRequest) -> HttpResponse:
    now = local_now()
    context = {
        "notices": queries.privacy_notices(),
        "in_force": queries.privacy_notice_in_force(now),
        "now": now,
    }
    return render(request, "portal/privacy/notices.html", context)


@keeps_accounts
@require_safe
def privacy_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its text, what it changes, and who agreed to it."""
    notice = get_object_or_404(queries.privacy_notices(), pk=pk)
    former = before(notice)
    agreed = notice.acceptances.select_related("user").order_by("-accepted_at", "-pk")
    context = {
        "notice": notice,
        "former": former,
        "changes": list(differences(former.text, notice.text)) if former else [],
        "page": Paginator(agreed, PER_PAGE).get_page(request.GET.get("page")),
        "is_draft": notice.is_draft_at(local_now()),
    }
    return render(request, "portal/privacy/version.html", context)


@keeps_accounts
@confirmed
@in_one_transaction
def privacy_new(request: SignedInRequest) -> HttpResponse:
    now = local_now()
    form = NoticeForm(request.POST or None, initial=beginning(now), now=now)
    return _written(request, form)


@keeps_accounts
@confirmed
@in_one_transaction
def privacy_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """A version whose day has not come."""
    now: datetime = local_now()
    coming = PrivacyNotice.objects.filter(in_force_from__gt=now)
    notice = get_object_or_404(coming, pk=pk)
    return _written(request, NoticeForm(request.POST or None, instance=notice, now=now))


def _written(request: SignedInRequest, form: NoticeForm) -> HttpResponse:
    if form.is_valid():
        notice = form.save(commit=False)
        privacy.keep_notice(notice=notice, now=form.now)
        messages.success(request, _("The privacy notice %(version)s is kept.") % vars(notice))
        default = reverse("portal:privacy_version", args=[notice.pk])
        return redirect(next_page(request, default))
    return render(request, "portal/privacy/write.html", {"form": form})
