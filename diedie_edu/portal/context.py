"""What the frame of every page needs: view, navigation, unread messages."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from after_school.rules.terms import PROGRAMME as AFTER_SCHOOL
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.notices.queries import inbox
from residents_school.rules import lectures

VIEW_COOKIE = "view"
VIEWS = ("standard", "elder")
Entry = dict[str, object]

# Label, address, icon.
NAV = (
    (_("Home"), "portal:home", "home"),
    (_("Lectures"), "residents_school:lecture_list", "calendar-days"),
    (_("My page"), "portal:my_page", "user-circle"),
    (_("Messages"), "notices:inbox", "bell"),
)
DESK_NAV = (
    (_("Today"), "portal:desk", "squares-2x2", Permission.OPEN_DESK, None),
    (
        _("Plan lectures"),
        "residents_school:staff_lecture_list",
        "calendar-days",
        Permission.PLAN_ACTIVITIES,
        lectures.PROGRAMME,
    ),
    (
        _("What residents want"),
        "residents_school:board",
        "chart-bar",
        Permission.PLAN_ACTIVITIES,
        lectures.PROGRAMME,
    ),
    (
        _("4:30 school"),
        "after_school:today",
        "book-open",
        Permission.LOOK_AFTER_CHILDREN,
        AFTER_SCHOOL,
    ),
    (
        _("Import and export"),
        "lists:imports",
        "arrow-up-tray",
        Permission.KEEP_REGISTER,
        None,
    ),
    (_("Delivery"), "notices:trouble", "paper-airplane", Permission.SEE_DELIVERY, None),
    (_("Admin site"), "admin:index", "cog-6-tooth", Permission.OPEN_ADMIN, None),
)

HOME_PAGES = ("/", "/desk/")


def frame(request: HttpRequest) -> dict[str, object]:
    """Read by `base.html`; nothing here costs a query for a visitor."""
    view_mode = request.COOKIES.get(VIEW_COOKIE, "")
    user = getattr(request, "user", None)
    is_signed_in = user is not None and user.is_authenticated
    desk_nav = _desk_nav(user) if is_signed_in else []
    nav = [_entry(*row) for row in NAV]
    # A staff page may lie below a residents' one; only the nearest entry lights up.
    _light_up(desk_nav, request.path) or _light_up(nav, request.path)
    return {
        "view_mode": view_mode if view_mode in VIEWS else "standard",
        "nav": nav,
        "desk_nav": desk_nav,
        "unread_count": SimpleLazyObject(lambda: inbox.unread_count(user)) if is_signed_in else 0,
    }


def _desk_nav(user: User) -> list[Entry]:
    return [
        _entry(label, name, icon)
        for label, name, icon, permission, programme in DESK_NAV
        if user.may(permission, programme)
    ]


def _entry(label: str, name: str, icon: str) -> Entry:
    return {"label": label, "url": reverse(name), "icon": icon, "current": False}


def _light_up(entries: list[Entry], path: str) -> bool:
    """Mark the entry whose pages `path` is among; the home page has no pages below it."""
    for entry in entries:
        url = str(entry["url"])
        entry["current"] = path == url or (url not in HOME_PAGES and path.startswith(url))
    return any(entry["current"] for entry in entries)
