"""Pieces of a page that are drawn once for everything they can show.

A line of a list costs a template a quarter of a millisecond, and a tablet asks for the same hundred
lines every half minute. A piece is drawn from a value that holds all it shows, and so stays right
without being told: other facts are another piece. Nothing of one reader may stand in it, such as
the token of a form: one form holds the whole list, and each button says where it leads
(`formaction`).
"""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT = 2048  # lines of about 1 kB


def drawn(template: str, facts: NamedTuple) -> SafeString:
    """The template with `facts` as its `line`: values that can be hashed, no row of a model among
    them, for two rows of one key are equal whatever else they say."""
    if settings.DEBUG:
        return _draw.__wrapped__(template, facts, get_language())
    _forget_yesterdays(timezone.localdate())
    return _draw(template, facts, get_language())


@lru_cache(KEPT)
def _draw(template: str, facts: Any, _language: str | None) -> SafeString:
    """Without the indents, which are a quarter of it."""
    text = render_to_string(template, {"line": facts})
    return mark_safe("\n".join(filter(None, map(str.strip, text.splitlines()))))  # nosec B308 B703


_day: list[date] = []


def _forget_yesterdays(today: date) -> None:
    """Names of people stay in a process for the day on which they were shown, no longer."""
    if _day != [today]:
        _day[:] = [today]
        _draw.cache_clear()
