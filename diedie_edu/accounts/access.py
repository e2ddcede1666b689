"""Denied unless a view allows it: every view of ours carries one of these marks.

`@public` everybody, `@signed_in` any account, `@requires(Permission.X)` a role, with
`programme="slug"` a role that holds for that programme. The middleware refuses a view
without a mark, so a forgotten one is closed, not open. The admin site as a whole asks for
`Permission.OPEN_ADMIN`, and each of its views for more; nobody signs in there.

Whoever has power over others shows a second factor after signing in (`confirming`); until then
only views marked `@half_way` know them. Below a mark, `@confirmed` asks for it once more: pages
that give power or take whole lists of people out. In the admin site `confirmed = True` says so.

What the address of a staff page names is looked up by `get_own_or_404`.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Manager, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diedie_edu.accounts import confirming, form_owner, typed_again
from diedie_edu.accounts.actions import devices, setting_off, trail
from diedie_edu.accounts.leaving import leave_nothing
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import Row, within
from diedie_edu.common.current_request import account_number, answering
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.last_resort import answered
from diedie_edu.common.next_page import is_ours

View = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """For the type checker: a request that has passed `signed_in` or `requires`."""

    user: User


class KnownRequest(HttpRequest):
    """The same: one that has passed `half_way`."""

    known_user: User


PUBLIC, SIGNED_IN, HALF_WAY = "public", "signed_in", "half_way"


def public(view: View) -> View:
    return _marked(view, PUBLIC)


def signed_in(view: View) -> View:
    return _marked(view, SIGNED_IN)


def half_way(view: View) -> View:
    """For accounts that have signed in and may still have to show their second factor."""
    return _marked(view, HALF_WAY)


def confirmed(view: View) -> View:
    view.confirmed = True  # type: ignore[attr-defined]
    return view


def requires(permission: Permission, programme: str | None = None) -> Callable[[View], View]:
    return lambda view: _marked(view, permission, programme)


def _marked(view: View, access: str, programme: str | None = None) -> View:
    view.access, view.programme = access, programme  # type: ignore[attr-defined]
    return view


def scopes(request: SignedInRequest) -> set[str]:
    """Where (`User.scopes`) the reader has the right that the page asks for."""
    page: Any = request.resolver_match
    return request.user.scopes(page.func.access)


def get_own_or_404(
    request: SignedInRequest, rows: "Manager[Row] | QuerySet[Row]", **which: Any
) -> Row:
    """One of `rows` where the reader has the right that the page asks for.

    Raises `Http404` for other people's as for missing ones.
    """
    return get_object_or_404(within(rows, scopes(request)), **which)


class AccessMiddleware:
    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with answering(request):
            confirming.watch(request)
            response = typed_again.given_back(request, self._answer(request))
            if response.status_code == HTTPStatus.FORBIDDEN and account_number():
                trail.note_refused(*_asked_for(request), local_now())
            leave_nothing(request, response)
            return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            setting_off.acts_for_the_house()

    @answered
    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        access = getattr(view, "access", None)
        if access is None and is_admin(request):
            access = Permission.OPEN_ADMIN
        setting_off.note_who_acts(request)
        if access == PUBLIC:
            return None
        known: Any = request.known_user  # type: ignore[attr-defined]
        if not known.is_authenticated:
            return _sign_in(request)
        form_owner.note_owner_once(request, known)
        if access == HALF_WAY:
            return None
        if not request.user.is_authenticated:
            return to_confirm(request)
        if confirming.owes_agreement(request):
            return redirect_to_login(_page(request), settings.AGREE_URL)
        devices.note_seen(request, local_day(local_now()))
        programme = getattr(view, "programme", None)
        if access == SIGNED_IN or (access and request.user.may(access, programme)):
            return confirm_first(request) if _asks_again(view) else None
        raise PermissionDenied

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """A rule's no of which the page says nothing itself, such as that too much was set off."""
        if not isinstance(error, Refused) or request.method != "POST":
            return None
        messages.error(request, str(error))
        return redirect(_page(request))


def confirm_first(request: HttpRequest) -> HttpResponseBase | None:
    """Where the reader shows the second factor, if it is long ago; they come back from there."""
    user: Any = request.user
    return None if confirming.is_fresh(request, user) else to_confirm(request)


def to_confirm(request: HttpRequest) -> HttpResponseBase:
    typed_again.keep(request)
    return redirect_to_login(_page(request), settings.CONFIRM_URL)


def _asks_again(view: View) -> bool:
    """Its mark, or that of its pages in the admin site."""
    return getattr(getattr(view, "model_admin", view), "confirmed", False)


def _sign_in(request: HttpRequest) -> HttpResponseBase:
    if getattr(request, "was_idle", False):
        messages.info(request, _("You were signed out, because nothing had happened for long."))
    if typed_again.keep(request):
        messages.info(request, _("What you typed is kept until you have signed in."))
    return redirect_to_login(_page(request))


def is_admin(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and "admin" in match.app_names


def _asked_for(request: HttpRequest) -> tuple[str, list[str]]:
    """A page by the name of its address, and the numbers in it."""
    if (match := request.resolver_match) is None:
        return "", []
    return match.view_name, [str(one) for one in match.kwargs.values() if str(one).isdecimal()]


def _page(request: HttpRequest) -> str:
    """Where to come back to after signing in: a form that was sent cannot be opened again."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    sent_from = urlsplit(referer if is_ours(request, referer) else "")
    return urlunsplit(("", "", sent_from.path, sent_from.query, "")) or "/"
