"""Files for other people's programmes: feeds to subscribe to, one activity to keep."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, public, signed_in
from diedie_edu.accounts.leaving import may_be_kept
from diedie_edu.activities.models import CalendarFeed
from diedie_edu.common.days import local_now
from diedie_edu.portal.calendar import actions, ics, queries
from diedie_edu.portal.calendar.addresses import absolute
from diedie_edu.programmes.models import Programme

if TYPE_CHECKING:
    from icalendar import Event


@public
@may_be_kept("one calendar program asks for it, by an address of its own")
@require_safe
def own(request: HttpRequest, token: str) -> HttpResponse:
    """A person's own dates. The token is the whole proof: calendars cannot sign in."""
    user = queries.account_behind(token)
    if user is None:
        raise Http404
    with translation.override(user.language):
        events = [ics.own_event(date, user) for date in queries.own_dates(user, local_now())]
        return _answer(request, _("My dates in the community"), events, public=False)


@public
@may_be_kept("the same for everybody")
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Programme, slug=slug)
    events = map(ics.public_event, queries.programme_dates(slug, local_now()))
    return _answer(request, found.title, events, public=True)


@public
@may_be_kept("the same for everybody")
@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity with all its dates, to be put into a calendar once."""
    occasions = list(queries.announced_occasions().filter(activity=pk))
    if not occasions:
        raise Http404
    title = occasions[0].activity.title
    answer = _answer(request, title, map(ics.public_event, occasions), public=True)
    answer.headers["Content-Disposition"] = f'inline; filename="activity-{pk}.ics"'
    return answer


def _answer(
    request: HttpRequest, title: str, events: "Iterable[Event]", *, public: bool
) -> HttpResponse:
    """A calendar file; unchanged ones cost a reader who knows them nothing but the question.

    There is no Last-Modified: no row says when it last changed, and a wrong one would hide a
    move. The ETag is exact.
    """
    body = ics.written(title, events)
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"ETag": etag})
    answer.headers["Cache-Control"] = f"{'public' if public else 'private'}, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=answer)  # type: ignore[return-value]


@signed_in
@require_safe
def my_feed(request: SignedInRequest) -> HttpResponse:
    feed = CalendarFeed.objects.filter(account=request.user).first()
    return render(request, "portal/calendar/my_feed.html", {"feed": feed})


@signed_in
@require_POST
def my_feed_renew(request: SignedInRequest) -> HttpResponse:
    """Answers with the address itself: it is kept nowhere, so no redirect could show it."""
    token = actions.renew_feed(by=request.user, now=local_now())
    address = absolute("portal:own_feed", token)
    context = {"address": address, "subscribe": "webcal:" + address.partition(":")[2]}
    return render(request, "portal/calendar/my_feed.html", context)


@signed_in
@require_POST
def my_feed_revoke(request: SignedInRequest) -> HttpResponse:
    actions.revoke_feed(by=request.user)
    messages.success(
        request, _("The address is closed. Calendars that used it no longer get anything.")
    )
    return redirect("portal:my_feed")
