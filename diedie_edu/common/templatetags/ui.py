"""Small parts of the look that a template cannot work out by itself."""

from functools import cache

from django import template
from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_outline, heroicon_solid

register = template.Library()


@cache
def _icon(name: str, solid: bool) -> SafeString:
    draw = heroicon_solid if solid else heroicon_outline
    return draw(name, focusable="false", **{"class": "icon"})


@register.simple_tag
def icon(name: str, solid: bool = False) -> SafeString:
    """A Heroicon as inline SVG, as high as the text; hidden from screen readers.

    Drawn once per process: a list of twenty cards shows a hundred icons.
    """
    return _icon(name, solid)
