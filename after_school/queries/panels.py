"""The 4:30 school on the pages that cross programmes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from after_school.queries import bands, terms
from diedie_edu.accounts.models import User
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident


def home_panels(user: User | AnonymousUser, now: datetime) -> Iterator[Panel]:
    if user.is_authenticated:
        yield _children(user, now)
    facts = {"terms": terms.terms_to_enrol_in(now), "now": now}
    yield Panel(20, "after_school/home_terms.html", facts)


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    yield _children(user, now)


def _children(user: User, now: datetime) -> Panel:
    """Above all else: whether one's children are safe now."""
    return Panel(5, "after_school/my_children.html", {"children": bands.children_of(user, now)})


def page_of(user: User | AnonymousUser, activity: int, now: datetime) -> str:
    """All terms have one page."""
    shown = terms.shown_terms(now).filter(pk=activity).exists()
    return reverse("after_school:school") if shown else ""
