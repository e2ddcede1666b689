"""Whom pages of publicity are for, and what their addresses name."""

from django.http import HttpRequest

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.manifests import programmes
from diedie_edu.publicity.models import OutwardRecord, Picture, Post

publishes = requires(Permission.PUBLISH)
reviews = requires(Permission.REVIEW_OFFICE)


def post_or_404(request: SignedInRequest, pk: int) -> Post:
    """One that the reader may work on; other people's answer as missing ones do."""
    return get_own_or_404(request, Post.objects, pk=pk)


def picture_or_404(request: SignedInRequest, pk: int) -> Picture:
    return get_own_or_404(request, Picture.objects.select_related("file", "card"), pk=pk)


def record_or_404(request: SignedInRequest, pk: int) -> OutwardRecord:
    return get_own_or_404(request, OutwardRecord.objects, pk=pk)


def programme_of(request: HttpRequest) -> str:
    """The programme (its slug) that `?programme=` names; empty for none of ours."""
    wanted = request.GET.get("programme", "")
    return wanted if wanted in programmes() else ""
