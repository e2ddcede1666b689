"""Pages that cross programmes."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, public, requires, signed_in
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.traits import ActivityTraits
from diedie_edu.common.days import local_now
from diedie_edu.common.manifests import parts_by, parts_of
from diedie_edu.common.next_page import next_page
from diedie_edu.common.parts import (
    Entrance,
    HomePanels,
    MyPagePanels,
    rows_of,
)
from diedie_edu.notices.queries import inbox
from diedie_edu.people.queries import family_of
from diedie_edu.portal.beginning.queries import to_begin
from diedie_edu.portal.context import VIEW_COOKIE, VIEWS, quick_actions
from diedie_edu.portal.queries.desk import coming_rows, figures, tiles_and_problems
from diedie_edu.portal.queries.my_page import next_of
from diedie_edu.portal.style_samples import style_samples
from diedie_edu.programmes.models import Programme, Statement

YEAR = 365 * 24 * 3600
URGENT = 10  # panels of the home page with a smaller place stand above its title


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    signed_in = request.user.is_authenticated
    panels = rows_of(HomePanels, request.user, local_now())
    context = {
        "coming": next_of(request.user, local_now()) if signed_in else None,  # type: ignore[arg-type]
        "urgent": [panel for panel in panels if panel.place < URGENT],
        "panels": [panel for panel in panels if panel.place >= URGENT],
        "programmes": Programme.objects.all(),
        "notices": inbox.unread_notices(request.user)[:3] if signed_in else [],  # type: ignore[arg-type]
    }
    return render(request, "portal/home.html", context)


@signed_in
@require_safe
def my_page(request: SignedInRequest) -> HttpResponse:
    panels = rows_of(MyPagePanels, request.user, family_of(request.user), local_now())
    return render(request, "portal/my_page.html", {"panels": panels})


@requires(Permission.OPEN_DESK)
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    now = local_now()
    weekend, later = coming_rows(request.user, now)
    tiles, problems = tiles_and_problems(request.user, now)
    daily, jobs = quick_actions(request.user)
    context = {
        "today": now,
        "weekend": weekend,
        "later": later,
        "stats": sorted([*tiles, *figures(weekend)], key=lambda figure: figure.place),
        "problems": problems,
        "stages": to_begin(request.user, now),
        "daily": daily,
        "jobs": jobs,
    }
    return render(request, "portal/desk.html", context)


@public
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Programme, slug=slug)
    statements = list(found.statements.order_by("position"))
    context = {
        "programme": found,
        "aims": [row for row in statements if row.kind == Statement.Kind.AIM],
        "principles": [row for row in statements if row.kind == Statement.Kind.PRINCIPLE],
        "arrangements": [row for row in statements if row.kind == Statement.Kind.ARRANGEMENT],
        "leads": found.leads.all(),
        "responsibilities": found.responsibilities.all(),
        "door": parts_by(Entrance, "programme").get(slug),
    }
    return render(request, "portal/programme_detail.html", context)


@public
@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One address for every activity, as messages carry it; its programme has the page."""
    for own in parts_of(ActivityTraits):
        if page := own.page(request.user, pk, local_now()):
            return redirect(page)
    raise Http404


@public
@require_POST
def view_mode(request: HttpRequest) -> HttpResponse:
    """Switch between the standard and the elder view, and stay on the page."""
    response = redirect(next_page(request, reverse("portal:home")))
    mode = request.POST.get("mode")
    if mode in VIEWS:
        response.set_cookie(
            VIEW_COOKIE,
            mode,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SECURE,
            httponly=True,
        )
    return response


@requires(Permission.OPEN_DESK)
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every part of the look in every state, for those who build pages."""
    return render(request, "style.html", style_samples(local_now()))
