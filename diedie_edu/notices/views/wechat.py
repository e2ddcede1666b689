"""Messages by WeChat: one's own WeChat tied and ended, and what WeChat calls us with."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, confirmed, public, signed_in
from diedie_edu.common import refusals
from diedie_edu.common.errors import Refused
from diedie_edu.common.wechat import is_wechat
from diedie_edu.notices.actions import wechat as actions
from diedie_edu.notices.actions.wechat_events import take_in
from diedie_edu.notices.channels.wechat import is_on
from diedie_edu.notices.channels.wechat_events import MAX_BODY, NotWeChatError, echoed, read
from diedie_edu.notices.channels.wechat_ties import openid_of, way_through_wechat
from diedie_edu.notices.queries.wechat import code_of, live_tie

LOOK_AGAIN_AFTER = "3"  # seconds
STATE = "wechat_state"  # in the session: what WeChat must bring back, and until when
TAKEN = "success"  # anything else, and WeChat calls again
View = Callable[..., HttpResponse]


def where_on(view: View) -> View:
    """Without an official account there is no such page."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **named: Any) -> HttpResponse:
        if not is_on():
            raise Http404
        return view(request, *args, **named)

    return guarded


@signed_in
@confirmed
@require_safe
@where_on
def own(request: SignedInRequest) -> HttpResponse:
    """Whether messages come by WeChat, and how to begin and end it. While a code stands here, the
    page looks again by itself."""
    now = timezone.now()
    tie, code = live_tie(request.user), code_of(request.user, now)
    context = {"tie": tie, "code": code, "is_inside": is_wechat(request)}
    response = render(request, "notices/wechat.html", context)
    if code:
        response.headers["Refresh"] = LOOK_AGAIN_AFTER
    return response


@signed_in
@confirmed
@require_POST
@where_on
def show_code(request: SignedInRequest) -> HttpResponse:
    """For whoever reads this outside of WeChat: a picture to scan."""
    with refusals.as_message(request):
        actions.show_code(account=request.user, now=timezone.now())
    return redirect("notices:wechat")


@signed_in
@confirmed
@require_POST
@where_on
def through(request: SignedInRequest) -> HttpResponse:
    """Inside WeChat: by WeChat's own page, which says who it is and comes back at once. A form's
    answer may not lead to another host, so a page of ours does."""
    now, state = timezone.now(), secrets.token_urlsafe(24)
    try:
        actions.check_may_tie(account=request.user, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("notices:wechat")
    request.session[STATE] = [state, (now + actions.HOLDS_FOR).timestamp()]
    address = way_through_wechat(f"{settings.PORTAL_URL}{reverse('notices:wechat_back')}", state)
    response = render(request, "notices/wechat_through.html", {"address": address})
    response.headers["Refresh"] = f"0; url={address}"
    return response


@signed_in
@require_safe
@where_on
def back(request: SignedInRequest) -> HttpResponse:
    """WeChat brings its reader back, with a code that tells us who it is. What was not begun in
    this session, and just now, ties nothing."""
    now = timezone.now()
    state, until = request.session.pop(STATE, ["", 0])
    is_ours = bool(state) and constant_time_compare(request.GET.get("state", ""), state)
    code = request.GET.get("code", "")
    openid = openid_of(code) if is_ours and code and now.timestamp() < until else ""
    if openid and actions.tie(account=request.user, openid=openid, now=now):
        messages.success(request, _("Done. Your messages come by WeChat from now on."))
    else:
        messages.error(request, _("That did not work this time. Please try once more."))
    return redirect("notices:wechat")


@signed_in
@require_POST
@where_on
def end(request: SignedInRequest) -> HttpResponse:
    actions.end_own(account=request.user, now=timezone.now())
    messages.success(request, _("Ended. Your messages come as before."))
    return redirect("notices:wechat")


# --- WeChat itself ---------------------------------------------------------------------


@public
@csrf_exempt  # WeChat calls, and signs
@where_on
def callback(request: HttpRequest) -> HttpResponse:
    """It learns nothing of anybody: what it says is taken in or not, and answered alike."""
    now = timezone.now()
    try:
        if request.method != "POST":
            return _plain(echoed(request.GET, now))
        event = read(request.GET, request.read(MAX_BODY + 1), now)
    except NotWeChatError:
        return HttpResponse(status=403)
    return _plain(TAKEN) if take_in(event=event, now=now) else HttpResponse(status=403)


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public
@require_safe
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """The file by which WeChat sees that the host is ours."""
    if not settings.WECHAT_VERIFY or key != settings.WECHAT_VERIFY:
        raise Http404
    return _plain(settings.WECHAT_VERIFY)
