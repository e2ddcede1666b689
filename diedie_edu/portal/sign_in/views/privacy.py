"""The privacy notice in force, for everybody to read and for accounts to agree to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from diedie_edu.accounts import confirming, queries
from diedie_edu.accounts.access import public
from diedie_edu.accounts.actions.privacy import agree_to_notice
from diedie_edu.accounts.models import PrivacyNotice
from diedie_edu.common.bilingual import in_language
from diedie_edu.common.days import local_now
from diedie_edu.common.next_page import next_page
from diedie_edu.portal.privacy.queries import Difference, differences


@public
def privacy(request: HttpRequest) -> HttpResponse:
    now, user = local_now(), request.user
    notice = queries.privacy_notice_in_force(now)
    asks = bool(notice and user.is_authenticated and not queries.has_agreed(user, notice))
    if request.method == "POST" and asks:
        agree_to_notice(user=user, notice=notice, now=now)  # type: ignore[arg-type]
        confirming.note_agreed(request)
        messages.success(request, _("Thank you. You have agreed to this version."))
        return redirect(next_page(request, resolve_url("accounts:privacy")))
    changes = _changes(request, notice) if notice and asks else []
    context = {
        "notice": notice,
        "asks": asks,
        "changes": changes,
        "next": next_page(request, ""),
    }
    return render(request, "accounts/privacy.html", context)


def _changes(request: HttpRequest, notice: PrivacyNotice) -> list[Difference]:
    """Since the version that the reader agreed to last; none where it is their first."""
    last = queries.last_agreement(request.user)  # type: ignore[arg-type]  # signed in
    if last is None:
        return []
    old, new = (in_language(one.text, one.text_en) for one in (last.notice, notice))
    return list(differences(old, new))
