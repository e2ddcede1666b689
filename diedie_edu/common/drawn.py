"""Pieces of a page that are drawn once for everything they can show.

A line of a list costs a template a quarter of a millisecond, the frame of a page a whole one, and a
tablet asks for the same hundred lines every half minute. A piece is given the values it shows, and
nothing of the page, the request or the reader; by these values and the language it is kept, so it
stays right without being told: other facts are another piece (docs/adr/0055). The token of a form
is a reader's: one form holds a whole list, and each button says where it leads (`formaction`).
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT = 2048  # most are lines of about 1 kB


def drawn(template: str, line: Hashable = None, **shown: Hashable) -> SafeString:
    """The template with these values: of a list, the `line`, a `NamedTuple`. No row of a model is
    among them, for two rows of one key are equal whatever else they say; nor what asks the clock or
    the database by itself. Raises `TypeError` for what cannot be compared."""
    return _drawing()(template, get_language(), _told(line=line, **shown))


def drawn_each(template: str, lines: Iterable[Hashable], **shown: Hashable) -> SafeString:
    """One line after the other, each as `drawn` draws it."""
    draw, language, others = _drawing(), get_language(), _told(**shown)
    rows = (draw(template, language, (("line", type(line), line), *others)) for line in lines)
    return mark_safe("".join(rows))  # nosec B308 B703


def _told(**shown: Hashable) -> tuple[tuple[str, type, Hashable], ...]:
    """Text that needs no escaping equals text that does, so the types are compared too."""
    return tuple((name, type(one), one) for name, one in shown.items())


def _drawing() -> Callable[..., SafeString]:
    if settings.DEBUG:
        return _draw.__wrapped__
    _forget_yesterdays(timezone.localdate())
    return _draw


@lru_cache(KEPT)
def _draw(
    template: str, _language: str | None, values: tuple[tuple[str, type, Hashable], ...]
) -> SafeString:
    """Without the indents, which are a quarter of it."""
    text = render_to_string(template, {name: value for name, _type, value in values})
    return mark_safe("\n".join(filter(None, map(str.strip, text.splitlines()))))  # nosec B308 B703


_day: list[date] = []


def _forget_yesterdays(today: date) -> None:
    """Names of people stay in a process for the day on which they were shown, no longer."""
    if _day != [today]:
        _day[:] = [today]
        _draw.cache_clear()
