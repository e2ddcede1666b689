"""What the frame of every page needs: view, navigation, unread messages."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from diedie_edu.accounts.models import User
from diedie_edu.common.parts import DeskEntry, Entrance, Entry, NavEntry, in_place, open_entries
from diedie_edu.notices.queries import inbox

VIEW_COOKIE = "view"
VIEWS = ("standard", "elder")
Link = dict[str, object]
HOME_PAGES = ("/", "/desk/")


def frame(request: HttpRequest) -> dict[str, object]:
    """Read by `base.html`; nothing here costs a query for a visitor."""
    view_mode = request.COOKIES.get(VIEW_COOKIE, "")
    user = getattr(request, "user", None)
    is_signed_in = user is not None and user.is_authenticated
    nav = _links(NavEntry, user)
    desk_nav = _links(DeskEntry, user) if is_signed_in else []
    # A staff page may lie below a residents' one; only the nearest entry lights up.
    _light_up(desk_nav, request.path) or _light_up(nav, request.path)
    return {
        "view_mode": view_mode if view_mode in VIEWS else "standard",
        "nav": nav,
        "desk_nav": desk_nav,
        "entrance": next(iter(in_place(Entrance)), None),
        "unread_count": SimpleLazyObject(lambda: inbox.unread_count(user)) if is_signed_in else 0,  # type: ignore[arg-type]
    }


def _links(kind: type[Entry], user: User | AnonymousUser | None) -> list[Link]:
    return [
        {"label": row.label, "url": row.url, "icon": row.icon, "current": False}
        for row in open_entries(kind, user)
    ]


def _light_up(entries: list[Link], path: str) -> bool:
    """Mark the entry whose pages `path` is among; the home page has no pages below it."""
    for entry in entries:
        url = str(entry["url"])
        entry["current"] = path == url or (url not in HOME_PAGES and path.startswith(url))
    return any(entry["current"] for entry in entries)
