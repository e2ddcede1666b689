"""The request that is being answered, for lines and rows that say who asked and from where."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest

T = TypeVar("T")

_current: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    before = _current.set(request)
    try:
        yield
    finally:
        _current.reset(before)


def current_request() -> HttpRequest | None:
    """None in a worker or a command."""
    return _current.get()


def account_number() -> int | None:
    """Of whoever asks, as far as the request has found out by now; it reads nothing."""
    user = getattr(current_request(), "_cached_user", None)
    return getattr(user, "pk", None)


def remembered(request: HttpRequest, what: str, empty: Callable[[], T]) -> T:
    """What is kept with a request until it is answered."""
    kept: Any = vars(request)
    return kept.setdefault(what, empty())
