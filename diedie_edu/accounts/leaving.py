"""Nothing of a person stays behind in a browser: neither on Back nor after signing out."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseBase

from diedie_edu.accounts.actions import trail
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.current_request import account_number
from diedie_edu.common.days import local_now

View = Callable[..., HttpResponseBase]

NOTHING_KEPT = "private, no-store"
CLEARED = '"cache", "storage"'
KEPT_FOR = "X-Kept-For"
MARK = 16  # hex digits


def may_be_kept(why: str) -> Callable[[View], View]:
    """A mark for a view whose answers browsers may keep: it says itself how long, and `why`."""

    def mark(view: View) -> View:
        view.may_be_kept = why  # type: ignore[attr-defined]
        return view

    return mark


def leave_nothing(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say what the browser keeps of an answer, and to drop the rest once somebody is out."""
    view = getattr(request.resolver_match, "func", None)
    if not (hasattr(view, "may_be_kept") and "Cache-Control" in response.headers):
        response.headers["Cache-Control"] = NOTHING_KEPT
    if hasattr(request, "_cached_user"):
        response.headers[KEPT_FOR] = _reader(request)
    if has_ended(request):
        response.headers["Clear-Site-Data"] = CLEARED
        _note_sign_out(request)


def _reader(request: HttpRequest) -> str:
    """A mark of the session that an answer is of: what a phone keeps of another one goes."""
    key = request.session.session_key
    if key is None or not request.user.is_authenticated:
        return "nobody"
    return keyed_hash(key, "accounts.leaving.kept_for")[:MARK]


def has_ended(request: HttpRequest) -> bool:
    """Whether the session that the browser came with is over, whoever ended it; what is left of
    one whose account was closed goes. A page that has not asked who it is for does not know."""
    came_with = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not came_with or not hasattr(request, "_cached_user") or request.user.is_authenticated:
        return False
    if SESSION_KEY in request.session:
        if account_number():
            return False  # on the way in: the second factor is still to be shown
        request.session.flush()
    return request.session.session_key != came_with


def _note_sign_out(request: HttpRequest) -> None:
    """Where this request was the way out, and not one that came after it."""
    was = account_number()
    if was is not None:
        trail.note(trail.Kind.SIGNED_OUT, by=was, now=local_now())
