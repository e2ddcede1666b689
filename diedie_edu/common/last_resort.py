"""What a request gets that no page can answer: in words, and never as an error of ours.

Addresses, boxes and cookies may hold anything. NUL, which the database cannot keep, is turned away
at the door. What only the database or a rule finds out behind a page's back is answered here:

- it, or the store of files, cannot be reached (it restarts): 503, to be tried again
- a constraint or a rule says no that the page has not foreseen: 409, nothing is saved
- a number or a day lies beyond what can be counted: 400
"""

import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote

from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.template.loader import render_to_string
from django.views import defaults

from diedie_edu.common.errors import Refused, StoreAwayError, constraint_of

logger = logging.getLogger(__name__)
METHODS = ("GET", "HEAD", "POST")
NUL = "\0"
AWAY = (OperationalError, InterfaceError)
TRY_AGAIN_AFTER = "10"  # seconds
Step = Callable[..., HttpResponseBase | None]


class LastResort:
    """Stands nearest to the pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        typed = [request.path_info, unquote(request.META.get("QUERY_STRING", ""))]
        if _holds_nul([*typed, *request.COOKIES.values()]):
            return bad_request(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """What is sent is read no sooner than the checks of access have passed."""
        sent = [text for name, values in request.POST.lists() for text in (name, *values)]
        return bad_request(request) if _holds_nul(sent) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A rule's no to a form is for `accounts.access`, which leads back to the form."""
        is_no_to_a_form = isinstance(error, Refused) and request.method == "POST"
        return None if is_no_to_a_form else answer_to(request, error)


def answered(step: Step) -> Step:
    """For a middleware's own step, whose errors pass by `process_exception`."""

    @wraps(step)
    def tried(middleware: object, request: HttpRequest, *args: Any) -> HttpResponseBase | None:
        try:
            return step(middleware, request, *args)
        except AWAY as error:
            return answer_to(request, error)

    return tried


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The portal's `handler400`: who asks is not looked at, for that may be what is odd."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request: HttpRequest) -> HttpResponseBase:
    """The portal's `handler500`, for what fails outside of every page."""
    error = sys.exc_info()[1]
    found = answer_to(request, error) if isinstance(error, Exception) else None
    return found or defaults.server_error(request)


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """None for what is a fault of the code."""
    match error:
        case OperationalError() | InterfaceError() | StoreAwayError():
            page = HttpResponse(render_to_string("503.html"), status=503)
            page["Retry-After"] = TRY_AGAIN_AFTER
        case IntegrityError() | Refused():
            page = HttpResponse(render_to_string("409.html", {"why": _why(error)}), status=409)
        case DataError() | OverflowError():
            page = bad_request(request, error)
        case _:
            return None
    take_back_words(request)
    match = request.resolver_match
    logger.error("%s: %s", match.view_name if match else "outside", _in_log(error))
    return page


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, Refused) else ""


def _in_log(error: Exception) -> str:
    """Without the values of the row."""
    name = type(error).__name__
    return f"{name} {constraint_of(error)}" if isinstance(error, IntegrityError) else name


def take_back_words(request: HttpRequest) -> None:
    """What the page has said already of what then did not happen."""
    said = getattr(request, "_messages", None)
    if said is not None:
        said._queued_messages.clear()
        said.added_new = False


def _holds_nul(texts: list[str]) -> bool:
    return any(NUL in text for text in texts)
