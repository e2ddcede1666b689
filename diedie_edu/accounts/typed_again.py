"""What was typed comes back, where the form it was typed into cannot be taken any more.

Somebody signed in again in another tab, their session was over, or the second step was due. Nothing
is saved by such a request: the page is opened anew, as if by its address, and its form is filled in
(`common.filling_in`) for whoever typed it. Where they must sign in first, what they typed waits in
the browser's session, sealed, for an hour. Why so: docs/adr/0054.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string

from diedie_edu.accounts import form_owner
from diedie_edu.common.crypto import seal, unseal
from diedie_edu.common.days import local_now
from diedie_edu.common.filling_in import filled_in
from diedie_edu.common.next_page import is_ours

KEPT = "typed"  # in the session
KEPT_FOR = timedelta(hours=1)
MOST_KEPT, LONGEST = 3, 64_000  # forms of a session; signs of one
UNSEEN = {form_owner.TOKEN, "code"}
NUL = "\0"
Fields = list[tuple[str, str]]


def refused_token(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Django's `CSRF_FAILURE_VIEW`: the form again, for the same person in our own pages."""
    secret = form_owner.secret_of(request.POST.get(form_owner.TOKEN, ""))
    user: Any = request.user
    if not _is_from_here(request, is_own=form_owner.is_of(secret, user.pk)):
        return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)
    if form_owner.is_somebodys(secret) and not form_owner.is_of(secret, user.pk):
        page = _pages(request)[0]
        if user.is_authenticated:
            return render(request, "typed_by_another.html", {"page": page})
        _keep(request, page, secret)
        return redirect_to_login(page)
    return _again(request, secret)


def _again(request: HttpRequest, secret: str) -> HttpResponseBase:
    fields = typed_in(request)
    for page in _pages(request):
        answer = _opened(request, page)
        if _asks_to_sign_in(answer):
            _keep(request, page, secret)
            return answer
        shown = _filled(answer, request.path, page, fields, bool(request.FILES))
        if shown is not None:
            return shown
    return _by_itself(request, request.get_full_path(), fields, bool(request.FILES))


def _by_itself(request: HttpRequest, target: str, fields: Fields, had_files: bool) -> HttpResponse:
    """Where no page has the form: what was typed, to be read, and sent again as it is."""
    context = {
        "fields": fields,
        "typed": [value for name, value in fields if len(value.strip()) > 1 and name != "next"],
        "target": target,
        "had_files": had_files,
    }
    return render(request, "typed_again.html", context)


def typed_in(request: HttpRequest) -> Fields:
    """Without what nobody may see again."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in UNSEEN and not name.endswith("password")
        for value in values
        if NUL not in name + value
    ]


def _is_from_here(request: HttpRequest, *, is_own: bool) -> bool:
    """A browser says from which site a form was sent. One that says nothing is believed where the
    form's token was made for the reader's account, which no other site can know."""
    said = request.headers
    origin, site, referer = said.get("Origin"), said.get("Sec-Fetch-Site"), said.get("Referer")
    if origin is None and site is None:
        return is_ours(request, referer) if referer else is_own
    here = f"{request.scheme}://{request.get_host()}"
    return site in (None, "same-origin") and origin in (None, here)


def _pages(request: HttpRequest) -> list[str]:
    """Where the form stood, or stands: the page it was sent from, and its own address."""
    referer = request.headers.get("Referer", "")
    sent_from = urlsplit(referer if is_ours(request, referer) else "")
    page = sent_from.path + (f"?{sent_from.query}" if sent_from.query else "")
    return list(dict.fromkeys(filter(None, [page, request.get_full_path()])))


@lru_cache(1)
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _opened(request: HttpRequest, page: str) -> HttpResponseBase:
    """What the reader gets who opens the page now, all checks passed."""
    path, _mark, query = page.partition("?")
    left_out = ("CSRF_", "CONTENT_", "HTTP_ORIGIN", "HTTP_SEC_FETCH")
    environ = {key: one for key, one in request.META.items() if not key.startswith(left_out)}
    environ |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    environ |= {"CONTENT_LENGTH": "0", "wsgi.input": BytesIO()}
    return _handler().get_response(WSGIRequest(environ))


def _asks_to_sign_in(answer: HttpResponseBase) -> bool:
    led_to = urlsplit(answer.headers.get("Location", "")).path
    return led_to in (resolve_url(settings.LOGIN_URL), resolve_url(settings.CONFIRM_URL))


def _filled(
    answer: Any, target: str, page: str, fields: Fields, had_files: bool
) -> HttpResponse | None:
    if not _is_page(answer):
        return None
    note = render_to_string("components/typed_again.html", {"had_files": had_files})
    text = filled_in(
        answer.text,
        page=page,
        target=target,
        sent=fields,
        note=note,
    )
    return _with(answer, text) if text is not None else None


def _is_page(answer: HttpResponseBase) -> bool:
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return isinstance(answer, HttpResponse) and answer.status_code == HTTPStatus.OK and is_html


def _with(answer: Any, text: str) -> HttpResponse:
    answer.content = text
    if "Content-Length" in answer.headers:
        answer.headers["Content-Length"] = str(len(answer.content))
    return answer


def keep(request: HttpRequest) -> bool:
    """A form that was sent, and whose sender must sign in first; whether it is kept."""
    secret = form_owner.secret_of(request.POST.get(form_owner.TOKEN, ""))
    return request.method == "POST" and _keep(request, _pages(request)[0], secret)


def _keep(request: HttpRequest, page: str, secret: str) -> bool:
    """Forms of visitors are none that anybody must sign in for."""
    fields = typed_in(request)
    if not form_owner.is_somebodys(secret) or sum(len(a + b) for a, b in fields) > LONGEST:
        return False
    until = (local_now() + KEPT_FOR).timestamp()
    form = [page, request.path, fields, secret, bool(request.FILES), until]
    session = request.session
    session[KEPT] = [*session.get(KEPT, []), seal(json.dumps(form))][-MOST_KEPT:]
    if not request.user.is_authenticated and not getattr(request, "_cached_user", None):
        session.set_expiry(int(KEPT_FOR.total_seconds()))
    return True


def given_back(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """The page with what its reader had typed before they had to sign in."""
    if request.method != "GET" or not _is_page(answer):  # nor one that says the database is away
        return answer
    session: Any = getattr(request, "session", None)
    if not session or not session.accessed or KEPT not in session:
        return answer
    forms = list(_kept_in(session))
    found = [one for one in forms if request.path in (urlsplit(one[0]).path, one[1])]
    if found:
        session[KEPT] = [seal(json.dumps(one)) for one in forms if one not in found]
    return _handed_back(request, answer, found[-1]) if found else answer


def _kept_in(session: Any) -> Iterator[list[Any]]:
    """A key that was taken away opens nothing any more."""
    for one in session[KEPT]:
        with suppress(InvalidToken):
            yield json.loads(unseal(one))


def _handed_back(request: HttpRequest, answer: Any, form: list[Any]) -> HttpResponseBase:
    page, target, fields, secret, had_files, until = form
    user: Any = request.user
    if until < local_now().timestamp() or not form_owner.is_of(secret, user.pk):
        return answer
    pairs = [(name, value) for name, value in fields]
    shown = _filled(answer, target, page, pairs, had_files)
    return shown or _by_itself(request, target, pairs, had_files)
