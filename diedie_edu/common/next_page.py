"""Where to go after a form: back to where the tap was, and nowhere outside the portal."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether an address leads to this portal, however it is written."""
    return url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )


def next_page(request: HttpRequest, default: str) -> str:
    """The path in the form's or query's `next` where it is one of ours, else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if wanted.startswith("/") and is_ours(request, wanted) else default
