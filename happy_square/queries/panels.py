"""Happy Square on the pages that cross programmes."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from diedie_edu.accounts.models import User
from happy_square.queries.festivals import announced_festivals
from happy_square.queries.groups import announced_groups


def page_of(user: User | AnonymousUser, activity: int, now: datetime) -> str:
    """The page of a group, or of a festival."""
    if announced_groups().filter(pk=activity).exists():
        return reverse("happy_square:group", args=[activity])
    if announced_festivals().filter(pk=activity).exists():
        return reverse("happy_square:festival", args=[activity])
    return ""
