"""One-time codes as every page asks for them and takes them in: bound to the browser that asks."""

import secrets

from django.http import HttpRequest
from django.utils.translation import get_language

from diedie_edu.accounts.actions import codes
from diedie_edu.accounts.actions.visitors import visitor_of
from diedie_edu.common.days import local_now
from diedie_edu.notices.phones import notify_of_code
from diedie_edu.portal.sign_in.actions import alarming

KEY = "browser"  # in the session: a secret of this browser


def send(request: HttpRequest, phone: str, purpose: str) -> bool:
    """As `codes.send_code`."""
    with alarming():
        return codes.send_code(
            phone=phone,
            purpose=purpose,
            language=get_language(),
            browser=request.session.setdefault(KEY, secrets.token_urlsafe(16)),
            visitor=visitor_of(request, phone),
            now=local_now(),
            notify=notify_of_code,
        )


def redeem(request: HttpRequest, phone: str, purpose: str, code: str) -> None:
    """As `codes.redeem_code`."""
    with alarming():
        codes.redeem_code(
            phone=phone,
            purpose=purpose,
            code=code,
            browser=request.session.get(KEY, ""),
            visitor=visitor_of(request, phone),
            now=local_now(),
        )
