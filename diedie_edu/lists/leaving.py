"""Lists of people leave for a reason: asked for on one page, and kept in the trail of security."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common.why import WhyForm


def ask_why(
    request: SignedInRequest, hand_out: Callable[[str], HttpResponse], **page: Any
) -> HttpResponse:
    """`hand_out(reason)` once there is one. The page has a `title` and leads `back` (title and
    address), and may say more in `lead`."""
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return hand_out(form.cleaned_data["reason"])
    return render(request, "people/export_why.html", {"form": form, **page})


def note_export(what: str, rows: int, reason: str, *, by: User, now: datetime) -> None:
    """That somebody took out so many rows of a list (its slug, or a model)."""
    kind = trail.Kind.EXPORT
    trail.note(kind, by=by.pk, what=f"{what} {rows}", reason=reason, now=now)
