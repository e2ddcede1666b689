"""The garden on the pages that cross programmes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from diedie_edu.common.parts import Figure, Panel, Problem
from diedie_edu.people.models import Resident
from tests.fifth_programme.models import Gardening

TEMPLATE = "fifth_programme/panel.html"


def home_panels(user: Any, now: datetime) -> Iterator[Panel]:
    yield Panel(25, TEMPLATE, {"gardenings": Gardening.objects.all(), "title": "In the garden"})


def my_panels(user: Any, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    mine = Gardening.objects.filter(sign_ups__resident__in=family)
    yield Panel(65, TEMPLATE, {"gardenings": mine, "title": "My bed"})


def figures(user: Any, now: datetime) -> list[Figure]:
    return [Figure(80, Gardening.objects.count(), "beds")]


def problems(user: Any, now: datetime) -> Iterator[Problem]:
    for row in Gardening.objects.filter(crop=""):
        yield Problem(80, f"Nothing grows in {row.title}.")


def page_of(user: Any, activity: int, now: datetime) -> str:
    is_ours = Gardening.objects.filter(pk=activity).exists()
    return reverse("fifth_programme:gardening", args=[activity]) if is_ours else ""
