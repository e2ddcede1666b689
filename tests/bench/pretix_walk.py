"""A visitor of pretix on the way to a free seat: event, cart, questions, review, order.

Asks for what a browser would ask for, but for pictures and the pauses between its questions.
"""

import json
from collections.abc import Generator
from email import message_from_bytes
from urllib.parse import urlsplit

from tests.bench.season import CSRF_SECRET
from tests.support.rush import Answer, Visit, get, post

SHOP = "/school/lecture/"  # an organiser, and one of its events
Form = dict[str, str]


def walk(seat: str) -> Visit:
    jar = {"pretix_csrftoken": CSRF_SECRET}
    yield from _go(jar, SHOP)
    form = {f"item_{seat}": "1"}
    checkout = yield from _task(jar, f"{SHOP}cart/add?next={SHOP}checkout/start", form)
    questions, _page = yield from _go(jar, checkout)
    review, _page = yield from _go(jar, questions, {"email": "resident@example.org"})
    order = yield from _task(jar, review, {})
    yield from _go(jar, order)


def _task(jar: Form, address: str, form: Form) -> Generator[bytes, Answer, str]:
    """Send a form that the worker works on, and ask until it is done; where one goes then."""
    _path, answer = yield from _go(jar, address, form | {"ajax": "1"})
    told = json.loads(answer.body)
    door = told.get("check_url")
    while not told.get("redirect"):
        _path, answer = yield from _go(jar, door)
        told = json.loads(answer.body)
    return told["redirect"]


def _go(
    jar: Form, address: str, form: Form | None = None
) -> Generator[bytes, Answer, tuple[str, Answer]]:
    """Open a page or send a form, and follow where it leads; the last path, and its page."""
    path = urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()
    token = {"csrfmiddlewaretoken": CSRF_SECRET}
    answer = yield get(path, jar) if form is None else post(path, form | token, jar)
    headers = message_from_bytes(answer.raw.partition(b"\r\n")[2])
    for cookie in headers.get_all("Set-Cookie", []):
        name, _, value = cookie.partition(";")[0].partition("=")
        jar[name] = value
    if answer.status == 302:
        return (yield from _go(jar, headers["Location"]))
    return path, answer
