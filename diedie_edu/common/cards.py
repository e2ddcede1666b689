"""What a card says of an activity, and the card drawn once for every state it can be in.

A list of cards is the page most looked at. Drawing one takes a quarter of a millisecond, so
equal cards are drawn once per process: the key holds everything a card shows.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

CARDS_KEPT = 1024  # about 3 MB


@dataclass(frozen=True)
class SeatsLine:
    """What the seats line of an activity says; `share` is the taken part in percent."""

    state: str
    tone: str
    icon: str
    words: str
    share: int

    @property
    def shows_bar(self) -> bool:
        return self.state in {"free", "few", "full"}


class Standing(NamedTuple):
    """The reader's own sign-up, as far as a card shows it."""

    is_seated: bool
    is_offered: bool
    is_waiting: bool


@dataclass(frozen=True)
class Card:
    """Everything a card shows, in values that can be compared."""

    language: str | None
    today: date
    phase: str
    view: str
    pk: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    capacity: int
    taken: int
    opens_at: datetime
    label: str = ""
    tone: str = "leaf"
    waiting: int = 0
    sign_up: Standing | None = None


def card(activity: Any, occasion: Any, view: str, **extra: Any) -> SafeString:
    """The card of an activity, linked to `view`; `extra` are Card's last four fields."""
    if own := extra.pop("sign_up", None):
        extra["sign_up"] = Standing(own.is_seated, own.is_offered, own.is_waiting)
    wanted = Card(
        get_language(),
        timezone.localdate(),
        phase(activity, timezone.now()),
        view,
        activity.pk,
        activity.title,
        occasion.starts_at,
        occasion.ends_at,
        occasion.venue.title,
        activity.capacity,
        activity.taken,
        activity.sign_up_opens_at,
        **extra,
    )
    return _draw.__wrapped__(wanted) if settings.DEBUG else _draw(wanted)


@lru_cache(CARDS_KEPT)
def _draw(card: Card) -> SafeString:
    url = reverse(card.view, args=[card.pk])
    line = _line(card.phase, card.capacity, card.taken, card.opens_at)
    context = {"card": card, "url": url, "line": line, "waiting": card.waiting}
    return render_to_string("components/card_activity.html", context)


def phase(activity: Any, now: datetime) -> str:
    """Called off and closed go before the numbers: a free seat nobody can take misleads."""
    if activity.is_called_off:
        return "called_off"
    if activity.sign_up_closes_at <= now:
        return "closed"
    return "not_open" if activity.sign_up_opens_at > now else "open"


def seats_line(activity: Any, now: datetime) -> SeatsLine:
    """The line for an activity as it stands at `now`."""
    return _line(phase(activity, now), activity.capacity, activity.taken, activity.sign_up_opens_at)


def _line(phase: str, capacity: int, taken: int, opens_at: datetime) -> SeatsLine:
    if phase == "called_off":
        return SeatsLine("called_off", "brick", "no-symbol", _("Called off"), 0)
    if phase == "closed":
        return SeatsLine("closed", "plain", "lock-closed", _("Sign-up has closed"), 0)
    if phase == "not_open":
        words = _("Sign-up opens %(when)s") % {"when": _day_and_time(opens_at)}
        return SeatsLine("not_open", "plain", "clock", words, 0)
    return _line_of_seats(capacity, taken)


def _line_of_seats(capacity: int, taken: int) -> SeatsLine:
    free = capacity - taken
    share = round(100 * taken / capacity)
    if free <= 0:
        return SeatsLine("full", "amber", "queue-list", _("Full, you can join the queue"), 100)
    numbers = {"free": free, "capacity": capacity}
    if free <= max(3, capacity // 10):
        words = ngettext("Only %(free)d seat left", "Only %(free)d seats left", free) % numbers
        return SeatsLine("few", "brick", "fire", words, share)
    words = _("%(free)d of %(capacity)d seats free") % numbers
    return SeatsLine("free", "leaf", "check-circle", words, share)


def _day_and_time(when: datetime) -> str:
    when = timezone.localtime(when)
    return f"{formats.date_format(when, 'MONTH_DAY_FORMAT')} {when:%H:%M}"
