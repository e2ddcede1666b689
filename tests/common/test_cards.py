"""A card is drawn once per state: whatever it shows must be part of what tells states apart."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from diedie_edu.common.cards import card


@pytest.fixture
def activity(now: datetime) -> SimpleNamespace:
    return SimpleNamespace(
        pk=7,
        title="Tea",
        capacity=40,
        taken=10,
        is_called_off=False,
        sign_up_opens_at=now - timedelta(days=1),
        sign_up_closes_at=now + timedelta(days=4),
    )


@pytest.fixture
def occasion(now: datetime) -> SimpleNamespace:
    starts_at = now + timedelta(days=5)
    venue = SimpleNamespace(title="Hall")
    return SimpleNamespace(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), venue=venue)


def draw(activity, occasion, **extra: object) -> str:
    with translation.override("en"):
        return card(activity, occasion, "residents_school:lecture_detail", **extra)


def test_card_leads_to_its_page(activity, occasion, clock):
    assert 'href="/lectures/7/"' in draw(activity, occasion)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"taken": 11}, "29 of 40 seats free"),
        ({"capacity": 50}, "40 of 50 seats free"),
        ({"title": "Coffee"}, "Coffee"),
        ({"is_called_off": True}, "Called off"),
        ({"pk": 8}, "/lectures/8/"),
    ],
)
def test_card_follows_its_activity(activity, occasion, clock, change, shown):
    assert shown not in draw(activity, occasion)
    vars(activity).update(change)
    assert shown in draw(activity, occasion)


def test_card_follows_its_occasion(activity, occasion, clock):
    assert "15:00–" not in draw(activity, occasion)
    occasion.starts_at += timedelta(hours=5)
    occasion.venue.title = "Library"
    html = draw(activity, occasion)
    assert "15:00–" in html
    assert "Library" in html


def test_card_follows_the_clock(activity, occasion, clock):
    assert "seats free" in draw(activity, occasion)
    clock.move_to(activity.sign_up_closes_at)
    html = draw(activity, occasion)
    assert "Sign-up has closed" in html
    assert "tomorrow" in html


def test_card_follows_the_readers_own_sign_up(activity, occasion, clock):
    own = SimpleNamespace(is_seated=False, is_offered=False, is_waiting=True)
    assert "In the queue" in draw(activity, occasion, sign_up=own)
    own.is_seated, own.is_waiting = True, False
    assert "You have a seat" in draw(activity, occasion, sign_up=own)


def test_card_speaks_the_readers_language(activity, occasion, clock):
    assert "Sat" in draw(activity, occasion)
    with translation.override("zh-hans"):
        assert "周六" in card(activity, occasion, "residents_school:lecture_detail")


def test_card_escapes_what_people_typed(activity, occasion, clock):
    activity.title = "<script>"
    assert "<script>" not in draw(activity, occasion)
