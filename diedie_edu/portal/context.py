"""What the frame of every page needs: view, navigation, unread messages."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.notices.queries import unread_count
from residents_school.rules import PROGRAMME

VIEW_COOKIE = "view"
VIEWS = ("standard", "elder")

# Label, address, icon; the third-level pages light up the entry they lie below.
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
        PROGRAMME,
    ),
    (
        _("Import and export"),
        "people:imports",
        "arrow-up-tray",
        Permission.MOVE_PEOPLE,
        None,
    ),
    (_("Delivery"), "notices:trouble", "paper-airplane", Permission.SEE_DELIVERY, None),
    (_("Admin site"), "admin:index", "cog-6-tooth", Permission.OPEN_ADMIN, None),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Read by `base.html`; nothing here costs a query for a visitor."""
    view_mode = request.COOKIES.get(VIEW_COOKIE, "")
    context: dict[str, object] = {
        "view_mode": view_mode if view_mode in VIEWS else "standard",
        "nav": [_entry(request, *row) for row in NAV],
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["unread_count"] = SimpleLazyObject(lambda: unread_count(user))
        context["desk_nav"] = [
            _entry(request, label, name, icon)
            for label, name, icon, permission, programme in DESK_NAV
            if user.may(permission, programme)
        ]
    return context


def _entry(request: HttpRequest, label: str, name: str, icon: str) -> dict[str, object]:
    url = reverse(name)
    is_current = request.path == url or (url != "/" and request.path.startswith(url))
    return {"label": label, "url": url, "icon": icon, "current": is_current}
