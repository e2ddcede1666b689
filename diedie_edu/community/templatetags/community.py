"""The community in templates that stand alone, without the frame of a page."""

from django import template

from diedie_edu.community.known import last_known
from diedie_edu.community.models import Community

register = template.Library()


@register.simple_tag
def known_community() -> Community:
    """As far as this process knows it: a page about a fault asks no database."""
    return last_known()
