"""Whose a form is. Its token comes from a secret of the browser, and the secret says for whom.

Signing in gives the browser a new secret, so forms that were open before are refused, whoever sends
them. To hand what was typed back to the same person, and to nobody else, a secret that is made for
an account carries two short keyed hashes: that it was made for somebody, and for whom.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware import csrf
from django.utils.crypto import get_random_string

from diedie_edu.common.crypto import keyed_hash, keyed_hashes

SOMEBODYS, WHOSE = "accounts.form.somebodys", "accounts.form.whose"
RANDOM, SHORT = 16, 6  # signs; the rest of the 32 tells whose it is
TOKEN = "csrfmiddlewaretoken"


def note_owner(request: HttpRequest, user: Any, **_signal: object) -> None:
    """From now on forms that this browser is shown are this account's."""
    start = get_random_string(RANDOM)
    rest = csrf.CSRF_SECRET_LENGTH - RANDOM - SHORT
    mark = keyed_hash(start, SOMEBODYS)[:SHORT] + keyed_hash(f"{start} {user.pk}", WHOSE)[:rest]
    request.META |= {"CSRF_COOKIE": start + mark, "CSRF_COOKIE_NEEDS_UPDATE": True}


def note_owner_once(request: HttpRequest, user: Any) -> None:
    """In a browser that has signed in and lost its secret."""
    if settings.CSRF_COOKIE_NAME not in request.COOKIES:
        note_owner(request, user)


def secret_of(token: str) -> str:
    """The secret behind a form's token; empty where it is none."""
    try:
        csrf._check_token_format(token)  # type: ignore[attr-defined]
    except csrf.InvalidTokenFormat:
        return ""
    is_masked = len(token) == csrf.CSRF_TOKEN_LENGTH
    return csrf._unmask_cipher_token(token) if is_masked else token  # type: ignore[attr-defined]


def is_somebodys(secret: str) -> bool:
    start, mark = secret[:RANDOM], secret[RANDOM : RANDOM + SHORT]
    return any(mark == one[:SHORT] for one in keyed_hashes(start, SOMEBODYS))


def is_of(secret: str, account: int | None) -> bool:
    start, mark = secret[:RANDOM], secret[RANDOM + SHORT :]
    if not (is_somebodys(secret) and mark):
        return False
    return any(mark == one[: len(mark)] for one in keyed_hashes(f"{start} {account}", WHOSE))
