"""Text messages as templates, a trial of the channels, and what gateways report of them."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, public, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.notices.actions.receipts import take_in
from diedie_edu.notices.actions.trial import try_channels
from diedie_edu.notices.channels import sms
from diedie_edu.notices.forms import TemplatesFilter
from diedie_edu.notices.models import Provider
from diedie_edu.notices.queries.templates import (
    STATES,
    all_filed,
    counted,
    fits,
    provider_in_use,
    provider_shown,
)
from diedie_edu.notices.queries.trial import last_trial
from diedie_edu.notices.rules.ways import is_receipt_key

PER_PAGE = 20
LOOK_AGAIN_AFTER = "3"  # seconds
MAX_RECEIPT = 256 * 1024  # bytes; a hundred reports are a third of it


@requires(Permission.SEE_DELIVERY)
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """All text messages as templates, and what became of them at a provider."""
    form = TemplatesFilter(request.GET)
    form.is_valid()
    wanted = {name: form.cleaned_data.get(name, "") for name in form.fields}
    provider = Provider(wanted["provider"] or provider_shown())
    filed = all_filed(provider)
    found = [one for one in filed if fits(one, **wanted)]
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "is_filtered": any(wanted.values()),
        "provider": provider,
        "number": list(Provider).index(provider),
        "in_use": provider_in_use(),
        "total": len(filed),
        "counted": [(STATES[state], number) for state, number in counted(filed).items()],
    }
    return render(request, "notices/templates.html", context)


@requires(Permission.SEE_DELIVERY)
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: SignedInRequest) -> HttpResponse:
    """Sends to oneself by each channel; then the page shows what came back, and looks again while
    something is under way."""
    if request.method == "POST":
        with refusals.as_message(request):
            try_channels(user=request.user, now=timezone.now())
        return redirect("notices:trial")
    tried = last_trial(request.user)
    is_trial_gateway = settings.SMS_BACKEND in ("console", "file")
    context = {"tried": tried, "is_trial_gateway": is_trial_gateway}
    response = render(request, "notices/trial.html", context)
    if any(one.is_open for one in tried):
        response.headers["Refresh"] = LOOK_AGAIN_AFTER
    return response


@public
@csrf_exempt  # a gateway calls, by an address that nobody else knows
@require_POST
def receipts(request: HttpRequest, key: str) -> HttpResponse:
    """What a gateway reports of text messages. It learns whether it spoke our language, and nothing
    of any message."""
    if not is_receipt_key(key):
        raise Http404
    body = request.read(MAX_RECEIPT + 1)
    if len(body) > MAX_RECEIPT:
        return HttpResponse(status=413)
    try:
        reports = sms.reports(body)
    except ValueError:
        return HttpResponse(status=400)
    take_in(reports=reports, now=timezone.now())
    return JsonResponse(sms.taken())
