"""Small parts of the look that a template cannot work out by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import segno
from django import template
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from heroicons.templatetags.heroicons import heroicon_outline, heroicon_solid

from diedie_edu.common.phones import masked

register = template.Library()
register.filter("masked_phone", masked)

WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)

# Colour and icon of each programme, by its slug.
PROGRAMMES = {
    "residents-school": ("leaf", "presentation-chart-bar"),
    "after-school": ("amber", "book-open"),
    "happy-square": ("rose", "musical-note"),
    "edu-base": ("indigo", "academic-cap"),
}


@cache
def _icon(name: str, solid: bool) -> SafeString:
    draw = heroicon_solid if solid else heroicon_outline
    return draw(name, focusable="false", **{"class": "icon"})


@register.simple_tag
def icon(name: str, solid: bool = False) -> SafeString:
    """A Heroicon as inline SVG, as high as the text; hidden from screen readers.

    Drawn once per process: a list of twenty cards shows a hundred icons.
    """
    return _icon(name, bool(solid))


@register.filter
def programme_tone(slug: str) -> str:
    return PROGRAMMES.get(slug, ("plain", ""))[0]


@register.simple_tag
def programme_icon(slug: str) -> SafeString:
    return _icon(PROGRAMMES.get(slug, ("", "squares-2x2"))[1], False)


@register.filter(expects_localtime=True)
def weekday(when: datetime) -> str:
    """The short weekday, 周六: Django's own name, 星期六, is too wide for a card."""
    return str(WEEKDAYS[when.weekday()])


@register.filter(expects_localtime=True)
def full_day(when: datetime) -> str:
    """2026年11月28日（周六）, as the community writes a date."""
    date = formats.date_format(when, "DATE_FORMAT")
    return _("%(date)s (%(weekday)s)") % {"date": date, "weekday": weekday(when)}


@register.filter(expects_localtime=True)
def day_word(when: datetime) -> str:
    """Today or tomorrow in words; empty for every other day."""
    days = (when.date() - timezone.localdate()).days
    return {0: _("today"), 1: _("tomorrow")}.get(days, "")


@register.inclusion_tag("components/leaf.html")
def leaf(when: datetime) -> dict[str, object]:
    """The calendar leaf of a card: weekday, date, and whether that is today or tomorrow."""
    return {"when": timezone.localtime(when)}


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


def _without_bar(activity: Any, now: datetime) -> SeatsLine | None:
    if activity.is_called_off:
        return SeatsLine("called_off", "brick", "no-symbol", _("Called off"), 0)
    if activity.sign_up_closes_at <= now:
        return SeatsLine("closed", "plain", "lock-closed", _("Sign-up has closed"), 0)
    if activity.sign_up_opens_at > now:
        opens = timezone.localtime(activity.sign_up_opens_at)
        when = f"{formats.date_format(opens, 'MONTH_DAY_FORMAT')} {opens:%H:%M}"
        words = _("Sign-up opens %(when)s") % {"when": when}
        return SeatsLine("not_open", "plain", "clock", words, 0)
    return None


def _with_bar(activity: Any) -> SeatsLine:
    free, capacity = activity.free, activity.capacity
    share = round(100 * activity.taken / capacity) if capacity else 100
    if free <= 0:
        return SeatsLine("full", "amber", "queue-list", _("Full, you can join the queue"), 100)
    numbers = {"free": free, "capacity": capacity}
    if free <= max(3, capacity // 10):
        words = ngettext("Only %(free)d seat left", "Only %(free)d seats left", free) % numbers
        return SeatsLine("few", "brick", "fire", words, share)
    words = _("%(free)d of %(capacity)d seats free") % numbers
    return SeatsLine("free", "leaf", "check-circle", words, share)


def seats_line(activity: Any, now: datetime) -> SeatsLine:
    """Called off and closed go before the numbers: a free seat nobody can take misleads."""
    return _without_bar(activity, now) or _with_bar(activity)


@register.inclusion_tag("components/seats.html")
def seats(activity: Any, waiting: int = 0) -> dict[str, object]:
    """The seats line of a card: a bar and words, never colour alone."""
    return {"line": seats_line(activity, timezone.now()), "waiting": waiting}


@register.inclusion_tag("components/steps.html")
def steps(current: int, *words: str) -> dict[str, object]:
    """Where one stands in a form of several pages; `current` counts from 1."""
    return {"current": current, "steps": words}


def _bar(place: int, label: str, number: int, longest: int) -> dict[str, object]:
    return {
        "label": label,
        "number": number,
        "share": f"{100 * number / longest:.1f}%",
        "text_y": f"{3 * place + 1.2:.1f}em",
        "bar_y": f"{3 * place + 1.6:.1f}em",
    }


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    key: str, title: str, rows: Iterable[tuple[str, int]], description: str = ""
) -> dict[str, object]:
    """Horizontal bars over the table of their numbers; `key` is unique on the page.

    Lengths are in percent and heights in em, so the text is never scaled down on a phone.
    """
    counted = list(rows)
    longest = max((number for _label, number in counted), default=0) or 1
    bars = [_bar(place, *row, longest) for place, row in enumerate(counted)]
    return {
        "key": key,
        "title": title,
        "description": description,
        "bars": bars,
        "height": f"{3 * len(bars)}em",
    }


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """The address as a QR code in inline SVG, for posters and sheets."""
    return mark_safe(segno.make_qr(address).svg_inline(scale=4, border=2, omitsize=True))
