"""The residents' school on the pages that cross programmes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, weekend_of
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident
from residents_school.queries import materials, surveys, wishes
from residents_school.queries.lectures import announced_lectures, next_lectures

LECTURES_ON_HOME = 4


def home_panels(user: User | AnonymousUser, now: datetime) -> Iterator[Panel]:
    """The next lectures, this weekend's first, and the surveys that wait for the reader."""
    rows = next_lectures(now, LECTURES_ON_HOME)
    _saturday, sunday = weekend_of(local_day(now))
    days = [(row, local_day(row.occasion.starts_at)) for row in rows]
    lectures = {
        "this_weekend": [row for row, day in days if day <= sunday],
        "later": [row for row, day in days if day > sunday],
    }
    waiting = {"surveys": surveys.surveys_waiting_for(user, local_day(now))}
    yield Panel(10, "residents_school/home_weekend.html", lectures)
    yield Panel(30, "residents_school/home_surveys.html", waiting)
    yield Panel(40, "residents_school/home_later.html", lectures)
    yield Panel(50, "residents_school/home_needs.html", waiting)


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    yield Panel(60, "residents_school/my_wishes.html", {"wishes": wishes.wishes_of(family)})


def page_of(user: User | AnonymousUser, activity: int, now: datetime) -> str:
    """The page of a lecture; who speaks at a draft is told of it too."""
    if announced_lectures().filter(pk=activity).exists():
        return reverse("residents_school:lecture_detail", args=[activity])
    spoken = materials.lectures_spoken_by(user) if user.is_authenticated else None
    if spoken is not None and spoken.filter(occasion__activity=activity).exists():
        return reverse("residents_school:own_lecture", args=[activity])
    return ""
