"""Pages from which a group is run and joined, in both views, on a phone and a desk: no
accessibility fault, nothing wider than the screen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.links import token
from happy_square.actions import dates, entries
from happy_square.models import Group, MeetUp
from tests.flows.walks import PHONES
from tests.support.accessibility import faults_here, faults_of
from tests.support.browser import DESK, PHONE, watched_page


def pages_of_a_group(by: User) -> list[str]:
    """With somebody who asks to join, somebody to be confirmed, and dates behind and ahead."""
    now = local_now()
    group = Group.objects.filter(memberships__isnull=False, takes_children=False).first()
    assert group is not None
    dates.make_dates(now)
    who = {"full_name": "何美玲", "phone": "13833334444", "since": local_day(now)}
    entries.write_down(group=group, **who, by=by, now=now)  # type: ignore[arg-type]
    entries.look_up(now)
    rows = MeetUp.objects.filter(group=group, occasion__is_called_off=False)
    ahead = rows.filter(occasion__starts_at__gt=now).earliest("occasion__starts_at")
    since = now - timedelta(days=3)
    behind = rows.filter(occasion__ends_at__range=(since, now)).first() or ahead
    place, run = group.memberships.earliest("pk"), f"/groups/{group.pk}/run/"
    return [
        *(f"{run}{page}" for page in ("", "members/", "times/", "dates/new/")),
        *(f"{run}dates/{ahead.pk}/{page}/" for page in ("call-off", "move")),
        *(f"{run}dates/{behind.pk}/{page}/" for page in ("count", "note", "sheet")),
        *(f"{run}members/{place.pk}/since/", f"/groups/{group.pk}/"),
        *("/groups/week/", "/groups/entries/"),
        f"/groups/membership/{token('membership', place.pk)}/",
    ]


@pytest.mark.parametrize("view", ["standard", "elder"])
def test_no_page_of_a_groups_days_has_an_accessibility_fault(
    season: None,
    browser: Browser,
    live_server: LiveServer,
    sign_in: Callable[[Page, User], None],
    view: str,
) -> None:
    staff, faults = User.objects.get(phone=PHONES[Role.STAFF]), []
    pages = pages_of_a_group(staff)
    with watched_page(browser, live_server.url, **PHONE) as page:
        sign_in(page, staff)
        page.context.add_cookies([{"name": "view", "value": view, "url": live_server.url}])
        for address in pages:
            page.set_viewport_size(PHONE["viewport"])
            faults += faults_of(page, address)
            page.set_viewport_size(DESK["viewport"])
            faults += faults_here(page, f"{address} on a desk")
    assert faults == []
