"""Posters from an activity's data, with a picture that may be shown at this moment."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, scopes
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.paper import paper_of
from diedie_edu.common.sent import sent_number
from diedie_edu.publicity.models import Picture
from diedie_edu.publicity.queries.pictures import shown_pictures, to_choose_from
from diedie_edu.publicity.queries.posters import activities_ahead, poster_of
from diedie_edu.publicity.views.doors import publishes

PER_PAGE = 30


@publishes
@require_safe
def posters(request: SignedInRequest) -> HttpResponse:
    rows = Paginator(activities_ahead(scopes(request), local_now()), PER_PAGE)
    page = rows.get_page(request.GET.get("page"))
    return render(request, "publicity/posters.html", {"page": page})


@publishes
@require_safe
def poster(request: SignedInRequest, pk: int) -> HttpResponse:
    """`?picture=` (its number) stands on it while it may be shown."""
    now = local_now()
    activity = get_object_or_404(activities_ahead(scopes(request), now), pk=pk)
    may = shown_pictures(local_day(now)).filter(pk__in=to_choose_from(scopes(request)))
    wanted = sent_number(request.GET.get("picture", ""))
    picture: Picture | None = may.select_related("file").filter(pk=wanted).first()
    context = {
        "poster": poster_of(activity, now),
        "activity": activity,
        "address": settings.PORTAL_URL + reverse("portal:activity", args=[pk]),
        "picture": picture,
        "pictures": may.select_related("file").order_by("-pk")[:24],
        **paper_of(request),
    }
    return render(request, "publicity/poster.html", context)
