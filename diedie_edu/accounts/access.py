"""Denied unless a view allows it: every view of ours carries one of these marks.

`@public` everybody, `@signed_in` any account, `@requires(Permission.X)` a role, with
`programme="slug"` a role that holds for that programme. The middleware refuses a view
without a mark, so a forgotten one is closed, not open. The admin site guards its own views,
by the same permissions.
"""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from diedie_edu.accounts.permissions import Permission

View = Callable[..., HttpResponseBase]
PUBLIC, SIGNED_IN = "public", "signed_in"


def public(view: View) -> View:
    return _marked(view, PUBLIC)


def signed_in(view: View) -> View:
    return _marked(view, SIGNED_IN)


def requires(
    permission: Permission, programme: str | None = None
) -> Callable[[View], View]:
    return lambda view: _marked(view, permission, programme)


def _marked(view: View, access: str, programme: str | None = None) -> View:
    view.access, view.programme = access, programme  # type: ignore[attr-defined]
    return view


class AccessMiddleware:
    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        access = getattr(view, "access", None)
        if access == PUBLIC or (access is None and is_guarded_elsewhere(request)):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if access == SIGNED_IN or (access and request.user.may(access, view.programme)):
            return None
        raise PermissionDenied


def is_guarded_elsewhere(request: HttpRequest) -> bool:
    """The admin site checks each of its views itself, against the same permissions."""
    match = request.resolver_match
    return match is not None and "admin" in match.app_names
