"""The 4:30 school on the pages that cross programmes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from after_school.queries import children, terms
from diedie_edu.accounts.models import User
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident


def home_panels(user: User | AnonymousUser, now: datetime) -> Iterator[Panel]:
    facts = {"terms": terms.terms_to_enrol_in(now), "now": now}
    yield Panel(20, "after_school/home_terms.html", facts)


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    facts = {"children": children.rights_of(user)}
    yield Panel(40, "after_school/my_children.html", facts)


def page_of(user: User | AnonymousUser, activity: int, now: datetime) -> str:
    """All terms have one page."""
    shown = terms.shown_terms(now).filter(pk=activity).exists()
    return reverse("after_school:school") if shown else ""
