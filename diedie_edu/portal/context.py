"""What the frame of every page needs: view, navigation, unread messages."""

from collections.abc import Callable, Hashable, Iterable
from functools import cache, partial, wraps
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from django.http import HttpRequest
from django.utils.translation import get_language

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.manifests import manifests
from diedie_edu.common.parts import (
    DeskEntry,
    DeskGroup,
    Entrance,
    Entry,
    NavEntry,
    OfficeEntry,
    QuickAction,
    by_group,
    in_place,
    open_entries,
)
from diedie_edu.common.wechat import is_wechat
from diedie_edu.community.known import community, logo_url
from diedie_edu.notices.queries import inbox
from diedie_edu.portal.offline.rules import is_kept_for

VIEW_COOKIE = "view"
VIEWS = ("standard", "elder")
HOME_PAGES = ("/", "/desk/")
KEPT = 256  # sorts of readers: roles in programmes, and languages
Made = TypeVar("Made")


class Link(NamedTuple):
    label: str
    url: str
    icon: str
    current: bool = False


def same_for_alike(links_of: Callable[[Any], Made]) -> Callable[[Any], Made]:
    """Links for somebody signed in are found once for all who may the same and read the same
    language: asking each entry and its label took a tenth of the desk."""
    kept: dict[Hashable, Made] = {}
    made_for: list[object] = []

    @wraps(links_of)
    def kept_links(user: Any) -> Made:
        if made_for != [manifests()] or len(kept) > KEPT:
            kept.clear()
            made_for[:] = [manifests()]
        key = user.standing, get_language()
        if key not in kept:
            kept[key] = links_of(user)
        return kept[key]

    return kept_links


def frame(request: HttpRequest) -> dict[str, object]:
    """Read by `base.html`; nothing here costs a query for a visitor."""
    view_mode = request.COOKIES.get(VIEW_COOKIE, "")
    user = getattr(request, "user", None)
    is_signed_in = user is not None and user.is_authenticated
    daily, jobs = _stafflinks(user) if is_signed_in else ([], [])
    # A staff page may lie below a residents' one; only the nearest entry lights up.
    here = _nearest([*daily, *chain.from_iterable(links for _job, links in jobs)], request.path)
    nav = links(open_entries(NavEntry, user))
    lit = here or _nearest(nav, request.path)
    house = community()
    return {
        "view_mode": view_mode if view_mode in VIEWS else "standard",
        "nav": _lit(nav, lit),
        "desk_nav": _lit(daily, lit),
        "desk_menu": tuple((job, _lit(links, lit)) for job, links in jobs),
        "finds_people": is_signed_in and user.may(Permission.KEEP_PEOPLE),  # type: ignore[union-attr]
        "entrance": next(iter(in_place(Entrance)), None),
        "community": house,
        "logo": logo_url(house),
        "in_wechat": is_wechat(request),
        "is_kept": is_signed_in and is_kept_for(user),
        "unread_count": cache(partial(inbox.unread_count, user)) if is_signed_in else 0,  # type: ignore[arg-type]
    }


@same_for_alike
def _stafflinks(user: Any) -> tuple[list[Link], list[tuple[str, list[Link]]]]:
    """The staff pages that are open to the reader: those of every day, and the rest by job."""
    desk = open_entries(DeskEntry, user)
    jobs = by_group([*desk, *open_entries(QuickAction, user), *open_entries(OfficeEntry, user)])
    jobs.pop(DeskGroup.DAILY, None)
    return (
        links(row for row in desk if row.group == DeskGroup.DAILY),
        [(str(group.label), links(rows)) for group, rows in jobs.items()],
    )


@same_for_alike
def quick_actions(user: Any) -> tuple[tuple[Link, ...], tuple[tuple[str, tuple[Link, ...]], ...]]:
    """What is done most, on the desk: every day, and the rest by job."""
    jobs = by_group(open_entries(QuickAction, user))
    daily = tuple(links(jobs.pop(DeskGroup.DAILY, [])))
    return daily, tuple((str(group.label), tuple(links(rows))) for group, rows in jobs.items())


def links(entries: Iterable[Entry]) -> list[Link]:
    return [Link(str(row.label), row.url, row.icon) for row in entries]


def _nearest(links: list[Link], path: str) -> Link | None:
    """The nearest link whose pages `path` is among; the home page has none below it."""
    above = [link for link in links if _is_at_or_below(path, link.url)]
    return max(above, key=lambda link: len(link.url), default=None)


def _lit(rows: Iterable[Link], lit: Link | None) -> tuple[Link, ...]:
    return tuple(row._replace(current=True) if row is lit else row for row in rows)


def _is_at_or_below(path: str, url: str) -> bool:
    return path == url or (url not in HOME_PAGES and path.startswith(url))
