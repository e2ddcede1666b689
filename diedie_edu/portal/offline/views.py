"""The page that is readable without a network, the worker that keeps it, and the manifest."""

import hashlib
import json
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, public, signed_in
from diedie_edu.accounts.leaving import may_be_kept
from diedie_edu.common.days import local_now
from diedie_edu.community.known import community
from diedie_edu.portal.offline.queries import own_of
from diedie_edu.portal.offline.rules import KEPT, is_kept_for

SECONDS = "X-Kept-Seconds"  # without it the worker keeps nothing
HINT_COOKIE = "home_screen"
YEAR = 365 * 24 * 3600
# What the two pages load.
FILES = (
    "bootstrap/bootstrap.min.css",
    *(f"css/{name}.css" for name in ("tokens", "base", "cards", "notes", "lists", "layout")),
    *(
        f"css/{name}.css"
        for name in ("figures", "tickets", "trouble", "offline", "elder", "palettes")
    ),
    *("js/offline.js", "img/logo.svg"),
)
PAPER, CARD = "#faf6ec", "#fffdf8"  # of tokens.css
ICONS = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-full", 512, "maskable"))


@public
@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """Shown where nothing of the reader's own is kept; it says all in both languages, for it is
    kept but once."""
    return render(request, "portal/offline/away.html")


@signed_in
@require_safe
def own(request: SignedInRequest) -> HttpResponse:
    """Tickets and next dates. The only page with anything personal that a phone keeps."""
    now = local_now()
    context = {"own": own_of(request.user, now), "now": now}
    answer = render(request, "portal/offline/own.html", context)
    if is_kept_for(request.user):
        answer.headers[SECONDS] = str(round(KEPT.total_seconds()))
    return answer


@public
@may_be_kept("the same for everybody; browsers ask for it with every page, now every ten minutes")
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Its code stands in `static/js/worker.js`; here stands what that may keep. Whatever changes
    in one of the files changes a name in it, and browsers then take the new worker."""
    house = community()
    shown = (house.title_zh, house.title_en, house.phone, house.palette)
    answer = HttpResponse(_worker(*shown), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "public, max-age=600"
    return answer


@lru_cache(1)
def _worker(*shown: str) -> str:
    """`shown` of the community on what is kept: where it changes, that is read anew."""
    files, code = [static(name) for name in FILES], static("js/worker.js")
    facts = {
        "away": reverse("portal:away"),
        "own": reverse("portal:offline"),
        "mine": reverse("portal:my_page"),
        "out": reverse("accounts:sign_out"),
        "files": files,
        "version": hashlib.sha256("\n".join([*files, code, *shown]).encode()).hexdigest()[:12],
    }
    return f"const PORTAL = {json.dumps(facts)};\nimportScripts({json.dumps(code)});\n"


@public
@may_be_kept("the same for everybody")
@require_safe
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """What a home screen shows of the portal. Browsers ask for it without cookies, so the language
    stands in its address."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        facts = _manifest(language)
    answer = JsonResponse(facts, json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Type"] = "application/manifest+json; charset=utf-8"
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _manifest(language: str) -> dict[str, object]:
    house = community()
    return {
        "name": house.portal,
        "short_name": house.brand,
        "description": _("A lecture every weekend, just downstairs"),
        "lang": language,
        "id": "/",
        "scope": "/",
        "start_url": reverse("portal:home"),
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": CARD,
        "icons": [
            {
                "src": static(f"img/{file}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for file, size, purpose in ICONS
        ],
        "shortcuts": [{"name": _("My page"), "url": reverse("portal:my_page")}],
    }


@signed_in
@require_POST
def end_hint(request: SignedInRequest) -> HttpResponse:
    """The hint about home screens is not shown again in this browser."""
    response = redirect("portal:my_page")
    response.set_cookie(
        HINT_COOKIE, "seen", max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True
    )
    return response
