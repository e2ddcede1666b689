"""Small parts of the look that a template cannot work out by itself."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from heroicons.templatetags.heroicons import heroicon_outline, heroicon_solid

from diedie_edu.common.cards import card, seats_line
from diedie_edu.common.controls import control, is_wide
from diedie_edu.common.days import day_text, duration_text
from diedie_edu.common.drawn import drawn, drawn_each
from diedie_edu.common.manifests import programmes
from diedie_edu.common.names import covered, partly_covered
from diedie_edu.common.parts import Panel
from diedie_edu.common.phones import dialled, masked
from diedie_edu.common.sentences import sentences

register = template.Library()
register.filter("duration", duration_text)
register.filter("masked_phone", masked)
register.filter("dialled", dialled)
register.filter("covered_name", covered)
register.filter("partly_covered", partly_covered)
register.filter("is_wide", is_wide)
register.simple_block_tag(sentences)
for tag in (control, drawn, drawn_each):
    register.simple_tag(tag)

WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)

QUIET_ZONE = 4  # modules


@cache
def _icon(name: str, solid: bool) -> SafeString:
    draw = heroicon_solid if solid else heroicon_outline
    return draw(name, focusable="false", **{"class": "icon"})  # type: ignore[arg-type, return-value]


@register.simple_tag
@cache
def styles(*names: str) -> SafeString:
    """Links to style sheets, in this order; each is looked up in the manifest once per process."""
    files = ((static(f"css/{name}.css"),) for name in names)
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', files)


@register.simple_tag
def icon(name: str, solid: bool = False) -> SafeString:
    """A Heroicon as inline SVG, as high as the text; hidden from screen readers. Drawn once per
    process: a list of twenty cards shows a hundred icons."""
    return _icon(name, bool(solid))


@register.simple_tag
@cache
def icon_once(name: str) -> SafeString:
    """The drawing of an icon that a list shows in every line: put it above the list."""
    symbol = heroicon_outline(name, size=None, id=f"icon-{name}").replace("svg", "symbol")
    return mark_safe(  # nosec B308 B703
        f'<svg class="visually-hidden" width="0" height="0" aria-hidden="true">{symbol}</svg>'
    )


@register.simple_tag
@cache
def icon_again(name: str) -> SafeString:
    """The icon whose drawing stands above (`icon_once`), in a twentieth of its bytes."""
    return mark_safe(  # nosec B308 B703
        f'<svg class="icon" aria-hidden="true"><use href="#icon-{name}"/></svg>'
    )


@register.simple_tag(takes_context=True)
def outside(context: template.Context, file: Any = None) -> SafeString:
    """Ends a button that saves, prints, opens a calendar or `file`: WeChat shows pictures alone."""
    if not context.get("in_wechat") or (file and file.is_picture):
        return SafeString()
    return format_html(' <span class="outside">{}</span>', _("(in the browser)"))


@register.filter
def programme_tone(slug: str) -> str:
    found = programmes().get(slug)
    return found.tone if found else "plain"


@register.simple_tag
def programme_icon(slug: str) -> SafeString:
    found = programmes().get(slug)
    return _icon(found.icon if found else "squares-2x2", False)


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
def short_day(when: datetime) -> str:
    """11月28日（周六）: a date so near that its year goes without saying."""
    return day_text(when.date(), year=False)


@register.filter(expects_localtime=True)
def day_word(when: datetime) -> str:
    """Today or tomorrow in words; empty for every other day."""
    days = (when.date() - timezone.localdate()).days
    return {0: _("today"), 1: _("tomorrow")}.get(days, "")


@register.inclusion_tag("components/leaf.html")
def leaf(when: datetime) -> dict[str, object]:
    """The calendar leaf of a card: weekday, date, and whether that is today or tomorrow."""
    when = timezone.localtime(when)
    return {
        "iso": when.isoformat(),
        "weekday": weekday(when),
        "date": formats.date_format(when, pgettext("date on a calendar leaf", "j M")),
        "word": day_word(when),
    }


@register.inclusion_tag("components/facts.html")
def facts(starts_at: datetime, ends_at: datetime, place: str) -> dict[str, object]:
    """Time and place of an occasion in one line."""
    starts_at, ends_at = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return {"hours": f"{starts_at:%H:%M}–{ends_at:%H:%M}", "place": place}


@register.inclusion_tag("components/seats.html")
def seats(activity: Any, waiting: int = 0) -> dict[str, object]:
    """The seats line of a card: a bar and words, never colour alone."""
    return {"line": seats_line(activity, timezone.now()), "waiting": waiting}


@register.simple_tag(takes_context=True)
def panel(context: template.Context, section: Panel) -> SafeString:
    """A section that an app brings to a page of all programmes; its facts are for it alone."""
    with context.push(**section.facts):
        return context.template.engine.get_template(section.template).render(context)  # type: ignore[union-attr]


@register.simple_tag
def activity_card(activity: Any, view: str, waiting: int | str = 0, **extra: Any) -> SafeString:
    """A card linked to the page named `view`; `extra`: label, tone, sign_up."""
    return card(activity, activity.occasion, view, waiting=waiting or 0, **extra)


@register.inclusion_tag("components/stat.html")
def stat(number: object, label: str, **parts: object) -> dict[str, object]:
    """A number of the desk and what it counts; `parts`: note, url, tone, is_now."""
    return {"number": number, "label": label, **parts}


@register.inclusion_tag("components/back.html")
def back(text: str, view: str, *keys: object) -> dict[str, object]:
    """The link above a page's title, to the page named `view` that lies above it."""
    return {"text": text, "url": reverse(view, args=keys)}


@register.simple_block_tag
def callout(content: SafeString, **parts: object) -> SafeString:
    """What one has to know before going on; `parts`: tone, icon_name, title, url, action."""
    return render_to_string("components/callout.html", {"text": content, **parts})


@register.simple_block_tag
def empty_state(content: SafeString, **parts: object) -> SafeString:
    """Where nothing is listed yet, and the next step; `parts`: title, icon_name, url, action."""
    return render_to_string("components/empty.html", {"text": content, **parts})


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
    """The address as a QR code in inline SVG, for tickets, posters and sheets.

    As ISO/IEC 18004 asks: four modules of white all around, on a ground of its own whatever the
    page's, and error correction of level M at least, so that a crease or a cheap printer costs
    nothing. How large it is, the page says.
    """
    import segno

    drawn = segno.make_qr(address, error="m").svg_inline(
        scale=4, border=QUIET_ZONE, light="#fff", omitsize=True
    )
    return mark_safe(drawn)  # nosec B308 B703 - squares alone, nothing of the address is in it
